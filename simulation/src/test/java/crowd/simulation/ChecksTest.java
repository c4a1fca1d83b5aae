package crowd.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.simulation.check.Costs;
import crowd.simulation.check.Erasures;
import crowd.simulation.check.Permutations;
import crowd.simulation.check.Reconciliation;
import crowd.simulation.check.Tally;
import crowd.simulation.check.Tenants;
import crowd.simulation.check.Unmerges;
import crowd.simulation.check.WrongMerges;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChecksTest {

  @Test
  void permutations_makeTheSameTable() {
    assertEquals(new Tally(0, 20, List.of()), Permutations.run(20));
  }

  @Test
  void reconciler_finishesWhatIsLeft() {
    assertEquals(new Tally(0, 200, List.of()), Reconciliation.run(200));
  }

  @Test
  void tenants_doNotTouchEachOther() {
    assertEquals(new Tally(0, 1000, List.of()), Tenants.run(1000));
  }

  @Test
  void strangers_areNotMerged() {
    assertEquals(new Tally(0, 600, List.of()), WrongMerges.run(600));
  }

  @Test
  void whatIsTakenBack_isAsIfItHadNeverBeen() {
    assertEquals(new Tally(0, 100, List.of()), Unmerges.run(100));
  }

  @Test
  void whoIsErased_leavesNoByte() {
    assertEquals(new Tally(0, 30, List.of()), Erasures.run(30));
  }

  @Test
  void operations_costWhatTheDocumentsSay() {
    assertEquals(new Tally(0, 11, List.of()), Costs.run(1));
  }
}
