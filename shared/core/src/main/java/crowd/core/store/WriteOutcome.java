package crowd.core.store;

/**
 * How a write ended. Five different things, because a caller that takes one for another loses data:
 * a throttled write is not one that was refused because the item exists.
 */
public sealed interface WriteOutcome {

  /** It took effect. */
  record Written() implements WriteOutcome {}

  /** Its condition did not hold; nothing changed. */
  record ConditionFailed() implements WriteOutcome {}

  /** A transaction on the same item was under way; nothing changed. Worth another try. */
  record Conflict() implements WriteOutcome {}

  /** The store refused for want of capacity; nothing changed. Worth another try, later. */
  record Throttled() implements WriteOutcome {}

  /**
   * No answer, or a broken one: it may have taken effect, may not, or may yet. Only a read tells,
   * and only for now.
   */
  record Unknown() implements WriteOutcome {}

  WriteOutcome WRITTEN = new Written();
  WriteOutcome CONDITION_FAILED = new ConditionFailed();
  WriteOutcome CONFLICT = new Conflict();
  WriteOutcome THROTTLED = new Throttled();
  WriteOutcome UNKNOWN = new Unknown();
}
