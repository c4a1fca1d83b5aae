package crowd.simulation.mutant;

/** What became of a mutant. */
public sealed interface Verdict {

  /**
   * The oracle has found a violation.
   *
   * @param histories after how many
   * @param what {@code seed: kind: what}
   */
  record Killed(long histories, String what) implements Verdict {}

  /** Nothing was found. */
  record Survived(long histories) implements Verdict {}

  /** There is no such mutant: a patch does not fit the source, or its result does not compile. */
  record Unfit(String why) implements Verdict {}
}
