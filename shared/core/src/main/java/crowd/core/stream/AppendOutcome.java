package crowd.core.stream;

/** How an append ended. */
public sealed interface AppendOutcome {

  /** The record is on the stream. */
  record Appended() implements AppendOutcome {}

  /**
   * The stream refused the last try for want of capacity. Worth another, later: the record is not
   * on it, unless an earlier try of the adapter's own got no answer and yet got there.
   */
  record Throttled() implements AppendOutcome {}

  /** No answer, or a broken one: the record may be on the stream, or not. */
  record Unknown() implements AppendOutcome {}

  AppendOutcome APPENDED = new Appended();
  AppendOutcome THROTTLED = new Throttled();
  AppendOutcome UNKNOWN = new Unknown();
}
