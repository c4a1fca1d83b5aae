package crowd.simulation.explore;

import crowd.core.json.Unicode;
import crowd.core.store.Attributes;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.Write;
import crowd.core.store.WriteOutcome;
import crowd.core.store.memory.InMemoryStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All contents that the table has had. What a step does to a content is worked out once, by the
 * store in memory.
 */
final class Tables {

  private final Places places;
  private final String bucket;
  private final Interner<List<Item>> contents = new Interner<>();
  private final Interner<Reply> replies = new Interner<>();
  private final LongMap effects = new LongMap();
  private final List<Long> due = new ArrayList<>();
  private final Map<Long, Set<Key>> changes = new HashMap<>();

  /**
   * @param bucket the only one in which work waits
   */
  Tables(Places places, String bucket) {
    this.places = places;
    this.bucket = bucket;
  }

  int empty() {
    return number(List.of());
  }

  /** The rows, in the order of their keys. */
  List<Item> rows(int table) {
    return contents.get(table);
  }

  int size() {
    return contents.size();
  }

  @Nullable Item row(int table, Key key) {
    for (var item : rows(table)) {
      if (item.key().equals(key)) {
        return item;
      }
    }
    return null;
  }

  /** A store that holds the content. */
  InMemoryStore store(int table) {
    var store = new InMemoryStore();
    store.putAll(rows(table));
    return store;
  }

  /** When the first waiting work is due; {@link Long#MAX_VALUE} if none waits. */
  long due(int table) {
    return due.get(table);
  }

  /** Number of the reply. */
  int number(Reply reply) {
    return replies.number(reply);
  }

  Reply reply(int number) {
    return replies.get(number);
  }

  /**
   * What a call comes to.
   *
   * @param table the content after it
   * @param reply number of the reply
   */
  record Effect(int table, int reply) {}

  /** Of a transaction: of all its writes in one moment. */
  Effect effect(int table, int call) {
    long key = (long) table << 32 | call;
    long known = effects.get(key);
    if (known == LongMap.NONE) {
      known = workOut(table, places.call(call));
      effects.put(key, known);
    }
    return new Effect((int) (known >>> 32), (int) known);
  }

  private long workOut(int table, Call call) {
    var store = store(table);
    var reply =
        switch (call) {
          case Call.Get(var key) -> new Reply.Found(store.peek(key).orElse(null));
          case Call.Read(var query) -> new Reply.Paged(store.query(query));
          case Call.ReadIndex(var query) -> new Reply.Indexed(store.query(query));
          case Call.Change(var write) -> new Reply.Ended(store.write(write));
          case Call.Transact(var writes) -> new Reply.Ended(store.transact(writes));
          case Call.Append _, Call.BackOff _, Call.End _ ->
              throw new IllegalArgumentException("not a call of the store");
        };
    boolean isChanged = reply.equals(new Reply.Ended(WriteOutcome.WRITTEN));
    int after = isChanged ? number(store.dump()) : table;
    return (long) after << 32 | number(reply);
  }

  /** The content once one more write of a transaction is visible that may take effect. */
  int shown(int table, Write write) {
    Write alone =
        switch (write) {
          case Write.Put(var item, _) -> new Write.Put(item, Condition.ALWAYS);
          case Write.Delete(var key, _) -> new Write.Delete(key, Condition.ALWAYS);
        };
    return effect(table, places.number(new Call.Change(alone))).table();
  }

  /** The keys of rows that differ; those of the directory are left out. */
  Set<Key> changed(int before, int after) {
    if (before == after) {
      return Set.of();
    }
    return changes.computeIfAbsent(
        (long) before << 32 | after, _ -> Set.copyOf(compare(rows(before), rows(after))));
  }

  private static Set<Key> compare(List<Item> before, List<Item> after) {
    var old = new HashSet<>(before);
    var now = new HashSet<>(after);
    var keys = new HashSet<Key>();
    before.stream().filter(row -> !now.contains(row)).map(Item::key).forEach(keys::add);
    after.stream().filter(row -> !old.contains(row)).map(Item::key).forEach(keys::add);
    keys.removeIf(key -> key.pk().contains("#d#"));
    return keys;
  }

  /** Whether a read may answer otherwise once rows of these keys have changed. */
  static boolean reads(Call read, Set<Key> changed) {
    return changed.stream().anyMatch(key -> reads(read, key));
  }

  private static boolean reads(Call read, Key key) {
    return switch (read) {
      case Call.Get(var one) -> one.equals(key);
      case Call.Read(var query) ->
          query.pk().equals(key.pk())
              && Unicode.compareUtf8(query.from(), key.sk()) <= 0
              && Unicode.compareUtf8(key.sk(), query.to()) <= 0;
      // Only aliases and jobs wait.
      case Call.ReadIndex _ -> key.sk().equals("@") || key.sk().startsWith("J#");
      case Call.Change _, Call.Transact _, Call.Append _, Call.BackOff _, Call.End _ ->
          throw new IllegalArgumentException("not a read");
    };
  }

  private int number(List<Item> rows) {
    int number = contents.number(rows);
    if (number == due.size()) {
      due.add(firstDue(rows));
    }
    return number;
  }

  private long firstDue(List<Item> rows) {
    long first = Long.MAX_VALUE;
    for (var row : rows) {
      if (row.whole(Attributes.DUE).isPresent()) {
        if (!row.requireText(Attributes.DUE_IN).equals(bucket)) {
          throw new IllegalStateException("work waits in another bucket: " + row.key());
        }
        first = Math.min(first, row.requireWhole(Attributes.DUE));
      }
    }
    return first;
  }
}
