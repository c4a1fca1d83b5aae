package crowd.local.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import crowd.local.function.Invocation;
import crowd.local.function.LocalFunction;
import crowd.local.template.Template;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;

/** The HTTP API on a port of this machine, for callers on this machine only. */
public final class HttpFront implements AutoCloseable {

  /** Bytes of the largest body that the gateway takes. */
  static final int MAX_BODY = 10 * 1024 * 1024;

  /** What is read of a body that is too large, so that its sender comes to read the refusal. */
  private static final int MAX_DRAINED = 5 * MAX_BODY;

  /** Headers that belong to the connection, which the function knows nothing of. */
  private static final Set<String> HOP_BY_HOP =
      Set.of("connection", "content-length", "date", "keep-alive", "transfer-encoding", "upgrade");

  static {
    // Read once, when the server's classes load. Seconds: for a whole request to come in, and for
    // its reply to be taken, which includes the function's time.
    setUnlessSet("sun.net.httpserver.nodelay", "true");
    setUnlessSet("sun.net.httpserver.maxReqTime", "30");
    setUnlessSet("sun.net.httpserver.maxRspTime", "60");
    setUnlessSet("sun.net.httpserver.maxIdleConnections", "1000");
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final Gateway gateway;

  private HttpFront(HttpServer server, Gateway gateway) {
    this.server = server;
    this.gateway = gateway;
    this.threads = Executors.newVirtualThreadPerTaskExecutor();
  }

  /**
   * @param port 0 for any that is free
   * @param functions by logical name
   * @param defects told of each call that did not end with an answer, with the function's name
   * @throws java.net.BindException if the port is taken
   */
  public static HttpFront start(
      int port,
      Template template,
      Map<String, LocalFunction> functions,
      InstantSource clock,
      BiConsumer<String, Invocation> defects)
      throws IOException {
    var gateway = new Gateway(template, functions, clock, Gateway.randomRequestIds(), defects);
    var loopback = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
    var front = new HttpFront(HttpServer.create(new InetSocketAddress(loopback, port), 0), gateway);
    front.server.createContext("/", front::exchange);
    front.server.setExecutor(front.threads);
    front.server.start();
    return front;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Takes no more requests and lets those under way end, for a few seconds at most. */
  @Override
  public void close() {
    server.stop(5);
    threads.shutdownNow();
  }

  private void exchange(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = read(exchange);
      send(
          exchange,
          body.isPresent() ? gateway.answer(request(exchange, body.get())) : Gateway.tooLarge());
    }
  }

  /** Empty if there is more of it than the gateway takes. */
  private static Optional<Body> read(HttpExchange exchange) throws IOException {
    var in = exchange.getRequestBody();
    var bytes = in.readNBytes(MAX_BODY + 1);
    if (bytes.length > MAX_BODY) {
      drain(in);
      return Optional.empty();
    }
    var headers = exchange.getRequestHeaders();
    return Optional.of(
        Body.of(
            bytes,
            Optional.ofNullable(headers.getFirst("content-type")).orElse(""),
            Optional.ofNullable(headers.getFirst("content-encoding")).orElse("")));
  }

  private static void drain(InputStream in) throws IOException {
    var buffer = new byte[64 * 1024];
    for (int left = MAX_DRAINED; left > 0; ) {
      int n = in.read(buffer);
      if (n < 0) {
        return;
      }
      left -= n;
    }
  }

  private static Request request(HttpExchange exchange, Body body) {
    var uri = exchange.getRequestURI();
    return new Request(
        exchange.getRequestMethod(),
        Optional.ofNullable(uri.getRawPath()).orElse("/"),
        Optional.ofNullable(uri.getRawQuery()).orElse(""),
        exchange.getRequestHeaders(),
        body,
        exchange.getProtocol(),
        exchange.getRemoteAddress().getAddress().getHostAddress());
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    var headers = exchange.getResponseHeaders();
    for (var header : reply.headers()) {
      if (!HOP_BY_HOP.contains(header.name())) {
        headers.add(header.name(), header.value());
      }
    }
    var bytes = reply.body().bytes();
    if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set("content-length", "" + bytes.length);
      exchange.sendResponseHeaders(reply.status(), -1);
    } else if (bytes.length == 0 || reply.status() == 204 || reply.status() == 304) {
      exchange.sendResponseHeaders(reply.status(), -1);
    } else {
      exchange.sendResponseHeaders(reply.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static void setUnlessSet(String name, String value) {
    System.setProperty(name, System.getProperty(name, value));
  }
}
