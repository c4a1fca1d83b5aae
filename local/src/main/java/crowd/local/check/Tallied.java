package crowd.local.check;

import crowd.simulation.check.Tally;
import java.util.function.LongFunction;

/**
 * A check that counts wrong cases, none of which may be.
 *
 * @param unit the word behind the figure
 * @param cases runs so many
 */
record Tallied(String name, String about, String unit, long ciSize, LongFunction<Tally> cases)
    implements Check {

  @Override
  public Figure run(long size) {
    var tally = cases.apply(size);
    tally.failures().forEach(failure -> System.err.println(name + ": " + failure));
    return new Figure(tally.wrong() + "/" + tally.cases(), unit, tally.wrong() == 0);
  }
}
