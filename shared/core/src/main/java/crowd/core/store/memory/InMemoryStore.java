package crowd.core.store.memory;

import crowd.core.json.Unicode;
import crowd.core.store.Attributes;
import crowd.core.store.Condition;
import crowd.core.store.Index;
import crowd.core.store.IndexEntry;
import crowd.core.store.IndexPage;
import crowd.core.store.IndexQuery;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.Limits;
import crowd.core.store.Page;
import crowd.core.store.Query;
import crowd.core.store.Store;
import crowd.core.store.StoreUnavailableException;
import crowd.core.store.Write;
import crowd.core.store.WriteOutcome;
import crowd.core.store.memory.Faults.Fate;
import crowd.core.store.memory.Faults.Operation;
import crowd.core.store.memory.Faults.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The table in maps. Every step is linearizable: it takes effect at one moment, under the store's
 * lock.
 *
 * <pre>
 * partitions   pk ---> sk ---> item         sk in the order of its UTF-8 bytes
 *
 * shown        key --> item                 as the indexes show it: the item, or, where they lag,
 *                                           what it was; only items with an index's attributes
 *
 * indexes      DUE --> hash --> { (range, key), ... }     derived from shown
 *              SEEN -> hash --> { (range, key), ... }
 *
 * lagging      { key, ... }                 shown is older than the item
 * late         [ [write, ...], ... ]        sent, given up by their callers, not yet applied
 * locked       { key, ... }                 of transactions that are applied item by item
 * </pre>
 *
 * <p>It refuses what DynamoDB refuses ({@link Limits}), ends pages where DynamoDB does (a full page
 * has a {@code next} even if nothing follows; after 1 MB a page ends early), and goes wrong as
 * {@link Faults} says. Expiry is not modelled: {@code ttl} is an attribute like others.
 */
public final class InMemoryStore implements Store {

  private static final Comparator<String> SORT_ORDER = Unicode::compareUtf8;
  private static final Comparator<IndexEntry> INDEX_ORDER =
      Comparator.comparingLong(IndexEntry::range).thenComparing(IndexEntry::key, Key.ORDER);

  private final Map<String, NavigableMap<String, Item>> partitions = new HashMap<>();
  private final Map<Key, Item> shown = new HashMap<>();
  private final Map<Index, Map<String, NavigableSet<IndexEntry>>> indexes =
      new EnumMap<>(Index.class);
  private final Set<Key> lagging = new HashSet<>();
  private final List<List<Write>> late = new ArrayList<>();
  private final Set<Key> locked = new HashSet<>();
  private final Faults faults;

  public InMemoryStore() {
    this(Faults.NONE);
  }

  public InMemoryStore(Faults faults) {
    this.faults = faults;
  }

  @Override
  public Map<Key, Item> get(Collection<Key> keys) {
    Limits.checkGet(keys);
    if (keys.size() == 1) {
      var key = keys.iterator().next();
      var item = get(key);
      return item == null ? Map.of() : Map.of(key, item);
    }
    var found = new HashMap<Key, Item>();
    for (var key : keys) {
      var item = get(key);
      if (item != null) {
        found.put(key, item);
      }
    }
    return found;
  }

  private @Nullable Item get(Key key) {
    var step = new Step(Operation.GET, Set.of(key));
    beforeRead(step);
    var item = read(key);
    faults.after(step);
    return item;
  }

  @Override
  public Page query(Query query) {
    Limits.check(query);
    var step = new Step(Operation.QUERY, Set.of(new Key(query.pk(), query.from())));
    beforeRead(step);
    var page = page(query);
    faults.after(step);
    return page;
  }

  @Override
  public IndexPage query(IndexQuery query) {
    Limits.check(query);
    var step = new Step(Operation.INDEX_QUERY, Set.of());
    beforeRead(step);
    var page = page(query);
    faults.after(step);
    return page;
  }

  @Override
  public List<WriteOutcome> write(List<? extends Write> writes) {
    Limits.checkWrites(writes);
    var outcomes = new ArrayList<WriteOutcome>(writes.size());
    for (var write : writes) {
      outcomes.add(step(new Step(Operation.WRITE, Set.of(write.key())), List.of(write)));
    }
    return List.copyOf(outcomes);
  }

  @Override
  public WriteOutcome transact(List<? extends Write> writes) {
    Limits.checkTransaction(writes);
    var keys = new LinkedHashSet<Key>();
    writes.forEach(write -> keys.add(write.key()));
    return step(new Step(Operation.TRANSACT, keys), List.copyOf(writes));
  }

  @Override
  public List<Item> putAll(List<Item> items) {
    Limits.checkItems(items);
    var left = new ArrayList<Item>();
    for (var item : items) {
      var step = new Step(Operation.PUT_ALL, Set.of(item.key()));
      if (!step(step, List.of(new Write.Put(item, Condition.ALWAYS)))
          .equals(WriteOutcome.WRITTEN)) {
        left.add(item);
      }
    }
    return List.copyOf(left);
  }

  /** All items in the order of their keys: for tests. */
  public synchronized List<Item> dump() {
    var inOrder = new TreeMap<String, NavigableMap<String, Item>>(SORT_ORDER);
    inOrder.putAll(partitions);
    return inOrder.values().stream().flatMap(partition -> partition.values().stream()).toList();
  }

  /** The item as it is, without a step: for tests. */
  public Optional<Item> peek(Key key) {
    return Optional.ofNullable(read(key));
  }

  /**
   * Applies the writes whose fate was {@code LATE}, in the order in which they were sent.
   *
   * @return how they end now; nobody else is told
   */
  public List<WriteOutcome> landLate() {
    return takeLate().stream().map(this::apply).toList();
  }

  /**
   * Applies one of the calls whose fate was {@code LATE}.
   *
   * @param place among those that are still late, in the order in which they were sent; 0 for the
   *     first
   */
  public WriteOutcome landLate(int place) {
    return apply(takeLate(place));
  }

  /** Makes the indexes show every item as it is. */
  public synchronized void catchUpIndexes() {
    lagging.forEach(this::show);
    lagging.clear();
  }

  private void beforeRead(Step step) {
    faults.before(step);
    if (faults.fate(step) != Fate.NORMAL) {
      throw new StoreUnavailableException("the store did not answer a read");
    }
  }

  /** A single write or a transaction, with its fate. */
  private WriteOutcome step(Step step, List<Write> writes) {
    faults.before(step);
    var outcome =
        switch (faults.fate(step)) {
          case NORMAL -> apply(writes);
          case PIECEMEAL -> applyPiecemeal(step, writes);
          case THROTTLED -> WriteOutcome.THROTTLED;
          case CONFLICT -> WriteOutcome.CONFLICT;
          case REQUEST_LOST -> WriteOutcome.UNKNOWN;
          case REPLY_LOST -> {
            apply(writes);
            yield WriteOutcome.UNKNOWN;
          }
          case LATE -> {
            keepForLater(writes);
            yield WriteOutcome.UNKNOWN;
          }
        };
    faults.after(step);
    return outcome;
  }

  private synchronized @Nullable Item read(Key key) {
    return stored(key);
  }

  private synchronized List<List<Write>> takeLate() {
    var taken = List.copyOf(late);
    late.clear();
    return taken;
  }

  private synchronized List<Write> takeLate(int place) {
    return late.remove(place);
  }

  private synchronized void keepForLater(List<Write> writes) {
    late.add(writes);
  }

  private WriteOutcome apply(List<Write> writes) {
    var lags = lags(writes);
    synchronized (this) {
      var outcome = check(writes);
      if (outcome.equals(WriteOutcome.WRITTEN)) {
        setAll(writes, lags);
      }
      return outcome;
    }
  }

  /**
   * As {@link #apply}, but readers see the items appear one by one. The store completes it whatever
   * a hook throws.
   */
  private WriteOutcome applyPiecemeal(Step step, List<Write> writes) {
    var lags = lags(writes);
    synchronized (this) {
      var outcome = check(writes);
      if (!outcome.equals(WriteOutcome.WRITTEN)) {
        return outcome;
      }
      locked.addAll(step.keys());
    }
    int shownSoFar = 0;
    try {
      while (shownSoFar < writes.size() - 1) {
        var write = writes.get(shownSoFar++);
        setAll(List.of(write), lags);
        faults.between(step, write.key());
      }
    } finally {
      synchronized (this) {
        setAll(writes.subList(shownSoFar, writes.size()), lags);
        locked.removeAll(step.keys());
      }
    }
    return WriteOutcome.WRITTEN;
  }

  /** Asked before the lock is taken: it is a hook. */
  private Set<Key> lags(List<Write> writes) {
    var lags = new HashSet<Key>();
    for (var write : writes) {
      if (faults.indexLags(write.key())) {
        lags.add(write.key());
      }
    }
    return lags;
  }

  /** {@code WRITTEN} if the writes may take effect now. */
  private WriteOutcome check(List<Write> writes) {
    for (var write : writes) {
      if (locked.contains(write.key())) {
        return WriteOutcome.CONFLICT;
      }
    }
    for (var write : writes) {
      if (!holds(write.condition(), stored(write.key()))) {
        return WriteOutcome.CONDITION_FAILED;
      }
    }
    return WriteOutcome.WRITTEN;
  }

  private synchronized void setAll(List<Write> writes, Set<Key> lags) {
    writes.forEach(write -> set(write, lags.contains(write.key())));
  }

  private static boolean holds(Condition condition, @Nullable Item stored) {
    return switch (condition) {
      case Condition.Always() -> true;
      case Condition.Absent() -> stored == null;
      case Condition.RevisionIs(var revision) ->
          stored != null && is(stored.whole(Attributes.REVISION), found -> found == revision);
      case Condition.AbsentOrOlder(var epoch) ->
          stored == null || is(stored.whole(Attributes.EPOCH), found -> found < epoch);
      case Condition.CopyUpTo(var origin, var epoch) ->
          stored != null
              && stored.text(Attributes.ORIGIN).equals(Optional.of(origin))
              && is(stored.whole(Attributes.EPOCH), found -> found <= epoch);
    };
  }

  /** As in DynamoDB, no comparison holds for an attribute that is missing. */
  private static boolean is(OptionalLong found, LongPredicate comparison) {
    return found.isPresent() && comparison.test(found.getAsLong());
  }

  private @Nullable Item stored(Key key) {
    var partition = partitions.get(key.pk());
    return partition == null ? null : partition.get(key.sk());
  }

  private void set(Write write, boolean indexLags) {
    switch (write) {
      case Write.Put(var item, _) ->
          partitions
              .computeIfAbsent(item.key().pk(), _ -> new TreeMap<>(SORT_ORDER))
              .put(item.key().sk(), item);
      case Write.Delete(var key, _) ->
          partitions.computeIfPresent(
              key.pk(),
              (_, partition) -> {
                partition.remove(key.sk());
                return partition.isEmpty() ? null : partition;
              });
    }
    if (indexLags) {
      lagging.add(write.key());
    } else {
      lagging.remove(write.key());
      show(write.key());
    }
  }

  /** Makes the indexes show the item as it is. */
  private void show(Key key) {
    var before = shown.remove(key);
    var now = stored(key);
    for (var index : Index.values()) {
      if (before != null && index.holds(before)) {
        entries(index, before).remove(entry(index, before));
      }
      if (now != null && index.holds(now)) {
        entries(index, now).add(entry(index, now));
        shown.put(key, now);
      }
    }
  }

  private NavigableSet<IndexEntry> entries(Index index, Item item) {
    return entries(index, item.requireText(index.hash()));
  }

  private static IndexEntry entry(Index index, Item item) {
    return new IndexEntry(item.key(), item.requireWhole(index.range()));
  }

  private NavigableSet<IndexEntry> entries(Index index, String hash) {
    return indexes
        .computeIfAbsent(index, _ -> new HashMap<>())
        .computeIfAbsent(hash, _ -> new TreeSet<>(INDEX_ORDER));
  }

  private synchronized Page page(Query query) {
    if (!partitions.containsKey(query.pk())) {
      return new Page(List.of(), null);
    }
    var order = query.descending() ? SORT_ORDER.reversed() : SORT_ORDER;
    var last = query.descending() ? query.from() : query.to();
    var items = new ArrayList<Item>();
    long most = 0;
    for (var item : rest(query, order).values()) {
      if (order.compare(item.key().sk(), last) > 0) {
        break;
      }
      items.add(item);
      most += Limits.sizeAtMost(item);
      if (items.size() == query.limit() || (most >= Limits.PAGE_BYTES && fillsPage(items))) {
        return new Page(items, item.key().sk());
      }
    }
    return new Page(items, null);
  }

  private static boolean fillsPage(List<Item> items) {
    return items.stream().mapToLong(Limits::size).sum() >= Limits.PAGE_BYTES;
  }

  /** The partition from where the query begins, in its direction. */
  private NavigableMap<String, Item> rest(Query query, Comparator<String> order) {
    var partition = Objects.requireNonNull(partitions.get(query.pk()));
    var directed = query.descending() ? partition.descendingMap() : partition;
    var first = query.descending() ? query.to() : query.from();
    var after = query.after();
    return after == null || order.compare(after, first) < 0
        ? directed.tailMap(first, true)
        : directed.tailMap(after, false);
  }

  private synchronized IndexPage page(IndexQuery query) {
    var all = entries(query.index(), query.hash());
    var directed = query.descending() ? all.descendingSet() : all;
    var rest = query.after() == null ? directed : directed.tailSet(query.after(), false);
    var entries = new ArrayList<IndexEntry>();
    for (var entry : rest) {
      if (entries.size() == query.limit()) {
        break;
      }
      if (entry.range() <= query.upTo()) {
        entries.add(entry);
      }
    }
    return new IndexPage(entries, entries.size() == query.limit() ? entries.getLast() : null);
  }
}
