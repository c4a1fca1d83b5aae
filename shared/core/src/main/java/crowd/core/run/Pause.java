package crowd.core.run;

/** Waits before a try is repeated: longer each time, and not for all callers alike. */
public interface Pause {

  /** For callers that cannot be in each other's way. */
  Pause NONE = failures -> {};

  /**
   * @param failures tries that have failed so far, 1 or more
   */
  void after(int failures);
}
