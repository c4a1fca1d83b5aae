package crowd.simulation.explore;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client has sent so far, and what he was told.
 *
 * @param sent one for each attempt; none while it has not begun
 */
record Talk(Ask ask, List<Sent> sent) {

  Talk {
    sent = List.copyOf(sent);
  }

  /**
   * One attempt.
   *
   * @param receivedAt milliseconds
   * @param answer null if there was none
   */
  record Sent(long receivedAt, @Nullable Answer answer) {}

  Talk sent(long receivedAt) {
    var all = new ArrayList<>(sent);
    all.add(new Sent(receivedAt, null));
    return new Talk(ask, all);
  }

  /** The last attempt is answered. */
  Talk answered(Answer answer) {
    var all = new ArrayList<>(sent);
    all.add(new Sent(all.removeLast().receivedAt(), answer));
    return new Talk(ask, all);
  }

  /** Whether the client wants nothing more. */
  boolean isDone() {
    if (sent.isEmpty()) {
      return false;
    }
    var last = sent.getLast().answer();
    return last != null && last.isComplete();
  }

  /** The only answer of a client who had to ask once; empty else. */
  String onlyWord() {
    var last = sent.getLast().answer();
    return sent.size() == 1 && last != null ? last.words().getFirst() : "";
  }
}
