package crowd.local.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Kinesis, as far as it says yes. What the stream keeps is shown elsewhere. */
final class AcceptingStream implements AutoCloseable {

  private final HttpServer server;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  AcceptingStream() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The operations that were asked for, in order. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      asked.add(exchange.getRequestHeaders().getFirst("X-Amz-Target").replaceFirst(".*\\.", ""));
      var body = receipt();
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-cbor-1.1");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** {@code {"SequenceNumber": "1", "ShardId": "0"}} in CBOR, which the SDK speaks with Kinesis. */
  private static byte[] receipt() {
    var bytes = new ByteArrayOutputStream();
    bytes.write(0xA2);
    for (var text : List.of("SequenceNumber", "1", "ShardId", "0")) {
      bytes.write(0x60 + text.length());
      bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
