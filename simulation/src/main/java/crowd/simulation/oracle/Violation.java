package crowd.simulation.oracle;

/**
 * A promise that was broken.
 *
 * @param what for people
 */
public record Violation(Kind kind, String what) {

  public enum Kind {
    /** An acknowledged event is not where it belongs. */
    LOST,
    /** An event is there twice. */
    DOUBLED,
    /** Something is with a person whose it is not. */
    MISATTRIBUTED,
    /** Something is with a person from whom it was taken. */
    RESURRECTED,
    OTHER
  }

  @Override
  public String toString() {
    return kind + ": " + what;
  }
}
