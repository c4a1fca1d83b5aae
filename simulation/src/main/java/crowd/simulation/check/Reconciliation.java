package crowd.simulation.check;

import crowd.simulation.schedule.Trace;
import crowd.simulation.world.Branches;
import crowd.simulation.world.History;
import crowd.simulation.world.Plan;
import java.util.Optional;

/**
 * Everything dies at some moment, and the stream with it: what the requests decided is finished by
 * the reconciler alone.
 */
public final class Reconciliation {

  /** Passes within which nothing waits any more. */
  public static final int PASSES = 2;

  private Reconciliation() {}

  public static Tally run(long schedules) {
    return Tally.of(schedules, Reconciliation::judge);
  }

  private static Optional<String> judge(long seed) {
    long waiting =
        new History(Plan.of(seed), new Trace(false), new Branches()).dieThenReconcile(PASSES);
    return waiting == 0
        ? Optional.empty()
        : Optional.of(waiting + " aliases wait after " + PASSES + " passes");
  }
}
