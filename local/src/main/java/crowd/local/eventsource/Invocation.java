package crowd.local.eventsource;

/** How one invocation of the function ended. */
sealed interface Invocation {

  String requestId();

  /**
   * @param response what it wrote
   */
  record Returned(String requestId, String response) implements Invocation {}

  /**
   * It threw, or took too long.
   *
   * @param reason for people
   */
  record Failed(String requestId, String reason) implements Invocation {}
}
