package crowd.local.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import crowd.core.json.Json;
import crowd.core.json.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Before a service of AWS: passes calls on to it, or does worse. */
final class Gate implements AutoCloseable {

  enum Mood {
    OPEN,

    /** Takes calls and answers none. */
    SILENT,

    /** Refuses one call at a time in a body that does not end; those beside it pass. */
    ENDLESS,

    /** Refuses calls in words that quote them. */
    QUOTING
  }

  /** What belongs to the call itself; the rest is of the connection. */
  private static final List<String> PASSED_ON =
      List.of("authorization", "content-type", "x-amz-target", "x-amz-date");

  private static final long MORE_THAN_ANY_HEAP = 1L << 40;

  private final URI service;
  private final HttpServer server;
  private final ExecutorService exchanges = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Semaphore endless = new Semaphore(1);
  private final List<String> quoted = new CopyOnWriteArrayList<>();
  private volatile Mood mood = Mood.OPEN;

  Gate(URI service) throws IOException {
    this.service = service;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(exchanges);
    server.createContext("/", this::answer);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** For the calls that come from now on. */
  void set(Mood next) {
    mood = next;
  }

  /** All calls that were refused in their own words. */
  List<String> quoted() {
    return List.copyOf(quoted);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      switch (mood) {
        case OPEN -> passOn(exchange, body);
        case SILENT -> new CountDownLatch(1).await();
        case ENDLESS -> {
          if (endless.tryAcquire()) {
            endless(exchange);
          } else {
            passOn(exchange, body);
          }
        }
        case QUOTING -> quote(exchange, body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void passOn(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(service).POST(HttpRequest.BodyPublishers.ofByteArray(body));
    for (var name : PASSED_ON) {
      Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
          .ifPresent(value -> request.header(name, value));
    }
    var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    answer
        .headers()
        .firstValue("content-type")
        .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
    exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
    exchange.getResponseBody().write(answer.body());
  }

  private void endless(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(400, MORE_THAN_ANY_HEAP);
    var much = new byte[1024 * 1024];
    Arrays.fill(much, (byte) ' ');
    try (OutputStream out = exchange.getResponseBody()) {
      // Until the caller is gone.
      while (!Thread.currentThread().isInterrupted()) {
        out.write(much);
      }
    } finally {
      endless.release();
    }
  }

  private void quote(HttpExchange exchange, byte[] body) throws IOException {
    var text = new String(body, StandardCharsets.ISO_8859_1);
    quoted.add(text);
    var refusal =
        JsonText.write(
                new Json.Obj(
                    Map.of(
                        "__type", new Json.Text("com.amazon.coral.validate#ValidationException"),
                        "message",
                            new Json.Text("One or more parameter values were invalid: " + text))))
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(400, refusal.length);
    exchange.getResponseBody().write(refusal);
  }

  @Override
  public void close() {
    server.stop(0);
    exchanges.shutdownNow();
    client.close();
  }
}
