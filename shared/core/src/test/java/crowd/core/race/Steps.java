package crowd.core.race;

import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.World;
import crowd.core.store.memory.FaultScript;
import crowd.core.store.memory.FaultScript.Crash;

/** Scenarios in which something happens at one call, made to happen at each call in turn. */
final class Steps {

  /** More calls than any of these scenarios makes; each loop ends at the last one that is made. */
  private static final int MANY = 1000;

  private Steps() {}

  /** A scenario in which something happens at one chosen step; says whether the step came. */
  interface AtStep {
    boolean run(int step);
  }

  static void atEvery(AtStep scenario) {
    int steps = 0;
    while (scenario.run(steps + 1)) {
      steps++;
      assertTrue(steps < MANY, "the scenario does not end");
    }
    assertTrue(steps > 0, "the scenario makes some calls");
  }

  /**
   * Does one thing, and another just before its n-th call of the store; the other comes behind it
   * if there is no such call.
   *
   * @return whether there is
   */
  static boolean during(World world, int step, Runnable one, Runnable other) {
    var came = new boolean[1];
    world.faults.before(
        step,
        FaultScript.any(),
        () -> {
          came[0] = true;
          other.run();
        });
    one.run();
    world.faults.clear();
    if (!came[0]) {
      other.run();
    }
    return came[0];
  }

  /** Runs what may crash, and says whether it did. */
  static boolean crashes(Runnable action) {
    try {
      action.run();
      return false;
    } catch (Crash _) {
      return true;
    }
  }
}
