package crowd.simulation.mutant;

import crowd.simulation.mutant.Expectation.Redundant;
import java.util.List;

/** Where two lines do the same: one soon, one for good. */
final class Layers {

  private static final String SOON =
      "Without it copies that are nobody's lie in a timeline for twenty minutes, unseen.";

  static final List<Redundant> ALL =
      List.of(
          new Redundant(CopyMutants.SETTLE_TAKES_NOTHING_BACK, CopyMutants.NO_LATE_SWEEP, SOON),
          new Redundant(CopyMutants.SETTLE_TAKES_NOTHING_BACK, CopyMutants.NO_LAST_LOOK, SOON),
          new Redundant(CopyMutants.CONVERGE_TAKES_NOTHING_BACK, CopyMutants.NO_LATE_SWEEP, SOON));

  private Layers() {}
}
