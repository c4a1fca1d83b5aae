package crowd.core.erase;

/** How an erasure ended. */
public enum EraseOutcome {
  /** No reader sees the person any more; the data goes within minutes. */
  ERASED,
  /** There is no such user. */
  NOT_FOUND,
  /** The table could not be reached. The same may be asked again. */
  UNAVAILABLE
}
