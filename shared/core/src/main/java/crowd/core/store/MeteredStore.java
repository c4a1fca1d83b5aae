package crowd.core.store;

import crowd.core.store.memory.InMemoryStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts what DynamoDB would bill, by its published rules. (DynamoDB Local's own figures are wrong
 * for transactions.)
 *
 * <ul>
 *   <li>A write costs one unit for each KB begun of the item before or after it, whichever is
 *       larger; at least one, also if its condition failed or there was nothing to delete. In a
 *       transaction it costs two.
 *   <li>An index, which holds the keys only, costs one more where the item enters or leaves it, two
 *       where its place in it moves, none where the index's attributes stay: once, in a transaction
 *       too, for the indexes follow afterwards.
 *   <li>A strong read of an item costs one unit for each 4 KB begun; at least one, also if there is
 *       none. A page costs that of the sum of its items. A page of an index, read eventually, costs
 *       half of it.
 * </ul>
 *
 * <p>A write without an answer is counted as one that took effect, one that was throttled or in
 * conflict as none. Exact as long as one caller writes at a time.
 */
public final class MeteredStore implements Store {

  private static final int WRITE_BYTES = 1024;
  private static final int READ_BYTES = 4096;

  private final InMemoryStore inner;
  private Units units = Units.NONE;

  public MeteredStore(InMemoryStore inner) {
    this.inner = inner;
  }

  /** Since this store was made. */
  public synchronized Units units() {
    return units;
  }

  /** What the calls of a block of code use. */
  public Units unitsOf(Runnable block) {
    var before = units();
    block.run();
    return units().minus(before);
  }

  private synchronized void add(Units used) {
    units = units.plus(used);
  }

  @Override
  public Map<Key, Item> get(Collection<Key> keys) {
    var found = inner.get(keys);
    keys.forEach(key -> add(Units.ofReads(readUnits(size(found.get(key))))));
    return found;
  }

  @Override
  public Page query(Query query) {
    var page = inner.query(query);
    add(Units.ofReads(readUnits(page.items().stream().mapToLong(Limits::size).sum())));
    return page;
  }

  @Override
  public IndexPage query(IndexQuery query) {
    var page = inner.query(query);
    long bytes =
        page.entries().stream()
            .mapToLong(entry -> Limits.size(entry(query.index(), query.hash(), entry)))
            .sum();
    add(Units.ofIndexReads(readUnits(bytes) / 2));
    return page;
  }

  @Override
  public List<WriteOutcome> write(List<? extends Write> writes) {
    var before = before(writes);
    var outcomes = inner.write(writes);
    for (int i = 0; i < writes.size(); i++) {
      add(units(writes.get(i), before, outcomes.get(i), 1));
    }
    return outcomes;
  }

  @Override
  public WriteOutcome transact(List<? extends Write> writes) {
    var before = before(writes);
    var outcome = inner.transact(writes);
    writes.forEach(write -> add(units(write, before, outcome, 2)));
    return outcome;
  }

  @Override
  public List<Item> putAll(List<Item> items) {
    var writes = items.stream().map(item -> new Write.Put(item, Condition.ALWAYS)).toList();
    var before = before(writes);
    var left = inner.putAll(items);
    var leftKeys = new HashSet<>(left.stream().map(Item::key).toList());
    writes.stream()
        .filter(write -> !leftKeys.contains(write.key()))
        .forEach(write -> add(units(write, before, WriteOutcome.WRITTEN, 1)));
    return left;
  }

  private Map<Key, Item> before(List<? extends Write> writes) {
    var before = new HashMap<Key, Item>();
    for (var write : writes) {
      inner.peek(write.key()).ifPresent(item -> before.put(write.key(), item));
    }
    return before;
  }

  private static Units units(Write write, Map<Key, Item> stored, WriteOutcome outcome, int factor) {
    var before = stored.get(write.key());
    var after = write instanceof Write.Put(var item, _) ? item : null;
    return switch (outcome) {
      case WriteOutcome.Written _, WriteOutcome.Unknown _ ->
          Units.ofWrites(factor * writeUnits(before, after), indexUnits(before, after));
      case WriteOutcome.ConditionFailed _ -> Units.ofWrites(factor * writeUnits(before, after), 0);
      case WriteOutcome.Conflict _, WriteOutcome.Throttled _ -> Units.NONE;
    };
  }

  private static long writeUnits(@Nullable Item before, @Nullable Item after) {
    return begun(Math.max(size(before), size(after)), WRITE_BYTES);
  }

  private static long indexUnits(@Nullable Item before, @Nullable Item after) {
    return Stream.of(Index.values()).mapToLong(index -> units(index, before, after)).sum();
  }

  private static long units(Index index, @Nullable Item before, @Nullable Item after) {
    var left = place(index, before);
    var entered = place(index, after);
    return left.equals(entered) ? 0 : units(left) + units(entered);
  }

  private static long units(Optional<Item> place) {
    return place.map(entry -> begun(Limits.size(entry), WRITE_BYTES)).orElse(0L);
  }

  /** The item as the index holds it. */
  private static Optional<Item> place(Index index, @Nullable Item item) {
    return Optional.ofNullable(item)
        .filter(index::holds)
        .map(held ->
            entry(
                index,
                held.requireText(index.hash()),
                new IndexEntry(held.key(), held.requireWhole(index.range()))));
  }

  private static Item entry(Index index, String hash, IndexEntry entry) {
    return Item.at(entry.key()).with(index.hash(), hash).with(index.range(), entry.range());
  }

  private static double readUnits(long bytes) {
    return Math.toIntExact(begun(bytes, READ_BYTES));
  }

  private static long size(@Nullable Item item) {
    return item == null ? 0 : Limits.size(item);
  }

  private static long begun(long bytes, int unit) {
    return Math.max(1, Math.ceilDiv(bytes, unit));
  }
}
