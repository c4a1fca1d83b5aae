package crowd.simulation.world;

/** What can go wrong, each kind by itself, so that a failing history can do without some. */
public enum FaultKind {
  /** A read that is not answered. */
  FAILED_READ,
  /** A write refused for want of capacity. */
  THROTTLED_WRITE,
  /** A write refused because a transaction is under way. */
  CONFLICT,
  /** A write that did not arrive. */
  LOST_REQUEST,
  /** A write that took effect, with no answer. */
  LOST_REPLY,
  /** A write given up by its caller that takes effect later. */
  LATE_WRITE,
  /** A transaction whose items appear one after another. */
  PIECEMEAL,
  /** An index that shows what was. */
  INDEX_LAG,
  /** An append refused, or not known to have arrived. */
  APPEND,
  /** An invocation that ends at some point. */
  CRASH,
  /** An invocation that stands still for a while. */
  FREEZE,
  /** A clock that is wrong. */
  CLOCK,
  /** An answer that does not reach its client. */
  LOST_ANSWER,
  /** A record that is delivered once more. */
  DUPLICATE,
  /** A record that is delivered once more days later. */
  LATE_DUPLICATE,
  /** A record that is no envelope. */
  POISON
}
