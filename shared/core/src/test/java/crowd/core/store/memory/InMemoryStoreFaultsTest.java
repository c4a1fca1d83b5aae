package crowd.core.store.memory;

import static crowd.core.store.memory.FaultScript.any;
import static crowd.core.store.memory.FaultScript.each;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import crowd.core.store.Attributes;
import crowd.core.store.Condition;
import crowd.core.store.Index;
import crowd.core.store.IndexEntry;
import crowd.core.store.IndexPage;
import crowd.core.store.IndexQuery;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.Query;
import crowd.core.store.StoreUnavailableException;
import crowd.core.store.Write;
import crowd.core.store.WriteOutcome;
import crowd.core.store.memory.Faults.Fate;
import crowd.core.store.memory.Faults.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InMemoryStoreFaultsTest {

  private static final Item FIRST = Item.at(new Key("p", "1")).with("a", "x");
  private static final Item SECOND = Item.at(new Key("p", "2")).with("a", "y");

  private final FaultScript script = new FaultScript();
  private final InMemoryStore store = new InMemoryStore(script);

  @ParameterizedTest
  @CsvSource({
    "NORMAL, Written, true",
    "THROTTLED, Throttled, false",
    "CONFLICT, Conflict, false",
    "REQUEST_LOST, Unknown, false",
    "REPLY_LOST, Unknown, true",
    "LATE, Unknown, false",
    "PIECEMEAL, Written, true"
  })
  void writeAndTransact_ofEachFate_answerAndApply(Fate fate, String outcome, boolean applied) {
    // given
    script.fate(1, each(Operation.WRITE), fate).fate(1, each(Operation.TRANSACT), fate);
    // when
    var outcomes = List.of(store.write(put(FIRST)), store.transact(List.of(put(SECOND))));
    // then
    assertEquals(
        List.of(outcome, outcome),
        outcomes.stream().map(each -> each.getClass().getSimpleName()).toList());
    assertEquals(applied ? List.of(FIRST, SECOND) : List.of(), store.dump());
  }

  @ParameterizedTest
  @EnumSource(value = Fate.class, names = "NORMAL", mode = EnumSource.Mode.EXCLUDE)
  void reads_ofAnyOtherFateThanNormal_areUnavailable(Fate fate) {
    // given
    script
        .fate(1, each(Operation.GET), fate)
        .fate(1, each(Operation.QUERY), fate)
        .fate(1, each(Operation.INDEX_QUERY), fate);
    // when, then
    assertThrows(StoreUnavailableException.class, () -> store.get(List.of(FIRST.key())));
    assertThrows(StoreUnavailableException.class, () -> store.query(Query.prefix("p", "1", 1)));
    assertThrows(StoreUnavailableException.class, () -> store.query(dueUpTo(9)));
    assertEquals(Map.of(), store.get(List.of(FIRST.key())));
  }

  @Test
  void putAll_withFates_answersWhatIsNotKnownToBeWritten() {
    // given
    var items = new ArrayList<Item>();
    for (int i = 1; i <= 5; i++) {
      items.add(Item.at(new Key("p", "" + i)));
    }
    script
        .fate(2, each(Operation.PUT_ALL), Fate.REPLY_LOST)
        .fate(4, each(Operation.PUT_ALL), Fate.THROTTLED);
    // when
    var leftovers = store.putAll(items);
    // then
    assertEquals(List.of(items.get(1), items.get(3)), leftovers);
    assertEquals(List.of(items.get(0), items.get(1), items.get(2), items.get(4)), store.dump());
  }

  @Test
  void landLate_checksTheConditionThen() {
    // given
    script.fate(1, each(Operation.WRITE), Fate.LATE).fate(1, each(Operation.TRANSACT), Fate.LATE);
    store.write(new Write.Put(FIRST, Condition.ABSENT));
    store.transact(List.of(put(SECOND)));
    store.write(put(FIRST.with("a", "newer")));
    // when
    var outcomes = store.landLate();
    // then
    assertEquals(List.of(WriteOutcome.CONDITION_FAILED, WriteOutcome.WRITTEN), outcomes);
    assertEquals(List.of(FIRST.with("a", "newer"), SECOND), store.dump());
    assertEquals(List.of(), store.landLate());
  }

  @Test
  void hooks_runAroundTheChosenStep_andMayCallTheStore() {
    // given
    var seen = new ArrayList<Object>();
    script
        .before(2, each(Operation.WRITE), () -> seen.add(store.get(List.of(SECOND.key()))))
        .after(2, each(Operation.WRITE), () -> seen.add(store.get(List.of(SECOND.key()))));
    // when
    store.write(List.of(put(FIRST), put(SECOND)));
    // then
    assertEquals(List.of(Map.of(), Map.of(SECOND.key(), SECOND)), seen);
  }

  @Test
  void crash_leavesTheStepsBeforeIt() {
    // given
    script.crashBefore(2, any());
    // when
    assertThrows(FaultScript.Crash.class, () -> store.write(List.of(put(FIRST), put(SECOND))));
    // then
    assertEquals(List.of(FIRST), store.dump());
  }

  @Test
  void piecemealTransaction_isSeenInPartsAndConflictsWithWrites() {
    // given
    var seen = new ArrayList<Object>();
    script.between(
        1,
        each(Operation.TRANSACT),
        () -> {
          seen.add(store.get(List.of(FIRST.key(), SECOND.key())));
          seen.add(store.write(put(SECOND.with("a", "other"))));
          seen.add(store.putAll(List.of(FIRST)));
        });
    // when
    var outcome = store.transact(List.of(put(FIRST), put(SECOND)));
    // then
    assertEquals(WriteOutcome.WRITTEN, outcome);
    assertEquals(List.of(Map.of(FIRST.key(), FIRST), WriteOutcome.CONFLICT, List.of(FIRST)), seen);
    assertEquals(List.of(FIRST, SECOND), store.dump());
    assertEquals(WriteOutcome.WRITTEN, store.write(put(FIRST)));
  }

  @Test
  void piecemealTransaction_whoseCallerCrashes_isCompleted() {
    // given
    script.between(
        1,
        any(),
        () -> {
          throw new IllegalStateException("gone");
        });
    // when
    assertThrows(
        IllegalStateException.class, () -> store.transact(List.of(put(FIRST), put(SECOND))));
    // then
    assertEquals(List.of(FIRST, SECOND), store.dump());
    assertEquals(WriteOutcome.WRITTEN, store.write(put(FIRST)));
  }

  @Test
  void laggingIndex_showsTheOldStateUntilItCatchesUp() {
    // given
    var waiting = FIRST.with(Attributes.DUE_IN, "P#0").with(Attributes.DUE, 5L);
    var later = waiting.with(Attributes.DUE, 7L);
    store.write(put(waiting));
    script.lag(FIRST.key());
    // when
    store.write(put(later));
    // then
    assertEquals(List.of(new IndexEntry(FIRST.key(), 5)), store.query(dueUpTo(9)).entries());
    store.catchUpIndexes();
    assertEquals(List.of(new IndexEntry(FIRST.key(), 7)), store.query(dueUpTo(9)).entries());
    store.write(new Write.Delete(FIRST.key(), Condition.ALWAYS));
    assertEquals(List.of(new IndexEntry(FIRST.key(), 7)), store.query(dueUpTo(9)).entries());
    store.catchUpIndexes();
    assertEquals(new IndexPage(List.of(), null), store.query(dueUpTo(9)));
  }

  @Test
  void steps_listsEachKeyOnItsOwn() {
    // when
    store.get(List.of(FIRST.key()));
    store.transact(List.of(put(FIRST), put(SECOND)));
    // then
    assertEquals(
        List.of(
            new Faults.Step(Operation.GET, Set.of(FIRST.key())),
            new Faults.Step(Operation.TRANSACT, Set.of(FIRST.key(), SECOND.key()))),
        script.steps());
  }

  private static IndexQuery dueUpTo(long due) {
    return new IndexQuery(Index.DUE, "P#0", due, false, null, 10);
  }

  private static Write put(Item item) {
    return new Write.Put(item, Condition.ALWAYS);
  }
}
