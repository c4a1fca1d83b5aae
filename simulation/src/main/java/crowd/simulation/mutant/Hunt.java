package crowd.simulation.mutant;

import crowd.simulation.mutant.Expectation.Case;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * Tries mutants in the simulation.
 *
 * @param root of the checkout whose sources are mutated: what runs has to be made of the same
 * @param firstSeed of each mutant's histories
 * @param count how many histories a mutant may survive that has to be found
 */
public record Hunt(Path root, long firstSeed, long count) {

  /** Of the histories that a mutant may survive, the part that one has to that is not found. */
  private static final int UNFOUND_PART = 10;

  /** A mutant, and what became of it. */
  public record Tried(Case of, Verdict verdict) {

    public boolean isAsExpected() {
      return of.isMetBy(verdict);
    }
  }

  /**
   * Tries each mutant on one thread.
   *
   * @param threads how many at once
   * @return in the order of the cases
   */
  public List<Tried> run(List<Case> cases, int threads) {
    var compiler = new Compiler();
    var trials = new ArrayList<Callable<Tried>>();
    for (var one : cases) {
      trials.add(trial(one, compiler));
    }
    try (var workers = Executors.newFixedThreadPool(threads)) {
      var tried = new ArrayList<Tried>();
      for (var one : workers.invokeAll(trials)) {
        tried.add(one.get());
      }
      return tried;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private Callable<Tried> trial(Case one, Compiler compiler) {
    Map<String, byte[]> classes;
    try {
      classes = compiler.compile(new Sources(root).of(one.mutant()));
    } catch (UnfitException e) {
      var unfit = new Verdict.Unfit(String.valueOf(e.getMessage()));
      return () -> new Tried(one, unfit);
    }
    long histories = one.isFound() ? count : count / UNFOUND_PART;
    return () ->
        new Tried(one, new Trial(classes, one.withFaults(), firstSeed, histories).verdict());
  }
}
