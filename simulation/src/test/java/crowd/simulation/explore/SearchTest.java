package crowd.simulation.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.simulation.explore.Scenario.Limits;
import crowd.simulation.oracle.Violation.Kind;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SearchTest {

  private static final long ENOUGH = 500_000;

  @Test
  void run_withTheProduct_seesAllStatesAndFindsNothing() {
    // given
    var scenario = Scenarios.trackIdentify(Limits.NONE.noReconciler());
    // when
    var outcome = new Search(scenario, UnaryOperator.identity(), ENOUGH).run();
    // then
    assertEquals(Optional.empty(), outcome.found());
    assertTrue(outcome.isComplete());
  }

  @Test
  void run_withAnAliasReadThatIsOlderThanThePut_findsTheLostEvent() {
    // given
    var scenario = Scenarios.trackIdentify(Limits.NONE.noReconciler());
    // when
    var found = new Search(scenario, Planted::staleAlias, ENOUGH).run().found().orElseThrow();
    // then
    assertEquals(Kind.LOST, found.violation().kind());
    assertEquals(found.path().size(), found.told().size());
  }
}
