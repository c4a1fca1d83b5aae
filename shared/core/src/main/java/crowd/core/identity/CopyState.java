package crowd.core.identity;

/**
 * How far the copies in the owner's timeline are. Only {@code DONE} lets a reader trust them; else
 * it reads the anonymous id's own events.
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
  /** The copies are what the rules say. */
  DONE,
  /** Too many events to copy: never copied, always read from the anonymous id. */
  LAZY;

  /** Whether somebody has to work on the copies. */
  public boolean waits() {
    return this == PENDING || this == TRIMMING;
  }
}
