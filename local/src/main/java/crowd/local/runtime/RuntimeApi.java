package crowd.local.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Lambda's side of its Runtime API, for one process of one function: hands it an event at a time,
 * and keeps what it says in the order in which it does.
 */
final class RuntimeApi implements AutoCloseable {

  private static final String ROOT = "/2018-06-01/runtime/";
  private static final String NEXT = "invocation/next";

  /** What a process says of itself. */
  sealed interface Said {

    /** It asks for an event. */
    record Ready() implements Said {}

    record Response(String payload) implements Said {}

    /**
     * @param error JSON
     */
    record Failed(String error) implements Said {}

    /**
     * @param error JSON
     */
    record NotStarted(String error) implements Said {}

    /** By being gone. */
    record Ended(int exit) implements Said {}
  }

  private final HttpServer server;
  private final ExecutorService exchanges = Executors.newVirtualThreadPerTaskExecutor();
  private final String functionArn;
  private final Duration timeout;
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Said> said = new LinkedBlockingQueue<>();
  private volatile String current = "";

  /**
   * @param timeout of a call, which the function is told
   */
  RuntimeApi(String functionArn, Duration timeout) throws IOException {
    this.functionArn = functionArn;
    this.timeout = timeout;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(exchanges);
    server.createContext(ROOT, this::answer);
    server.start();
  }

  /** As {@code AWS_LAMBDA_RUNTIME_API} has it. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Gives an event to the process, which has asked for it. */
  void hand(String event) {
    events.add(event);
  }

  /** That the process is gone. */
  void ended(int exit) {
    said.add(new Said.Ended(exit));
  }

  /** Waits for what the process says next; empty if it says nothing. */
  Optional<Said> hear(Duration atMost) throws InterruptedException {
    return Optional.ofNullable(said.poll(atMost.toMillis(), TimeUnit.MILLISECONDS));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath().substring(ROOT.length());
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (path.equals(NEXT)) {
        next(exchange);
      } else if (path.equals("init/error")) {
        take(exchange, new Said.NotStarted(body));
      } else if (path.equals("invocation/" + current + "/response")) {
        take(exchange, new Said.Response(body));
      } else if (path.equals("invocation/" + current + "/error")) {
        take(exchange, new Said.Failed(body));
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(HttpExchange exchange, Said what) throws IOException {
    current = "";
    said.add(what);
    exchange.sendResponseHeaders(202, -1);
  }

  /** Waits as Lambda does: a process without a call is frozen in the midst of this request. */
  private void next(HttpExchange exchange) throws IOException, InterruptedException {
    said.add(new Said.Ready());
    var event = events.take().getBytes(StandardCharsets.UTF_8);
    current = UUID.randomUUID().toString();
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/json");
    headers.set("Lambda-Runtime-Aws-Request-Id", current);
    headers.set(
        "Lambda-Runtime-Deadline-Ms", String.valueOf(Instant.now().plus(timeout).toEpochMilli()));
    headers.set("Lambda-Runtime-Invoked-Function-Arn", functionArn);
    exchange.sendResponseHeaders(200, event.length);
    exchange.getResponseBody().write(event);
  }

  @Override
  public void close() {
    server.stop(0);
    exchanges.shutdownNow();
  }
}
