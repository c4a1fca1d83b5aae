package crowd.aws;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Blocking calls side by side, each on a virtual thread. None outlives the caller's call. */
final class Parallel {

  /** Half of the connections: two callers do not starve each other. */
  private static final int MAX = Clients.MAX_CONNECTIONS / 2;

  private Parallel() {}

  /**
   * The results in the order of the inputs. If calls throw, the first of them is thrown, after all
   * have ended.
   */
  static <T, R> List<R> map(List<? extends T> inputs, Function<? super T, R> call) {
    if (inputs.size() == 1) {
      return List.of(call.apply(inputs.getFirst()));
    }
    var places = new Semaphore(MAX);
    List<Future<R>> results;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      results =
          inputs.stream()
              .map(input ->
                  threads.submit(() -> {
                    places.acquireUninterruptibly();
                    try {
                      return call.apply(input);
                    } finally {
                      places.release();
                    }
                  }))
              .toList();
    }
    return results.stream().map(Parallel::result).toList();
  }

  private static <R> R result(Future<R> ended) {
    if (ended.state() == Future.State.SUCCESS) {
      return ended.resultNow();
    }
    throw switch (ended.exceptionNow()) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      case Throwable e -> new IllegalStateException(e);
    };
  }
}
