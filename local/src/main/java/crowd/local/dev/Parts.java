package crowd.local.dev;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** What was started, to be ended in the opposite order. */
final class Parts {

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T part) {
    parts.addFirst(part);
    return part;
  }

  /**
   * Ends all, also when some of them fail to end.
   *
   * @param failures told of each
   */
  void end(Consumer<Exception> failures) {
    while (!parts.isEmpty()) {
      try {
        parts.removeFirst().close();
      } catch (Exception e) {
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        failures.accept(e);
      }
    }
  }
}
