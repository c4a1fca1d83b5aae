package crowd.local.check;

import crowd.simulation.explore.Exploration;
import crowd.simulation.explore.Outcome;
import java.util.List;

/**
 * All histories of small scenarios. Size: states of one scenario after which it is given up; below
 * a thousand, millions of them. {@code -Dscenario} takes those alone whose name begins so, and
 * {@code -Dpath} goes along one path and says what happens on it.
 */
final class Exhaust implements Check {

  private static final int THREADS = 2;
  private static final int MILLION = 1_000_000;

  @Override
  public String name() {
    return "exhaust";
  }

  @Override
  public String about() {
    return "all orders of the steps of small scenarios, with crashes: states that break a rule";
  }

  @Override
  public long ciSize() {
    return 2 * MILLION;
  }

  @Override
  public Figure run(long size) {
    long most = size < 1000 ? size * MILLION : size;
    var scenario = System.getProperty("scenario", "");
    var path = System.getProperty("path", "");
    if (!path.isEmpty()) {
      Exploration.tell(scenario, path).forEach(System.err::println);
    }
    var outcomes = Exploration.run(scenario, most, THREADS);
    outcomes.forEach(Exhaust::show);
    long states = outcomes.stream().mapToLong(Outcome::states).sum();
    long violating = outcomes.stream().filter(outcome -> outcome.found().isPresent()).count();
    return new Figure(
        violating + "/" + states, "violating-states", violating == 0 && !outcomes.isEmpty());
  }

  private static void show(Outcome outcome) {
    System.err.printf(
        "exhaust: %-46s %9d states %8d at rest %9d moves, %d deep, %d places, %.1f s%s%n",
        outcome.scenario(),
        outcome.states(),
        outcome.histories(),
        outcome.moves(),
        outcome.depth(),
        outcome.places(),
        outcome.nanos() / 1e9,
        outcome.isComplete() || outcome.found().isPresent() ? "" : "  INCOMPLETE");
    outcome
        .found()
        .ifPresent(found -> {
          System.err.println("exhaust: " + outcome.scenario() + ": " + found.violation());
          found.told().forEach(line -> System.err.println("  " + line));
          System.err.println(
              "exhaust: -Dscenario='" + outcome.scenario() + "' -Dpath=" + path(found.path()));
        });
  }

  private static String path(List<Long> path) {
    return String.join(",", path.stream().map(String::valueOf).toList());
  }
}
