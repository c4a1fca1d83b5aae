package crowd.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.core.store.memory.FaultScript;
import crowd.core.store.memory.Faults.Fate;
import crowd.core.store.memory.Faults.Operation;
import crowd.core.store.memory.InMemoryStore;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules, each by a worked example. */
class MeteredStoreTest {

  private static final Key KEY = new Key("p", "s");

  private final FaultScript faults = new FaultScript();
  private final MeteredStore store = new MeteredStore(new InMemoryStore(faults));

  // ------------------------------------------------------------------ sizes

  @ParameterizedTest
  @CsvSource({
    "0, 1", // no significant digit
    "5, 2",
    "-5, 2",
    "27, 2",
    "100, 2", // trailing zeros do not count
    "127, 3",
    "1234, 3",
    "12345, 4",
    "1700000000000, 2",
    "1700000000001, 8",
    "9223372036854775807, 11"
  })
  void size_ofANumber_countsPairsOfSignificantDigits(long number, int bytes) {
    assertEquals(bytes, Limits.size(new Attribute.Whole(number)));
  }

  @Test
  void size_ofAnItem_countsNamesAndValues() {
    // given: pk 2 + 1, sk 2 + 1, n\u00e4me 5 + 3 for the euro sign, rev 3 + 2
    var item = Item.at(KEY).with("n\u00e4me", "\u20ac").with("rev", 7L);
    // when, then
    assertEquals(6 + 8 + 5, Limits.size(item));
  }

  // ------------------------------------------------------------------ writes

  @ParameterizedTest
  @CsvSource({"20, 1", "1024, 1", "1025, 2", "2048, 2", "2049, 3", "409600, 400"})
  void put_costsOneForEachKilobyteBegun(int bytes, long writes) {
    assertEquals(Units.ofWrites(writes, 0), store.unitsOf(() -> store.write(put(sized(bytes)))));
  }

  @ParameterizedTest
  @CsvSource({"3000, 100, 3", "100, 3000, 3", "3000, 3000, 3"})
  void put_overAnItem_costsTheLargerOfBoth(int before, int after, long writes) {
    // given
    store.write(put(sized(before)));
    // when, then
    assertEquals(Units.ofWrites(writes, 0), store.unitsOf(() -> store.write(put(sized(after)))));
  }

  @Test
  void delete_costsWhatItDeletes_andOneForNothing() {
    // given
    store.write(put(sized(2500)));
    var delete = new Write.Delete(KEY, Condition.ALWAYS);
    // when, then
    assertEquals(Units.ofWrites(3, 0), store.unitsOf(() -> store.write(delete)));
    assertEquals(Units.ofWrites(1, 0), store.unitsOf(() -> store.write(delete)));
  }

  @Test
  void write_whoseConditionFails_costsTheLargerOfBoth() {
    // given
    store.write(put(sized(2500)));
    // when, then
    assertEquals(
        Units.ofWrites(3, 0),
        store.unitsOf(() -> store.write(new Write.Put(indexed(1), Condition.ABSENT))));
    assertEquals(
        Units.ofWrites(1, 0),
        store.unitsOf(() ->
            store.write(new Write.Delete(new Key("p", "none"), new Condition.RevisionIs(1)))));
  }

  @Test
  void transact_costsTwiceForTheTableAndOnceForTheIndex() {
    // given: 1 KB, 3 KB and an item of 1 KB that enters an index
    var writes =
        List.of(
            put(Item.at(new Key("p", "1"))), put(sized(2500)), put(indexed(new Key("p", "2"), 1)));
    // when, then
    assertEquals(Units.ofWrites(2 + 6 + 2, 1), store.unitsOf(() -> store.transact(writes)));
  }

  @Test
  void transact_whoseConditionFails_costsTwiceForEach() {
    // given
    var writes =
        List.of(
            put(indexed(new Key("p", "1"), 1)),
            new Write.Put(Item.at(KEY), new Condition.RevisionIs(1)));
    // when, then
    assertEquals(Units.ofWrites(2 + 2, 0), store.unitsOf(() -> store.transact(writes)));
  }

  @Test
  void putAll_costsEachItemOnItsOwn() {
    // given
    var items = IntStream.range(0, 30).mapToObj(i -> Item.at(new Key("p", "k" + i))).toList();
    // when, then
    assertEquals(Units.ofWrites(30, 0), store.unitsOf(() -> store.putAll(items)));
  }

  @ParameterizedTest
  @CsvSource({
    "THROTTLED, 0, 0",
    "CONFLICT, 0, 0",
    "REPLY_LOST, 1, 1",
    "PIECEMEAL, 1, 1",
  })
  void write_withAFault_costsWhatMayHaveBeenWritten(Fate fate, long writes, long indexWrites) {
    // given
    faults.fate(1, FaultScript.each(Operation.WRITE), fate);
    // when, then
    assertEquals(
        Units.ofWrites(writes, indexWrites), store.unitsOf(() -> store.write(put(indexed(1)))));
  }

  // ------------------------------------------------------------------ indexes

  static Stream<Arguments> indexChanges() {
    var out = Item.at(KEY);
    return Stream.of(
        Arguments.of("enters", out, indexed(1), 1),
        Arguments.of("leaves", indexed(1), out, 1),
        Arguments.of("moves", indexed(1), indexed(2), 2),
        Arguments.of("other bucket", indexed(1), indexed(1).with(Attributes.DUE_IN, "P#1"), 2),
        Arguments.of("stays", indexed(1), indexed(1).with("other", "changed"), 0),
        Arguments.of("stays out", out, out.with(Attributes.DUE, 1L), 0),
        Arguments.of(
            "enters one and leaves the other",
            indexed(1),
            out.with(Attributes.SEEN_IN, "demo").with(Attributes.LAST_SEEN, 1L),
            2));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("indexChanges")
  void index_costsOneForEachEntryWrittenOrRemoved(
      String what, Item before, Item after, long indexWrites) {
    // given
    store.write(put(before));
    // when, then
    assertEquals(
        Units.ofWrites(1, indexWrites), store.unitsOf(() -> store.write(put(after))), what);
  }

  @Test
  void index_withALongKey_costsByItsSize() {
    // given: an entry of more than 1 KB
    var item = indexed(new Key("p".repeat(1100), "s"), 1);
    // when, then
    assertEquals(Units.ofWrites(2, 2), store.unitsOf(() -> store.write(put(item))));
  }

  // ------------------------------------------------------------------ reads

  @ParameterizedTest
  @CsvSource({"20, 1", "4096, 1", "4097, 2", "8192, 2", "409600, 100"})
  void get_costsOneForEachFourKilobytesBegun(int bytes, double reads) {
    // given
    store.write(put(sized(bytes)));
    // when, then
    assertEquals(Units.ofReads(reads), store.unitsOf(() -> store.get(List.of(KEY))));
  }

  @Test
  void get_costsEachItemOnItsOwn_andOneForEachThatIsMissing() {
    // given
    store.write(put(sized(5000)));
    var keys = List.of(KEY, new Key("p", "none"), new Key("p", "nor this"));
    // when, then
    assertEquals(Units.ofReads(2 + 1 + 1), store.unitsOf(() -> store.get(keys)));
  }

  @Test
  void query_costsTheSumOfItsPage() {
    // given: ten of 500 bytes
    store.putAll(IntStream.range(0, 10).mapToObj(i -> sized(new Key("p", "k" + i), 500)).toList());
    // when, then
    assertEquals(Units.ofReads(2), store.unitsOf(() -> store.query(Query.prefix("p", "k", 1000))));
    assertEquals(Units.ofReads(1), store.unitsOf(() -> store.query(Query.prefix("p", "k", 8))));
    assertEquals(Units.ofReads(1), store.unitsOf(() -> store.query(Query.prefix("p", "none", 8))));
  }

  @Test
  void indexQuery_costsHalfOfTheSumOfItsEntries() {
    // given: 100 entries of about 50 bytes, more than 4 KB together
    store.putAll(
        IntStream.range(0, 100)
            .mapToObj(i -> indexed(new Key("p".repeat(30), "k" + i), i))
            .toList());
    // when, then
    assertEquals(Units.ofIndexReads(1), store.unitsOf(() -> store.query(due(1000))));
    assertEquals(Units.ofIndexReads(0.5), store.unitsOf(() -> store.query(due(10))));
  }

  @Test
  void units_addUp() {
    // given
    var before = store.units();
    // when
    store.write(put(indexed(1)));
    store.get(List.of(KEY));
    store.query(due(1));
    // then
    assertEquals(Units.NONE, before);
    assertEquals(new Units(1, 0.5, 1, 1), store.units());
    assertEquals(2, store.units().allWrites());
    assertEquals(1.5, store.units().allReads());
  }

  private static IndexQuery due(int limit) {
    return new IndexQuery(Index.DUE, "P#0", Long.MAX_VALUE, false, null, limit);
  }

  private static Item indexed(long due) {
    return indexed(KEY, due);
  }

  private static Item indexed(Key key, long due) {
    return Item.at(key).with(Attributes.DUE_IN, "P#0").with(Attributes.DUE, due);
  }

  private static Item sized(int bytes) {
    return sized(KEY, bytes);
  }

  private static Item sized(Key key, int bytes) {
    int rest = bytes - Limits.size(Item.at(key).with("a", ""));
    return Item.at(key).with("a", "x".repeat(rest));
  }

  private static Write put(Item item) {
    return new Write.Put(item, Condition.ALWAYS);
  }
}
