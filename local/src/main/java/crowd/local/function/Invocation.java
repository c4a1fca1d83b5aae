package crowd.local.function;

/** How a call of a function ended. */
public sealed interface Invocation {

  /**
   * @param payload what the function wrote, as text; empty if it wrote nothing
   */
  record Answered(String payload) implements Invocation {}

  /** The function threw. */
  record Failed(Throwable cause) implements Invocation {}

  /** The function did not answer within its time. */
  record TimedOut() implements Invocation {}
}
