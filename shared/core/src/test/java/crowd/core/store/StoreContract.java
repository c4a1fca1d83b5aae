package crowd.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every store has to do. Each test works in partitions of its own, so one table serves all.
 */
public abstract class StoreContract {

  private final String pk = "p-" + UUID.randomUUID();
  private final String hash = "h-" + UUID.randomUUID();

  /** The store under test; may be the same for all tests. */
  protected abstract Store store();

  // ------------------------------------------------------------------ conditions

  enum State {
    ABSENT,
    OLDER,
    SAME,
    NEWER,
    /** Without any of the attributes that conditions look at. */
    BARE,
    /** The attributes are text where numbers are expected, and a number where text is. */
    OTHER_TYPES,
    OTHER_ORIGIN;

    Optional<Item> at(Key key) {
      var item = Item.at(key).with("old", "yes").with(Attributes.ORIGIN, "anon_1");
      return switch (this) {
        case ABSENT -> Optional.empty();
        case OLDER -> Optional.of(item.with(Attributes.REVISION, 4L).with(Attributes.EPOCH, 4L));
        case SAME -> Optional.of(item.with(Attributes.REVISION, 5L).with(Attributes.EPOCH, 5L));
        case NEWER -> Optional.of(item.with(Attributes.REVISION, 6L).with(Attributes.EPOCH, 6L));
        case BARE -> Optional.of(Item.at(key).with("old", "yes"));
        case OTHER_TYPES ->
            Optional.of(
                Item.at(key)
                    .with(Attributes.REVISION, "5")
                    .with(Attributes.EPOCH, "4")
                    .with(Attributes.ORIGIN, 1L));
        case OTHER_ORIGIN ->
            Optional.of(
                item.with(Attributes.ORIGIN, "anon_2")
                    .with(Attributes.REVISION, 5L)
                    .with(Attributes.EPOCH, 5L));
      };
    }
  }

  static Stream<Arguments> conditions() {
    return Stream.of(
            row(Condition.ALWAYS, State.values()),
            row(Condition.ABSENT, State.ABSENT),
            row(new Condition.RevisionIs(5), State.SAME, State.OTHER_ORIGIN),
            row(new Condition.RevisionIs(0)),
            row(new Condition.AbsentOrOlder(5), State.ABSENT, State.OLDER),
            row(
                new Condition.AbsentOrOlder(Long.MAX_VALUE),
                State.ABSENT,
                State.OLDER,
                State.SAME,
                State.NEWER,
                State.OTHER_ORIGIN),
            row(new Condition.CopyUpTo("anon_1", 5), State.OLDER, State.SAME),
            row(
                new Condition.CopyUpTo("anon_1", Long.MAX_VALUE),
                State.OLDER,
                State.SAME,
                State.NEWER),
            row(new Condition.CopyUpTo("anon_1", 3)))
        .flatMap(List::stream);
  }

  private static List<Arguments> row(Condition condition, State... holdsIn) {
    return Stream.of(State.values())
        .map(state -> Arguments.of(condition, state, List.of(holdsIn).contains(state)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void put_underACondition_takesEffectExactlyIfItHolds(
      Condition condition, State state, boolean holds) {
    // given
    var key = key("k");
    var stored = state.at(key);
    stored.ifPresent(this::put);
    var item = Item.at(key).with("new", "yes").with(Attributes.EPOCH, 5L);
    // when
    var outcome = store().write(new Write.Put(item, condition));
    // then
    assertEquals(holds ? WriteOutcome.WRITTEN : WriteOutcome.CONDITION_FAILED, outcome);
    assertEquals(holds ? Optional.of(item) : stored, stored(key));
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void delete_underACondition_takesEffectExactlyIfItHolds(
      Condition condition, State state, boolean holds) {
    // given
    var key = key("k");
    var stored = state.at(key);
    stored.ifPresent(this::put);
    // when
    var outcome = store().write(new Write.Delete(key, condition));
    // then
    assertEquals(holds ? WriteOutcome.WRITTEN : WriteOutcome.CONDITION_FAILED, outcome);
    assertEquals(holds ? Optional.empty() : stored, stored(key));
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void transact_underACondition_takesEffectExactlyIfItHolds(
      Condition condition, State state, boolean holds) {
    // given
    var key = key("k");
    var stored = state.at(key);
    stored.ifPresent(this::put);
    var item = Item.at(key).with("new", "yes");
    var other = item("other", "new");
    // when
    var outcome =
        store().transact(List.of(new Write.Put(item, condition), put(other, Condition.ALWAYS)));
    // then
    assertEquals(holds ? WriteOutcome.WRITTEN : WriteOutcome.CONDITION_FAILED, outcome);
    assertEquals(holds ? Optional.of(item) : stored, stored(key));
    assertEquals(holds ? Optional.of(other) : Optional.empty(), stored(other.key()));
  }

  @Test
  void put_replacesTheWholeItem() {
    // given
    var first = item("k", "old").with("more", 1L);
    put(first);
    // when
    put(item("k", "new"));
    // then
    assertEquals(Optional.of(item("k", "new")), stored(first.key()));
  }

  // ------------------------------------------------------------------ write

  @Test
  void write_ofNothing_answersNothing() {
    assertEquals(List.of(), store().write(List.of()));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 40, 130})
  void write_ofMany_answersInTheirOrder(int n) {
    // given
    var expected = new ArrayList<WriteOutcome>();
    var writes = new ArrayList<Write>();
    for (int i = 0; i < n; i++) {
      var item = item("k" + i, "new");
      if (i % 3 == 0) {
        put(item.with("a", "old"));
      }
      writes.add(put(item, Condition.ABSENT));
      expected.add(i % 3 == 0 ? WriteOutcome.CONDITION_FAILED : WriteOutcome.WRITTEN);
    }
    // when
    var outcomes = store().write(writes);
    // then
    assertEquals(expected, outcomes);
    assertEquals(n, all(Query.prefix(pk, "k", 1000)).size());
  }

  @Test
  void write_whenManyWantTheSameAbsentItem_letsExactlyOneWin() throws Exception {
    // given
    var tries =
        IntStream.range(0, 8)
            .mapToObj(i -> item("k", "winner " + i))
            .<Callable<WriteOutcome>>map(item -> () -> store().write(put(item, Condition.ABSENT)))
            .toList();
    // when
    var outcomes = atOnce(tries);
    // then
    assertEquals(1, Collections.frequency(outcomes, WriteOutcome.WRITTEN));
    assertEquals(7, Collections.frequency(outcomes, WriteOutcome.CONDITION_FAILED));
    var winner = item("k", "winner " + outcomes.indexOf(WriteOutcome.WRITTEN));
    assertEquals(Optional.of(winner), stored(key("k")));
  }

  @Test
  void write_whenManyIncrementByRevision_losesNone() throws Exception {
    // given
    var key = key("k");
    Callable<Integer> increment =
        () -> {
          int won = 0;
          for (int i = 0; i < 10; i++) {
            var revision = stored(key).map(item -> item.requireWhole(Attributes.REVISION));
            var next = Item.at(key).with(Attributes.REVISION, revision.orElse(0L) + 1);
            var condition = Condition.unchangedSince(revision.orElse(0L));
            won += store().write(put(next, condition)).equals(WriteOutcome.WRITTEN) ? 1 : 0;
          }
          return won;
        };
    // when
    var won = atOnce(Collections.nCopies(4, increment));
    // then
    long revision = stored(key).orElseThrow().requireWhole(Attributes.REVISION);
    assertEquals(won.stream().mapToInt(Integer::intValue).sum(), revision);
  }

  // ------------------------------------------------------------------ transact

  static Stream<Arguments> failingPositions() {
    return Stream.of(1, 2, 3, 100)
        .flatMap(n ->
            IntStream.of(0, n / 2, n - 1)
                .distinct()
                .mapToObj(position -> Arguments.of(n, position)));
  }

  @ParameterizedTest
  @MethodSource("failingPositions")
  void transact_whenOneConditionFails_changesNothing(int n, int position) {
    // given
    put(item("k" + position, "old"));
    var writes =
        IntStream.range(0, n).mapToObj(i -> put(item("k" + i, "new"), Condition.ABSENT)).toList();
    // when
    var outcome = store().transact(writes);
    // then
    assertEquals(WriteOutcome.CONDITION_FAILED, outcome);
    assertEquals(List.of(item("k" + position, "old")), all(Query.prefix(pk, "k", 1000)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 25, 26, 100})
  void transact_whenAllHold_writesAll(int n) {
    // given
    var items = IntStream.range(0, n).mapToObj(i -> item("k" + digits(i), "new")).toList();
    // when
    var outcome =
        store().transact(items.stream().map(item -> put(item, Condition.ABSENT)).toList());
    // then
    assertEquals(WriteOutcome.WRITTEN, outcome);
    assertEquals(items, all(Query.prefix(pk, "k", 1000)));
  }

  @Test
  void transact_mixesPutsAndDeletesOfSeveralPartitions() {
    // given
    var elsewhere = Item.at(new Key(pk + "-2", "k")).with("a", "there");
    put(item("1", "old"));
    put(item("2", "old"));
    // when
    var outcome =
        store()
            .transact(
                List.of(
                    put(item("1", "new"), Condition.ALWAYS),
                    new Write.Delete(key("2"), Condition.ALWAYS),
                    new Write.Delete(key("3"), Condition.ALWAYS),
                    put(elsewhere, Condition.ABSENT)));
    // then
    assertEquals(WriteOutcome.WRITTEN, outcome);
    assertEquals(
        Map.of(key("1"), item("1", "new"), elsewhere.key(), elsewhere),
        store().get(List.of(key("1"), key("2"), key("3"), elsewhere.key())));
  }

  @Test
  void transact_whenTheDeletedIsNotWhatWasRead_changesNothing() {
    // given
    put(item("1", "old"));
    var writes =
        List.of(
            put(item("2", "new"), Condition.ABSENT),
            new Write.Delete(key("1"), new Condition.RevisionIs(7)));
    // when
    var outcome = store().transact(writes);
    // then
    assertEquals(WriteOutcome.CONDITION_FAILED, outcome);
    assertEquals(List.of(item("1", "old")), all(Query.prefix(pk, "1", 10)));
  }

  // ------------------------------------------------------------------ get

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 99, 100})
  void get_ofSomeThatExist_answersThose(int n) {
    // given
    var expected = new HashMap<Key, Item>();
    for (int i = 0; i < n; i += 2) {
      expected.put(key("k" + i), item("k" + i, "v" + i));
    }
    assertEquals(List.of(), store().putAll(List.copyOf(expected.values())));
    // when
    var found = store().get(IntStream.range(0, n).mapToObj(i -> key("k" + i)).toList());
    // then
    assertEquals(expected, found);
  }

  @Test
  void get_ofLargeItems_answersAll() {
    // given: more than the 16 MB that DynamoDB answers at once
    var large = "x".repeat(300_000);
    var items = IntStream.range(0, 60).mapToObj(i -> item("k" + i, large)).toList();
    assertEquals(List.of(), store().putAll(items));
    // when
    var found = store().get(items.stream().map(Item::key).toList());
    // then
    assertEquals(60, found.size());
    assertTrue(found.values().containsAll(items));
  }

  @Test
  void get_sameSortKeyInTwoPartitions_keepsThemApart() {
    // given
    var here = item("k", "here");
    var there = Item.at(new Key(pk + "-2", "k")).with("a", "there");
    put(here);
    put(there);
    // when
    var found = store().get(List.of(here.key(), there.key()));
    // then
    assertEquals(Map.of(here.key(), here, there.key(), there), found);
  }

  // ------------------------------------------------------------------ what an item may hold

  static Stream<Arguments> attributes() {
    return Stream.of(
        Arguments.of("empty text", text("")),
        Arguments.of("blank text", text("  ")),
        Arguments.of("control characters", text("\u0000\u0001\t\r\n\u007f")),
        Arguments.of("beyond the basic plane", text("\uD83D\uDE00 \uDBFF\uDFFF")),
        Arguments.of("not normalized", text("e\u0301 and \u00e9")),
        Arguments.of("JSON", text("{\"a\":[1.50,\"\\u0000\",null]}")),
        Arguments.of("zero", whole(0)),
        Arguments.of("minus one", whole(-1)),
        Arguments.of("trailing zeros", whole(1_000_000_000_000L)),
        Arguments.of("more than a double holds", whole((1L << 53) + 1)),
        Arguments.of("greatest", whole(Long.MAX_VALUE)),
        Arguments.of("least", whole(Long.MIN_VALUE)));
  }

  @ParameterizedTest
  @MethodSource("attributes")
  void item_comesBackAsItWasPut(String what, Attribute value) {
    // given
    var item = new Item(key("k"), Map.of("a", value, "unknown-to_all.1", value));
    // when
    put(item);
    // then
    assertEquals(Optional.of(item), stored(item.key()), what);
    assertEquals(List.of(item), all(Query.prefix(pk, "k", 10)), what);
  }

  @Test
  void item_withNothingButItsKey_comesBack() {
    // given
    put(Item.at(key("k")));
    // when, then
    assertEquals(Optional.of(Item.at(key("k"))), stored(key("k")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"#", "a#b", "\u0001", " ", "'\"\\", "\u00e9", "e\u0301", "\uD83D\uDE00"})
  void key_ofAnyCharacters_isItself(String sk) {
    // given
    var item = Item.at(new Key(pk + sk, sk)).with("a", "x");
    put(item);
    // when
    var found = store().get(List.of(item.key(), key(sk), new Key(pk + sk, sk + " ")));
    // then
    assertEquals(Map.of(item.key(), item), found);
  }

  // ------------------------------------------------------------------ limits

  static Stream<Arguments> refusedKeys() {
    var longest = "é".repeat(512);
    return Stream.of(
        Arguments.of("empty pk", new Key("", "s")),
        Arguments.of("empty sk", new Key("p", "")),
        Arguments.of("pk of 2049 bytes", new Key("p".repeat(2049), "s")),
        Arguments.of("pk of 2050 bytes in 1025 characters", new Key("é".repeat(1025), "s")),
        Arguments.of("sk of 1025 bytes", new Key("p", longest + "s")),
        Arguments.of("lone surrogate in pk", new Key("p\uD83D", "s")),
        Arguments.of("lone surrogate in sk", new Key("p", "\uDE00s")));
  }

  @ParameterizedTest
  @MethodSource("refusedKeys")
  void key_beyondTheLimits_isRefusedEverywhere(String what, Key key) {
    assertRefused(what, () -> store().get(List.of(key)));
    assertRefused(what, () -> store().write(put(Item.at(key), Condition.ALWAYS)));
    assertRefused(what, () -> store().write(new Write.Delete(key, Condition.ALWAYS)));
    assertRefused(what, () -> store().transact(List.of(put(Item.at(key), Condition.ALWAYS))));
    assertRefused(what, () -> store().putAll(List.of(Item.at(key))));
  }

  @Test
  void key_atTheLimits_isStored() {
    // given
    var longest = pk + "p".repeat(2048 - pk.length());
    var item = Item.at(new Key(longest, "é".repeat(512))).with("a", "x");
    put(item);
    // when, then
    assertEquals(Optional.of(item), stored(item.key()));
    assertEquals(List.of(item), all(Query.prefix(longest, "é".repeat(510), 10)));
  }

  @Test
  void item_ofExactlyTheMostBytes_isStored_andOneMoreIsRefused() {
    // given
    var filler = "x".repeat(Limits.ITEM_BYTES - Limits.size(Item.at(key("k")).with("a", "")));
    var item = item("k", filler);
    // when
    put(item);
    // then
    assertEquals(Limits.ITEM_BYTES, Limits.size(item));
    assertEquals(Optional.of(item), stored(item.key()));
    var tooLarge = item("k", filler + "x");
    assertRefused("write", () -> store().write(put(tooLarge, Condition.ALWAYS)));
    assertRefused("transact", () -> store().transact(List.of(put(tooLarge, Condition.ALWAYS))));
    assertRefused("putAll", () -> store().putAll(List.of(tooLarge)));
  }

  @Test
  void item_withALoneSurrogate_isRefused() {
    assertRefused("text", () -> store().write(put(item("k", "\uD83D"), Condition.ALWAYS)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "pk", "sk"})
  void item_withAnAttributeNamedLikeTheKey_isRefused(String name) {
    var item = Item.at(key("k")).with(name, "x");
    assertRefused("name", () -> store().putAll(List.of(item)));
  }

  @ParameterizedTest
  @EnumSource(Index.class)
  void item_withIndexAttributesOfTheWrongKind_isRefused(Index index) {
    var hashNumber = Item.at(key("k")).with(index.hash(), 1L);
    var hashEmpty = Item.at(key("k")).with(index.hash(), "");
    var hashLong = Item.at(key("k")).with(index.hash(), "x".repeat(2049));
    var rangeText = Item.at(key("k")).with(index.range(), "1");
    for (var item : List.of(hashNumber, hashEmpty, hashLong, rangeText)) {
      assertRefused("index", () -> store().write(put(item, Condition.ALWAYS)));
    }
  }

  @Test
  void calls_withADuplicateKey_areRefused() {
    var item = item("k", "x");
    var put = put(item, Condition.ALWAYS);
    var delete = new Write.Delete(item.key(), Condition.ALWAYS);
    assertRefused("get", () -> store().get(List.of(key("k"), key("k"))));
    assertRefused("write", () -> store().write(List.of(put, delete)));
    assertRefused("transact", () -> store().transact(List.of(put, delete)));
    assertRefused("putAll", () -> store().putAll(List.of(item, item.with("b", "y"))));
    assertEquals(Optional.empty(), stored(key("k")));
  }

  @Test
  void calls_beyondTheirSize_areRefused() {
    var items = IntStream.range(0, 101).mapToObj(i -> item("k" + i, "x")).toList();
    var writes = items.stream().map(item -> put(item, Condition.ALWAYS)).toList();
    var keys = items.stream().map(Item::key).toList();
    assertRefused("get", () -> store().get(keys));
    assertRefused("transact", () -> store().transact(writes));
    assertRefused("empty", () -> store().transact(List.of()));
  }

  @Test
  void transact_beyondItsBytes_isRefused() {
    var large = "x".repeat(390_000);
    var writes =
        IntStream.range(0, 11).mapToObj(i -> put(item("k" + i, large), Condition.ALWAYS)).toList();
    assertRefused("bytes", () -> store().transact(writes));
    assertEquals(WriteOutcome.WRITTEN, store().transact(writes.subList(0, 10)));
  }

  static Stream<Query> refusedQueries() {
    return Stream.of(
        new Query("", "a", "b", false, null, 1),
        new Query("p", "", "b", false, null, 1),
        new Query("p", "a", "", false, null, 1),
        new Query("p", "b", "a", false, null, 1),
        new Query("p", "a", "b", false, "", 1),
        new Query("p", "a", "b".repeat(1025), false, null, 1),
        new Query("p", "a", "b", false, null, 0),
        new Query("p", "a", "b", false, null, 1001));
  }

  @ParameterizedTest
  @MethodSource("refusedQueries")
  void query_ofNoRange_isRefused(Query query) {
    assertRefused("query", () -> store().query(query));
  }

  @Test
  void indexQuery_beyondItsLimits_isRefused() {
    assertRefused("hash", () -> store().query(new IndexQuery(Index.DUE, "", 1, false, null, 1)));
    assertRefused("limit", () -> store().query(new IndexQuery(Index.DUE, "h", 1, false, null, 0)));
    assertRefused(
        "limit", () -> store().query(new IndexQuery(Index.DUE, "h", 1, false, null, 1001)));
  }

  // ------------------------------------------------------------------ query

  private static final List<String> IN_UTF8_ORDER =
      List.of(
          "\u0001",
          " ",
          "#",
          "0",
          "A",
          "a",
          "a#",
          "aa",
          "\u007f",
          "\u0080",
          "\u07ff",
          "\u0800",
          "\uD7FF",
          "\uE000",
          "\uFF61",
          "\uFFFD",
          "\uD800\uDC00",
          "\uD83D\uDE00",
          "\uDBFF\uDFFF");

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void query_ordersByUtf8Bytes(boolean descending) {
    // given
    putAll(IN_UTF8_ORDER);
    // when
    var found = all(new Query(pk, "\u0001", Query.HIGHEST, descending, null, 1000));
    // then
    assertEquals(
        descending ? IN_UTF8_ORDER.reversed() : IN_UTF8_ORDER,
        found.stream().map(item -> item.key().sk()).toList());
  }

  static Stream<Arguments> pages() {
    return Stream.of(1, 2, 3, 5, 6, 7, 1000)
        .flatMap(
            limit -> Stream.of(false, true).map(descending -> Arguments.of(limit, descending)));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void query_pageByPage_answersEachOnceInOrder(int limit, boolean descending) {
    // given
    var expected = List.of("k1", "k2", "k3", "k4", "k5", "k6");
    putAll(expected);
    putAll(List.of("j", "l"));
    // when
    var found = new ArrayList<String>();
    String after = null;
    do {
      var page = store().query(new Query(pk, "k", "k" + Query.HIGHEST, descending, after, limit));
      assertTrue(page.items().size() <= limit);
      page.items().forEach(item -> found.add(item.key().sk()));
      after = page.next();
    } while (after != null);
    // then
    assertEquals(descending ? expected.reversed() : expected, found);
  }

  static Stream<Arguments> starts() {
    return Stream.of(
        Arguments.of("a", "k2 k4 k6", ""),
        Arguments.of("k1", "k2 k4 k6", ""),
        Arguments.of("k2", "k4 k6", ""),
        Arguments.of("k3", "k4 k6", "k2"),
        Arguments.of("k4", "k6", "k2"),
        Arguments.of("k5", "k6", "k4 k2"),
        Arguments.of("k6", "", "k4 k2"),
        Arguments.of("k7", "", "k6 k4 k2"),
        Arguments.of("z", "", "k6 k4 k2"),
        Arguments.of("k\uFF61", "", "k6 k4 k2"));
  }

  @ParameterizedTest
  @MethodSource("starts")
  void query_afterAnyKey_beginsBehindIt(String after, String ascending, String descending) {
    // given
    putAll(List.of("k2", "k4", "k6", "j", "l"));
    // when
    var up = all(new Query(pk, "k1", "k7", false, after, 10));
    var down = all(new Query(pk, "k1", "k7", true, after, 10));
    // then
    assertEquals(ascending, sortKeys(up));
    assertEquals(descending, sortKeys(down));
  }

  static Stream<Arguments> ranges() {
    return Stream.of(
        Arguments.of("b", "d", "b c d"),
        Arguments.of("bb", "cc", "c"),
        Arguments.of("c", "c", "c"),
        Arguments.of("a", "a0", "a"),
        Arguments.of("e", "z", "e"),
        Arguments.of("f", "z", ""),
        Arguments.of("0", "9", ""),
        Arguments.of("0", Query.HIGHEST, "a b c d e"));
  }

  @ParameterizedTest
  @MethodSource("ranges")
  void query_ofARange_holdsBothEnds(String from, String to, String expected) {
    // given
    putAll(List.of("a", "b", "c", "d", "e"));
    // when, then
    assertEquals(expected, sortKeys(all(new Query(pk, from, to, false, null, 10))));
  }

  @Test
  void query_ofAPrefix_answersExactlyWhatBeginsWithIt() {
    // given
    putAll(List.of("E", "E!", "E#", "E#1", "E#\uFF61", "E#\uDBFF\uDFFE", "E$", "F#"));
    // when, then
    assertEquals("E# E#1 E#\uFF61 E#\uDBFF\uDFFE", sortKeys(all(Query.prefix(pk, "E#", 1000))));
    assertEquals(
        "E#\uDBFF\uDFFE E#\uFF61 E#1 E#",
        sortKeys(all(Query.prefix(pk, "E#", 1000).newestFirst())));
    assertEquals(
        "E#\uFF61 E#\uDBFF\uDFFE",
        sortKeys(all(Query.prefix(pk, "E#", 1000).startingAfter("E#1"))));
  }

  @Test
  void query_ofAPrefix_answersWhatGoesOnWithTheLastCharacterOfAll() {
    // given
    var last = "\uDBFF\uDFFF";
    var longest = "L#" + last.repeat(63) + "abc";
    putAll(List.of("L#" + last, "L#" + last + "~", longest, "M#"));
    // when, then
    assertEquals(
        "L#" + last + " L#" + last + "~ " + longest, sortKeys(all(Query.prefix(pk, "L#", 1000))));
  }

  @Test
  void query_ofAPartitionThatDoesNotExist_isEmpty() {
    assertEquals(new Page(List.of(), null), store().query(Query.prefix(pk, "k", 10)));
  }

  @Test
  void query_seesNothingOfPartitionsWithASimilarName() {
    // given
    put(Item.at(new Key(pk + "1", "k")));
    put(Item.at(new Key(pk.substring(1), "k")));
    // when, then
    assertEquals(List.of(), all(Query.prefix(pk, "k", 10)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void query_ofMoreThanAMegabyte_comesInPagesAndLosesNothing(boolean descending) {
    // given
    var large = "x".repeat(150_000);
    var items = IntStream.range(0, 20).mapToObj(i -> item("k" + digits(i), large)).toList();
    assertEquals(List.of(), store().putAll(items));
    // when
    var query = new Query(pk, "k", "k" + Query.HIGHEST, descending, null, 1000);
    // then
    assertTrue(store().query(query).next() != null);
    assertEquals(descending ? items.reversed() : items, all(query));
  }

  @Test
  void query_seesWhatWasJustWrittenAndNotWhatWasJustDeleted() {
    for (int i = 0; i < 20; i++) {
      put(item("k", "v" + i));
      assertEquals(List.of(item("k", "v" + i)), all(Query.prefix(pk, "k", 10)));
      store().write(new Write.Delete(key("k"), Condition.ALWAYS));
      assertEquals(List.of(), all(Query.prefix(pk, "k", 10)));
    }
  }

  // ------------------------------------------------------------------ putAll

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 24, 25, 26, 50, 51, 100, 260})
  void putAll_writesAll(int n) {
    // given
    var items = IntStream.range(0, n).mapToObj(i -> item("k" + digits(i), "v" + i)).toList();
    // when
    var left = store().putAll(items);
    // then
    assertEquals(List.of(), left);
    assertEquals(items, all(Query.prefix(pk, "k", 1000)));
  }

  @Test
  void putAll_again_changesNothing() {
    // given
    var items = IntStream.range(0, 30).mapToObj(i -> item("k" + digits(i), "v")).toList();
    store().putAll(items);
    // when
    var left = store().putAll(items.reversed());
    // then
    assertEquals(List.of(), left);
    assertEquals(items, all(Query.prefix(pk, "k", 1000)));
  }

  @Test
  void putAll_ofTheLargestItems_writesAll() {
    // given
    var items = IntStream.range(0, 30).mapToObj(i -> item("k" + i, "x".repeat(400_000))).toList();
    // when, then
    assertEquals(List.of(), store().putAll(items));
    assertEquals(30, all(Query.prefix(pk, "k", 1000)).size());
  }

  // ------------------------------------------------------------------ indexes

  @ParameterizedTest
  @EnumSource(Index.class)
  void index_holdsItemsExactlyWhileTheyHaveBothAttributes(Index index) {
    // given
    var key = key("k");
    var inIndex = indexed(index, "k", 5);
    var states =
        List.of(
            inIndex,
            inIndex.with(index.hash(), (String) null),
            inIndex.with("other", "changed"),
            inIndex.with(index.range(), (Long) null),
            inIndex,
            Item.at(key));
    // when, then
    for (var state : states) {
      put(state);
      var expected = index.holds(state) ? List.of(new IndexEntry(key, 5)) : List.of();
      assertEquals(expected, entries(index, Long.MAX_VALUE, false), state::toString);
    }
    put(inIndex);
    store().write(new Write.Delete(key, Condition.ALWAYS));
    assertEquals(List.of(), entries(index, Long.MAX_VALUE, false));
  }

  @ParameterizedTest
  @EnumSource(Index.class)
  void index_followsEveryKindOfWrite(Index index) {
    // given, when
    store().putAll(List.of(indexed(index, "1", 1), indexed(index, "2", 2)));
    store()
        .transact(
            List.of(
                put(indexed(index, "1", 4), Condition.ALWAYS),
                new Write.Delete(key("2"), Condition.ALWAYS),
                put(indexed(index, "3", 3), Condition.ABSENT)));
    store().write(put(indexed(index, "3", 9), Condition.ABSENT));
    // then
    assertEquals(
        List.of(new IndexEntry(key("3"), 3), new IndexEntry(key("1"), 4)),
        entries(index, Long.MAX_VALUE, false));
  }

  @Test
  void indexes_holdOneItemEachOnTheirOwn() {
    // given
    put(indexed(Index.DUE, "k", 1).with(Attributes.SEEN_IN, hash).with(Attributes.LAST_SEEN, 2L));
    // when, then
    assertEquals(List.of(new IndexEntry(key("k"), 1)), entries(Index.DUE, 9, false));
    assertEquals(List.of(new IndexEntry(key("k"), 2)), entries(Index.SEEN, 9, false));
  }

  @Test
  void indexQuery_seesOneHashOnly() {
    // given
    put(indexed(Index.DUE, "1", 1));
    put(indexed(Index.DUE, "2", 2).with(Attributes.DUE_IN, hash + "-2"));
    // when, then
    assertEquals(List.of(new IndexEntry(key("1"), 1)), entries(Index.DUE, 9, false));
  }

  static Stream<Arguments> bounds() {
    return Stream.of(
        Arguments.of(Long.MIN_VALUE, List.of(Long.MIN_VALUE)),
        Arguments.of(-11L, List.of(Long.MIN_VALUE)),
        Arguments.of(-10L, List.of(Long.MIN_VALUE, -10L)),
        Arguments.of(8L, List.of(Long.MIN_VALUE, -10L, -9L, 0L)),
        Arguments.of(9L, List.of(Long.MIN_VALUE, -10L, -9L, 0L, 9L)),
        Arguments.of(
            Long.MAX_VALUE - 1,
            List.of(Long.MIN_VALUE, -10L, -9L, 0L, 9L, 10L, 1_700_000_000_000L)),
        Arguments.of(
            Long.MAX_VALUE,
            List.of(Long.MIN_VALUE, -10L, -9L, 0L, 9L, 10L, 1_700_000_000_000L, Long.MAX_VALUE)));
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void indexQuery_ordersByNumberUpToItsBound(long upTo, List<Long> expected) {
    // given
    LongStream.of(10, -9, Long.MAX_VALUE, 0, 1_700_000_000_000L, Long.MIN_VALUE, 9, -10)
        .forEach(range -> put(indexed(Index.SEEN, "k" + range, range)));
    // when
    var up = entries(Index.SEEN, upTo, false);
    var down = entries(Index.SEEN, upTo, true);
    // then
    assertEquals(expected, up.stream().map(IndexEntry::range).toList());
    assertEquals(up.reversed(), down);
    assertTrue(up.stream().allMatch(entry -> entry.key().equals(key("k" + entry.range()))));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void indexQuery_pageByPage_answersEachOnceInOrder(int limit, boolean descending) {
    // given: three numbers that are equal, whose order is the store's own
    for (int i = 1; i <= 6; i++) {
      put(indexed(Index.DUE, "k" + i, i <= 3 ? i : 4));
    }
    put(indexed(Index.DUE, "k7", 7));
    // when
    var found = new ArrayList<IndexEntry>();
    IndexEntry after = null;
    do {
      var page = store().query(new IndexQuery(Index.DUE, hash, 6, descending, after, limit));
      assertTrue(page.entries().size() <= limit);
      found.addAll(page.entries());
      after = page.next();
    } while (after != null);
    // then
    var ranges = found.stream().map(IndexEntry::range).toList();
    var ascending = List.of(1L, 2L, 3L, 4L, 4L, 4L);
    assertEquals(descending ? ascending.reversed() : ascending, ranges);
    assertEquals(
        List.of("k1", "k2", "k3", "k4", "k5", "k6"),
        found.stream().map(entry -> entry.key().sk()).sorted().toList());
  }

  static Stream<Arguments> entryStarts() {
    return Stream.of(
        Arguments.of(1L, List.of(2L, 4L, 6L), List.of()),
        Arguments.of(3L, List.of(4L, 6L), List.of(2L)),
        Arguments.of(4L, List.of(6L), List.of(2L)),
        Arguments.of(7L, List.of(), List.of(6L, 4L, 2L)),
        Arguments.of(9L, List.of(), List.of(6L, 4L, 2L)));
  }

  @ParameterizedTest
  @MethodSource("entryStarts")
  void indexQuery_afterAnEntryThatMayHaveMoved_beginsBehindItsPlace(
      long after, List<Long> ascending, List<Long> descending) {
    // given: 4 is an entry, all other starts were entries once
    LongStream.of(2, 4, 6, 8).forEach(range -> put(indexed(Index.DUE, "k" + range, range)));
    var start = new IndexEntry(key("k" + after), after);
    // when
    var up = store().query(new IndexQuery(Index.DUE, hash, 7, false, start, 10));
    var down = store().query(new IndexQuery(Index.DUE, hash, 7, true, start, 10));
    // then
    assertEquals(ascending, up.entries().stream().map(IndexEntry::range).toList());
    assertEquals(descending, down.entries().stream().map(IndexEntry::range).toList());
  }

  // ------------------------------------------------------------------ fixtures

  private Key key(String sk) {
    return new Key(pk, sk);
  }

  private Item item(String sk, String value) {
    return Item.at(key(sk)).with("a", value);
  }

  private Item indexed(Index index, String sk, long range) {
    return Item.at(key(sk)).with(index.hash(), hash).with(index.range(), range);
  }

  private static Attribute text(String value) {
    return new Attribute.Text(value);
  }

  private static Attribute whole(long value) {
    return new Attribute.Whole(value);
  }

  private static String digits(int i) {
    return String.format(Locale.ROOT, "%03d", i);
  }

  private static Write put(Item item, Condition condition) {
    return new Write.Put(item, condition);
  }

  private void put(Item item) {
    assertEquals(WriteOutcome.WRITTEN, store().write(put(item, Condition.ALWAYS)));
  }

  private void putAll(List<String> sortKeys) {
    assertEquals(List.of(), store().putAll(sortKeys.stream().map(sk -> item(sk, "x")).toList()));
  }

  private Optional<Item> stored(Key key) {
    return Optional.ofNullable(store().get(List.of(key)).get(key));
  }

  private List<Item> all(Query query) {
    var found = new ArrayList<Item>();
    var after = query.after();
    do {
      var page = store().query(query.startingAfter(after));
      found.addAll(page.items());
      after = page.next();
    } while (after != null);
    return found;
  }

  private static String sortKeys(List<Item> items) {
    return items.stream().map(item -> item.key().sk()).collect(Collectors.joining(" "));
  }

  private List<IndexEntry> entries(Index index, long upTo, boolean descending) {
    return store().query(new IndexQuery(index, hash, upTo, descending, null, 1000)).entries();
  }

  private static void assertRefused(String what, Executable call) {
    assertThrows(IllegalArgumentException.class, call, what);
  }

  private static <T> List<T> atOnce(List<Callable<T>> calls) throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
    }
  }
}
