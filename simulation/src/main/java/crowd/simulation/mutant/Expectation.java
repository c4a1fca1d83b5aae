package crowd.simulation.mutant;

import java.util.List;

/** What planted bugs have to come to. */
public sealed interface Expectation {

  /**
   * One mutant to be tried.
   *
   * @param isFound whether the simulation has to find it
   */
  record Case(Mutant mutant, boolean isFound) {

    /** Whether this is what had to become of it. */
    public boolean isMetBy(Verdict verdict) {
      return switch (verdict) {
        case Verdict.Killed _ -> isFound;
        case Verdict.Survived _ -> !isFound;
        case Verdict.Unfit _ -> false;
      };
    }
  }

  /** What it takes to show it. */
  List<Case> cases();

  /** The simulation finds it. */
  record Found(Mutant mutant) implements Expectation {
    @Override
    public List<Case> cases() {
      return List.of(new Case(mutant, true));
    }
  }

  /**
   * Each of two layers does alone: without one of them nothing is found, without both there is.
   *
   * @param why there are two
   */
  record Redundant(Mutant one, Mutant other, String why) implements Expectation {
    @Override
    public List<Case> cases() {
      return List.of(new Case(one, false), new Case(other, false), new Case(one.and(other), true));
    }
  }
}
