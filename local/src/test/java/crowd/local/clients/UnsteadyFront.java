package crowd.local.clients;

import crowd.local.surface.Api.Answer;
import crowd.local.surface.Witness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the API, and does the first call that comes an ill. The others it passes on, before
 * a witness; what that finds wrong is said at the end.
 */
public final class UnsteadyFront implements AutoCloseable {

  /** What befalls the first call. */
  public enum Fault {
    NONE,
    /** Answered with 503, and not passed on. */
    BUSY,
    /** The connection is reset, and nothing is passed on. */
    RESET,
    /** Passed on and done; the connection is reset in place of the answer. */
    LOST_ANSWER
  }

  /** The client of the JDK sets these itself. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("host", "connection", "content-length", "transfer-encoding", "expect", "upgrade");

  private static final String BUSY =
      "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 2\r\n"
          + "Content-Type: application/json\r\nConnection: close\r\n\r\n{}";

  private final String upstream;
  private final Fault fault;
  private final Witness witness;
  private final AtomicReference<@Nullable AssertionError> wrong = new AtomicReference<>();
  private final ServerSocket socket;
  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicBoolean isFirst = new AtomicBoolean(true);
  private final AtomicInteger calls = new AtomicInteger();

  private UnsteadyFront(String upstream, Fault fault, Witness witness) throws IOException {
    this.upstream = upstream;
    this.fault = fault;
    this.witness = witness;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /**
   * @param upstream the address of the API
   */
  public static UnsteadyFront start(String upstream, Fault fault, Witness witness) {
    try {
      return new UnsteadyFront(upstream, fault, witness);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String address() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /** How many came and are done with, those that were not passed on among them. */
  public int calls() {
    return calls.get();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        var connection = socket.accept();
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException _) {
        // Closed: the loop ends.
      }
    }
  }

  /** One call, and the connection is closed. */
  private void serve(Socket connection) {
    try (connection) {
      var call = Call.read(connection.getInputStream());
      if (call == null) {
        return;
      }
      switch (isFirst.getAndSet(false) ? fault : Fault.NONE) {
        case NONE -> write(connection.getOutputStream(), passOn(call));
        case BUSY -> connection.getOutputStream().write(BUSY.getBytes(StandardCharsets.US_ASCII));
        case RESET -> connection.setSoLinger(true, 0);
        case LOST_ANSWER -> {
          passOn(call);
          connection.setSoLinger(true, 0);
        }
      }
      calls.incrementAndGet();
    } catch (IOException _) {
      // The client went away.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpResponse<byte[]> passOn(Call call) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(upstream + call.target()))
            .method(
                call.method(), HttpRequest.BodyPublishers.ofByteArray(call.body().toByteArray()));
    call.headers()
        .forEach((name, value) -> {
          if (!OF_THE_CONNECTION.contains(name)) {
            request.header(name, value);
          }
        });
    var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    try {
      witness.saw(
          call.method(),
          call.target(),
          call.headers(),
          call.body().toByteArray(),
          Answer.of(answer));
    } catch (AssertionError e) {
      wrong.compareAndSet(null, e);
    }
    return answer;
  }

  private static void write(OutputStream out, HttpResponse<byte[]> answer) throws IOException {
    var head = new StringBuilder("HTTP/1.1 " + answer.statusCode() + " -\r\n");
    answer
        .headers()
        .map()
        .forEach((name, values) -> {
          if (!OF_THE_CONNECTION.contains(name) && !name.startsWith(":")) {
            head.append(name).append(": ").append(values.getFirst()).append("\r\n");
          }
        });
    head.append("content-length: ").append(answer.body().length).append("\r\n");
    head.append("connection: close\r\n\r\n");
    out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    out.write(answer.body());
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    http.shutdownNow();
    var found = wrong.get();
    if (found != null) {
      throw found;
    }
  }

  /** As much of HTTP/1.1 as the clients speak. */
  private record Call(
      String method, String target, Map<String, String> headers, ByteArrayOutputStream body) {

    /** Null if the client has nothing to say. */
    static @Nullable Call read(InputStream in) throws IOException {
      var first = line(in);
      if (first.isEmpty()) {
        return null;
      }
      var words = first.split(" ", -1);
      var headers = new LinkedHashMap<String, String>();
      for (var next = line(in); !next.isEmpty(); next = line(in)) {
        int colon = next.indexOf(':');
        headers.put(
            next.substring(0, colon).toLowerCase(Locale.ROOT), next.substring(colon + 1).strip());
      }
      return new Call(words[0], words[1], headers, body(in, headers));
    }

    private static ByteArrayOutputStream body(InputStream in, Map<String, String> headers)
        throws IOException {
      var body = new ByteArrayOutputStream();
      if (!headers.getOrDefault("transfer-encoding", "").contains("chunked")) {
        body.write(in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0"))));
        return body;
      }
      for (int size = Integer.parseInt(line(in), 16);
          size > 0;
          size = Integer.parseInt(line(in), 16)) {
        body.write(in.readNBytes(size));
        line(in);
      }
      line(in);
      return body;
    }

    private static String line(InputStream in) throws IOException {
      var line = new StringBuilder();
      for (int next = in.read(); next != -1 && next != '\n'; next = in.read()) {
        if (next != '\r') {
          line.append((char) next);
        }
      }
      return line.toString();
    }
  }
}
