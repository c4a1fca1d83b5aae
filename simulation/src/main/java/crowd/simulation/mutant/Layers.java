package crowd.simulation.mutant;

import crowd.simulation.mutant.Expectation.Redundant;
import java.util.List;

/**
 * Where two lines do the same: one soon, one for good. Without the early one copies that are
 * nobody's lie in a timeline for twenty minutes, where no reader shows them.
 */
final class Layers {

  static final List<Redundant> ALL =
      List.of(
          new Redundant(CopyMutants.SETTLE_TAKES_NOTHING_BACK, CopyMutants.NO_LATE_SWEEP),
          new Redundant(CopyMutants.SETTLE_TAKES_NOTHING_BACK, CopyMutants.NO_LAST_LOOK),
          new Redundant(CopyMutants.CONVERGE_TAKES_NOTHING_BACK, CopyMutants.NO_LATE_SWEEP));

  private Layers() {}
}
