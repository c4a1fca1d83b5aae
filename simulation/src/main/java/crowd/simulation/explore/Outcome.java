package crowd.simulation.explore;

import crowd.simulation.oracle.Violation;
import java.util.List;
import java.util.Optional;

/**
 * What came of a search.
 *
 * @param states different ones
 * @param moves made, to states that were new and to others
 * @param histories states at rest, each judged
 * @param places runs of a process's code
 * @param tables different contents of the table
 * @param depth most moves from the beginning
 * @param nanos time that it took
 * @param isComplete whether all states were seen
 */
public record Outcome(
    String scenario,
    long states,
    long moves,
    long histories,
    long places,
    long tables,
    int depth,
    long nanos,
    boolean isComplete,
    Optional<Found> found) {

  /**
   * A violation.
   *
   * @param path the moves to it
   * @param told the same for people, a line for each
   */
  public record Found(Violation violation, List<Long> path, List<String> told) {
    public Found {
      path = List.copyOf(path);
      told = List.copyOf(told);
    }
  }
}
