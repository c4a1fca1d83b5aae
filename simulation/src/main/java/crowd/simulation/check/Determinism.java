package crowd.simulation.check;

import crowd.simulation.Simulation;
import java.util.Optional;

/** The same seed makes the same history, step by step. */
public final class Determinism {

  private Determinism() {}

  /** Runs all seeds, then all again: what one history leaves behind must not change the next. */
  public static Tally run(long seeds) {
    int count = Math.toIntExact(seeds);
    var first = Simulation.traces(0, count);
    var second = Simulation.traces(0, count);
    return Tally.of(
        seeds,
        seed -> {
          int place = (int) seed;
          return first[place] == second[place] ? Optional.empty() : Optional.of("another trace");
        });
  }
}
