package crowd.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.StoreUnavailableException;
import crowd.core.store.Write;
import crowd.core.store.memory.FaultScript;
import crowd.core.store.memory.Faults.Fate;
import crowd.core.store.memory.Faults.Operation;
import crowd.core.store.memory.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttemptsTest {

  private final List<Integer> pauses = new ArrayList<>();
  private final Attempts attempts = new Attempts(pauses::add);

  @Test
  void until_endsWithTheFirstResult() {
    var tries = new ArrayList<Integer>();
    var result =
        attempts.until(() -> {
          tries.add(tries.size());
          return tries.size() == 3 ? Optional.of("done") : Optional.empty();
        });
    assertEquals("done", result);
    assertEquals(List.of(1, 2), pauses);
  }

  @Test
  void until_givesUpAfterSix() {
    assertThrows(StoreUnavailableException.class, () -> attempts.until(Optional::empty));
    assertEquals(List.of(1, 2, 3, 4, 5), pauses);
  }

  @Test
  void settle_repeatsOnlyWhatIsNotSettled() {
    // given
    var faults = new FaultScript();
    var store = new InMemoryStore(faults);
    var first = put("a", Condition.ALWAYS);
    var refused = put("b", new Condition.RevisionIs(7));
    var throttled = put("c", Condition.ALWAYS);
    faults.fate(3, FaultScript.each(Operation.WRITE), Fate.THROTTLED);
    // when
    attempts.settle(store, List.of(first, refused, throttled));
    // then
    assertEquals(
        List.of("a", "b", "c", "c"),
        faults.steps().stream().map(step -> step.keys().iterator().next().sk()).toList());
    assertEquals(List.of("a", "c"), store.dump().stream().map(item -> item.key().sk()).toList());
  }

  private static Write put(String sk, Condition condition) {
    return new Write.Put(Item.at(new Key("p", sk)), condition);
  }
}
