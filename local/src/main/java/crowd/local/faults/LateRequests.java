package crowd.local.faults;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;

/** Requests that take effect when nobody waits for their answers any more. */
final class LateRequests {

  private final Queue<Thread> underWay = new ConcurrentLinkedQueue<>();

  /** Sends the request in so many milliseconds. */
  void send(ExecutableHttpRequest request, int millis) {
    underWay.add(
        Thread.ofVirtual()
            .start(() -> {
              try {
                Thread.sleep(millis);
                readAll(request.call());
              } catch (IOException | InterruptedException _) {
                // Nobody waits for it.
              }
            }));
  }

  static void readAll(HttpExecuteResponse response) throws IOException {
    try (var body = response.responseBody().orElseThrow()) {
      var _ = body.readAllBytes();
    }
  }

  /** Returns when all have taken effect. */
  void await() throws InterruptedException {
    for (var next = underWay.poll(); next != null; next = underWay.poll()) {
      next.join();
    }
  }
}
