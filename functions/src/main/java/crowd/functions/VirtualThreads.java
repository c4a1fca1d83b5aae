package crowd.functions;

import crowd.core.run.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** A virtual thread for each task, and only so many at work that none waits for a connection. */
final class VirtualThreads implements Tasks {

  /** Tasks of one call at work at once: the store's client has 50 connections. */
  static final int AT_ONCE = 16;

  @Override
  public <T> List<T> all(List<? extends Supplier<? extends T>> tasks) {
    if (tasks.size() < 2) {
      return Tasks.IN_TURN.all(tasks);
    }
    var permits = new Semaphore(AT_ONCE);
    var futures = new ArrayList<Future<T>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var task : tasks) {
        futures.add(threads.submit(() -> permitted(permits, task)));
      }
    }
    return results(futures);
  }

  private static <T> T permitted(Semaphore permits, Supplier<? extends T> task)
      throws InterruptedException {
    permits.acquire();
    try {
      return task.get();
    } finally {
      permits.release();
    }
  }

  /** All have ended. What the first of those that failed threw is thrown here. */
  private static <T> List<T> results(List<Future<T>> ended) {
    for (var task : ended) {
      if (task.state() == Future.State.FAILED) {
        throw unchecked(task.exceptionNow());
      }
    }
    return ended.stream().map(Future::resultNow).toList();
  }

  private static RuntimeException unchecked(Throwable thrown) {
    return switch (thrown) {
      case RuntimeException exception -> exception;
      case Error error -> throw error;
      default -> new IllegalStateException(thrown);
    };
  }
}
