package crowd.core.identity;

/**
 * How far the copies in the owner's timeline are. Until {@link #areAllMade} a reader reads the
 * anonymous id's own events.
 */
public enum CopyState {
  /** There is no owner, so there are no copies. */
  NONE,
  /** Linked or linked anew: copies are being made. */
  PENDING,
  /**
   * All copies had been made, then a seal came before some of them: those are being taken back.
   * Spares a logout from copying all again.
   */
  TRIMMING,
  /**
   * All copies have been made, and those behind a seal taken back. One that was written by the
   * rules of before may still be on its way: a last look comes later than any write can land.
   */
  TRIMMED,
  /** The copies are what the rules say. */
  DONE,
  /** Too many events to copy: never copied, always read from the anonymous id. */
  LAZY;

  /** Whether somebody has to work on the copies. */
  public boolean waits() {
    return this == PENDING || this == TRIMMING || this == TRIMMED;
  }

  /** Whether every event that belongs to the owner has its copy. */
  public boolean areAllMade() {
    return this == DONE || this == TRIMMED;
  }
}
