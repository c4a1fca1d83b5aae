package crowd.simulation.explore;

import org.jspecify.annotations.Nullable;

/**
 * Where a process stands: what it has learnt, and the step that it asks for next.
 *
 * @param before number of the place before; -1 at the beginning
 * @param reply by which it came here from the place before; null at the beginning
 * @param time since when it runs on
 * @param isTimed whether it has looked at the clock since
 * @param order by which places are put in order: made of what was learnt, not of numbers
 * @param number of the call
 */
record Place(
    Program program,
    int before,
    @Nullable Reply reply,
    long time,
    boolean isTimed,
    long order,
    int number,
    Call call) {

  boolean isAtBeginning() {
    return before < 0;
  }

  /** Whether the next step is a read. */
  boolean reads() {
    return call instanceof Call.Get || call instanceof Call.Read || call instanceof Call.ReadIndex;
  }
}
