package crowd.simulation.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * What a check came to.
 *
 * @param wrong cases that are not as they should be
 * @param cases all
 * @param failures the first few wrong ones, by seed
 */
public record Tally(long wrong, long cases, List<String> failures) {

  private static final int SHOWN = 5;

  public Tally {
    failures = List.copyOf(failures);
  }

  /**
   * @param judge says what is wrong with the case of a seed; empty if nothing is
   */
  static Tally of(long cases, LongFunction<Optional<String>> judge) {
    long wrong = 0;
    var failures = new ArrayList<String>();
    for (long seed = 0; seed < cases; seed++) {
      var found = judge.apply(seed);
      if (found.isPresent()) {
        wrong++;
        if (failures.size() < SHOWN) {
          failures.add("seed " + seed + ": " + found.get());
        }
      }
    }
    return new Tally(wrong, cases, failures);
  }
}
