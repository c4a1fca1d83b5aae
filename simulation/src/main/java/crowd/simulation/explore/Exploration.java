package crowd.simulation.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** Goes through all scenarios. */
public final class Exploration {

  private Exploration() {}

  /**
   * @param prefix only scenarios whose names begin so
   * @param most states of one scenario, after which it is given up
   * @param threads among which the scenarios are shared out
   */
  public static List<Outcome> run(String prefix, long most, int threads) {
    var searches = new ArrayList<Callable<Outcome>>();
    for (var scenario : named(prefix)) {
      searches.add(() -> new Search(scenario, UnaryOperator.identity(), most).run());
    }
    try (var workers = Executors.newFixedThreadPool(threads)) {
      var outcomes = new ArrayList<Outcome>();
      for (var outcome : workers.invokeAll(searches)) {
        outcomes.add(outcome.get());
      }
      return List.copyOf(outcomes);
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Goes along a path, and says what happens on it.
   *
   * @param scenario its whole name
   * @param path numbers of the moves, with commas between them
   */
  public static List<String> tell(String scenario, String path) {
    var codes = Arrays.stream(path.split(",", -1)).map(Long::valueOf).toList();
    return new Search(named(scenario).getFirst(), UnaryOperator.identity(), 0).tell(codes);
  }

  private static List<Scenario> named(String prefix) {
    return Scenarios.all().stream().filter(scenario -> scenario.name().startsWith(prefix)).toList();
  }
}
