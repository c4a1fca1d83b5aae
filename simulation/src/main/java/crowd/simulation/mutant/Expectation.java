package crowd.simulation.mutant;

import java.util.List;

/** What planted bugs have to come to. */
public sealed interface Expectation {

  /**
   * One mutant to be tried.
   *
   * @param withFaults whether anything goes wrong beside it, or things only meet
   * @param isFound whether the simulation has to find it
   */
  record Case(Mutant mutant, boolean withFaults, boolean isFound) {

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
      return List.of(new Case(mutant, true, true));
    }
  }

  /**
   * Two layers. The final one makes up for the lack of the early one, whatever goes wrong. The
   * early one makes up for the lack of the final one only where nothing goes wrong; and there it
   * takes the lack of both to be found.
   */
  record Redundant(Mutant early, Mutant last) implements Expectation {
    @Override
    public List<Case> cases() {
      return List.of(
          new Case(early, true, false),
          new Case(last, false, false),
          new Case(early.and(last), false, true));
    }
  }
}
