package crowd.local.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Lambda's side of its Runtime API, for one instance of one function. */
final class RuntimeApi implements AutoCloseable {

  private static final String ROOT = "/2018-06-01/runtime/";

  /** What the function says, in the order in which it does. */
  sealed interface Said {
    record Response(String payload) implements Said {}

    record Failed(String error) implements Said {}

    record NotStarted(String error) implements Said {}
  }

  private final HttpServer server;
  private final Duration timeout;
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Said> said = new LinkedBlockingQueue<>();
  private int calls;

  /**
   * @param timeout of a call, which the function is told
   */
  RuntimeApi(Duration timeout) throws IOException {
    this.timeout = timeout;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(ROOT, this::answer);
    server.start();
  }

  /** As {@code AWS_LAMBDA_RUNTIME_API} has it. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /**
   * Hands an event to the function and waits for what it says.
   *
   * @throws AssertionError if it says nothing
   */
  Said call(String event, Duration patience) throws InterruptedException {
    events.add(event);
    var answer = said.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (answer == null) {
      throw new AssertionError("the function said nothing for " + patience);
    }
    return answer;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath().substring(ROOT.length());
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (path.equals("invocation/next")) {
        next(exchange);
        return;
      }
      if (path.equals("init/error")) {
        said.add(new Said.NotStarted(body));
      } else if (path.endsWith("/response")) {
        said.add(new Said.Response(body));
      } else if (path.endsWith("/error")) {
        said.add(new Said.Failed(body));
      }
      exchange.sendResponseHeaders(202, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits as Lambda does: an instance without a call is frozen in the midst of this request. */
  private void next(HttpExchange exchange) throws IOException, InterruptedException {
    var event = events.take().getBytes(StandardCharsets.UTF_8);
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/json");
    headers.set("Lambda-Runtime-Aws-Request-Id", "call-" + ++calls);
    headers.set(
        "Lambda-Runtime-Deadline-Ms", String.valueOf(Instant.now().plus(timeout).toEpochMilli()));
    headers.set(
        "Lambda-Runtime-Invoked-Function-Arn",
        "arn:aws:lambda:eu-central-1:000000000000:function:crowd");
    exchange.sendResponseHeaders(200, event.length);
    exchange.getResponseBody().write(event);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
