package crowd.simulation.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.store.Store;
import crowd.simulation.explore.Scenario.Appearance;
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
    // when
    var found = found(Scenarios.trackIdentify(Limits.NONE.noReconciler()), Planted::staleAlias);
    // then
    assertEquals(Kind.LOST, found.violation().kind());
  }

  @Test
  void run_withOneSweepOnly_findsTheCopyThatIsLeft() {
    // when
    var found = found(Scenarios.trackUnlink(Limits.NONE.crash()), Planted::oneSweep);
    // then
    assertEquals(Kind.RESURRECTED, found.violation().kind());
    assertTrue(found.told().stream().anyMatch(line -> line.contains("CRASHES")));
  }

  @Test
  void run_withAMergeThatLooksAtOneRootOnly_findsIt() {
    // when, then
    found(Scenarios.threeMerges(Limits.NONE), Planted::oneRoot);
  }

  @Test
  void run_withCopiesThatArePutWhateverIsThere_findsTheCopyThatIsLost() {
    // given: a copy of before the unlink may land after the id has been linked again
    var limits = Limits.NONE.noReconciler().duplicate().failure().appearing(Appearance.AT_ONCE);
    // when
    var found = found(Scenarios.relink(limits), Planted::unconditionalCopy);
    // then
    assertEquals(Kind.LOST, found.violation().kind());
  }

  @Test
  void tell_ofAPath_isWhatWasFoundOnIt() {
    // given
    var scenario = Scenarios.trackIdentify(Limits.NONE.noReconciler());
    var found = found(scenario, Planted::staleAlias);
    // when
    var told = new Search(scenario, Planted::staleAlias, 0).tell(found.path());
    // then
    assertEquals(found.told(), told);
  }

  private static Outcome.Found found(Scenario scenario, UnaryOperator<Store> planted) {
    return new Search(scenario, planted, ENOUGH).run().found().orElseThrow();
  }
}
