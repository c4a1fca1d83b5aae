package crowd.local.dynamo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.core.store.Attributes;
import crowd.core.store.Condition;
import crowd.core.store.Index;
import crowd.core.store.IndexEntry;
import crowd.core.store.IndexQuery;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.Query;
import crowd.core.store.Store;
import crowd.core.store.Write;
import crowd.core.store.memory.InMemoryStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The in-memory store, on which the use cases are tested, and DynamoDB do the same: random
 * operations on both, every result compared. {@code -Dseed=} repeats a run.
 */
class StoreDifferentialIT {

  /** Of single writes, puts, transactions, gets and pages. */
  private static final int OPERATIONS = 20_000;

  private static final List<String> PARTITIONS = List.of("a", "b", "\uFF61", "\uD800\uDC00");

  /** In the order of their UTF-8 bytes. */
  private static final List<String> SORT_KEYS =
      List.of(
          "#",
          "@",
          "E#1",
          "E#2",
          "E#2#",
          "L#anon_1",
          "a",
          "\u00e9",
          "\uE000",
          "\uFF61",
          "\uD800\uDC00",
          "\uD83D\uDE00",
          "\uDBFF\uDFFF");

  private static final List<Key> KEYS =
      PARTITIONS.stream().flatMap(pk -> SORT_KEYS.stream().map(sk -> new Key(pk, sk))).toList();

  private static final List<String> HASHES = List.of("P#0", "P#1", "demo");

  @RegisterExtension static final DynamoTable TABLE = new DynamoTable();

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final InMemoryStore memory = new InMemoryStore();
  private int operations;

  @Test
  void randomOperations_answerTheSame() {
    System.out.println("StoreDifferentialIT: -Dseed=" + seed);
    while (operations < OPERATIONS) {
      switch (random.nextInt(10)) {
        case 0, 1, 2 -> write();
        case 3, 4 -> transact();
        case 5 -> putAll();
        case 6 -> get();
        case 7, 8 -> query();
        default -> queryIndex();
      }
    }
    assertEquals(memory.dump(), dump(TABLE.store), this::where);
    for (var index : Index.values()) {
      for (var hash : HASHES) {
        var all = new IndexQuery(index, hash, Long.MAX_VALUE, false, null, 1000);
        same(1, all, StoreDifferentialIT::entries);
      }
    }
  }

  private void write() {
    var writes = writes(1 + random.nextInt(KEYS.size()));
    same(writes.size(), writes, Store::write);
  }

  private void transact() {
    same(1, writes(1 + random.nextInt(5)), Store::transact);
  }

  private void putAll() {
    var items = keys(random.nextInt(KEYS.size())).stream().map(this::item).toList();
    same(items.size(), items, Store::putAll);
  }

  private void get() {
    same(1, keys(random.nextInt(KEYS.size())), Store::get);
  }

  private void query() {
    int from = random.nextInt(SORT_KEYS.size());
    int to = from + random.nextInt(SORT_KEYS.size() - from);
    var query =
        new Query(
            one(PARTITIONS),
            SORT_KEYS.get(from),
            SORT_KEYS.get(to),
            random.nextBoolean(),
            random.nextBoolean() ? null : one(SORT_KEYS) + one(List.of("", "\u0001", "~")),
            1 + random.nextInt(SORT_KEYS.size()));
    same(1, query, StoreDifferentialIT::items);
  }

  private void queryIndex() {
    var query =
        new IndexQuery(
            one(List.of(Index.values())),
            one(HASHES),
            range(one(KEYS)),
            random.nextBoolean(),
            entry(),
            1 + random.nextInt(KEYS.size()));
    same(1, query, StoreDifferentialIT::entries);
  }

  /**
   * A page, with the one behind it: after a page that is full, DynamoDB Local sometimes knows that
   * nothing follows, and DynamoDB itself never does.
   */
  private static List<Item> items(Store store, Query query) {
    var items = new ArrayList<Item>();
    var page = store.query(query);
    items.addAll(page.items());
    if (page.next() != null) {
      items.addAll(store.query(query.startingAfter(page.next())).items());
    }
    return items;
  }

  private static List<IndexEntry> entries(Store store, IndexQuery query) {
    var entries = new ArrayList<IndexEntry>();
    var page = store.query(query);
    entries.addAll(page.entries());
    if (page.next() != null) {
      var next =
          new IndexQuery(
              query.index(),
              query.hash(),
              query.upTo(),
              query.descending(),
              page.next(),
              query.limit());
      entries.addAll(store.query(next).entries());
    }
    return entries;
  }

  /** One that is there, was there, or never was. */
  private @Nullable IndexEntry entry() {
    var key = one(KEYS);
    return random.nextBoolean() ? null : new IndexEntry(key, range(key));
  }

  /** No two keys ever have the same number, for the order of equals is a store's own. */
  private long range(Key key) {
    return (random.nextInt(9) - 4L) * KEYS.size() + KEYS.indexOf(key);
  }

  private List<Write> writes(int n) {
    return keys(n).stream().map(this::write).toList();
  }

  private Write write(Key key) {
    return random.nextInt(4) == 0
        ? new Write.Delete(key, condition())
        : new Write.Put(item(key), condition());
  }

  private Condition condition() {
    return switch (random.nextInt(6)) {
      case 0 -> Condition.ABSENT;
      case 1 -> new Condition.RevisionIs(random.nextInt(3));
      case 2 -> new Condition.AbsentOrOlder(random.nextInt(5));
      case 3 -> new Condition.CopyUpTo(origin(), random.nextInt(5));
      default -> Condition.ALWAYS;
    };
  }

  private Item item(Key key) {
    var item = Item.at(key).with("value", random.nextLong()).with("text", one(SORT_KEYS));
    if (random.nextInt(3) > 0) {
      item = item.with(Attributes.REVISION, (long) random.nextInt(3));
    }
    if (random.nextInt(3) > 0) {
      item =
          item.with(Attributes.EPOCH, (long) random.nextInt(5)).with(Attributes.ORIGIN, origin());
    }
    for (var index : Index.values()) {
      if (random.nextInt(4) > 0) {
        item = item.with(index.hash(), one(HASHES));
      }
      if (random.nextInt(4) > 0) {
        item = item.with(index.range(), range(key));
      }
    }
    return item;
  }

  private String origin() {
    return one(List.of("U", "anon_1"));
  }

  private List<Key> keys(int n) {
    var keys = new ArrayList<>(KEYS);
    Collections.shuffle(keys, random);
    return keys.subList(0, n);
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static List<Item> dump(Store store) {
    return PARTITIONS.stream()
        .map(pk -> new Query(pk, "\u0001", Query.HIGHEST, false, null, 1000))
        .flatMap(query -> store.query(query).items().stream())
        .toList();
  }

  private interface Call<A, R> {
    R on(Store store, A argument);
  }

  private <A, R> void same(int counts, A argument, Call<A, R> call) {
    operations += counts;
    assertEquals(
        call.on(memory, argument), call.on(TABLE.store, argument), () -> where() + ": " + argument);
  }

  private String where() {
    return "seed " + seed + ", operation " + operations;
  }
}
