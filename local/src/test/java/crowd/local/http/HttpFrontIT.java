package crowd.local.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.json.JsonText;
import crowd.local.function.InProcessFunction;
import crowd.local.template.FunctionResource;
import crowd.local.template.Role;
import crowd.local.template.Route;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real sockets: what an HTTP client would not send as well. */
class HttpFrontIT {

  /** Time for a request to come in, in tests that wait until it is over. */
  private static final Duration SHORT = Duration.ofMillis(300);

  private static final FunctionResource FUNCTION =
      new FunctionResource(
          "F", "some.Handler", Duration.ofSeconds(20), 512, Map.of(), new Role("R", List.of()));

  private final Semaphore calls = new Semaphore(0);
  private HttpFront front = startEcho("/a", Duration.ofSeconds(30));

  private HttpFront startEcho(String path, Duration patience) {
    try {
      return start(0, path, patience);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private HttpFront start(int port, String path, Duration patience) throws IOException {
    return HttpFront.start(
        port,
        GatewayTest.template(List.of("*"), path),
        Map.of("F", new InProcessFunction(FUNCTION, (in, out, _) -> echo(in, out))),
        InstantSource.system(),
        (_, _) -> {},
        patience);
  }

  private void restart(String path, Duration patience) {
    front.close();
    front = startEcho(path, patience);
  }

  /** Answers with the event itself, after as many milliseconds as it asks for. */
  private void echo(InputStream in, OutputStream out) throws IOException {
    calls.release();
    var event = JsonReader.readOwnObject(new String(in.readAllBytes(), UTF_8));
    try {
      Thread.sleep(Long.parseLong(header(event, "x-wait").orElse("0")));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    var answer =
        Json.Obj.EMPTY
            .with("statusCode", Json.Num.of(200))
            .with("body", new Json.Text(JsonText.write(event)))
            .with("headers", Json.Obj.EMPTY.with("connection", new Json.Text("upgrade")));
    out.write(JsonText.write(answer).getBytes(UTF_8));
  }

  @AfterEach
  void stop() {
    front.close();
  }

  private String exchange(String lines) throws IOException {
    try (var socket = connect()) {
      send(socket, lines);
      return readAll(socket.getInputStream());
    }
  }

  private static void send(Socket socket, String lines) throws IOException {
    socket.getOutputStream().write(lines.replace("\n", "\r\n").getBytes(ISO_8859_1));
  }

  /** Sends what is begun, then a byte now and then, for two seconds unless it is let go before. */
  private String drip(String begun) throws IOException {
    var dripped = new AtomicBoolean();
    try (var socket = connect()) {
      send(socket, begun);
      Thread.startVirtualThread(() -> {
        try {
          for (int i = 0; i < 100; i++) {
            send(socket, "x");
            Thread.sleep(20);
          }
          dripped.set(true);
        } catch (IOException | InterruptedException e) {
          // Let go.
        }
      });
      var response = readAll(socket.getInputStream());
      assertFalse(dripped.get());
      return response;
    }
  }

  private Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), front.port());
    socket.setSoTimeout(30_000);
    return socket;
  }

  /** Until the server closes. */
  private static String readAll(InputStream in) throws IOException {
    var out = new ByteArrayOutputStream();
    try {
      in.transferTo(out);
    } catch (SocketException e) {
      // Closed while something was under way to it.
    }
    return out.toString(UTF_8);
  }

  /** One of several on a connection. */
  private static String readOne(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      assertTrue(c >= 0, head::toString);
      head.append((char) c);
    }
    int length = Integer.parseInt(headers(head.toString()).get("content-length"));
    return head + new String(in.readNBytes(length), UTF_8);
  }

  /** By lower-case name. */
  private static Map<String, String> headers(String response) {
    return response
        .lines()
        .skip(1)
        .takeWhile(line -> !line.isEmpty())
        .map(line -> line.split(": ", 2))
        .collect(
            Collectors.toMap(header -> header[0].toLowerCase(Locale.ROOT), header -> header[1]));
  }

  private static void assertProblem(String status, String code, String response) {
    assertEquals("HTTP/1.1 " + status, statusLine(response).substring(0, 12));
    assertEquals("application/problem+json", headers(response).get("content-type"));
    assertEquals("close", headers(response).get("connection"));
    var problem = echoed(response);
    assertEquals(Optional.of(code), problem.text("code"));
    assertEquals(Optional.of("urn:crowd:problem:" + code), problem.text("type"));
    assertEquals(Optional.of(Json.Num.of(Integer.parseInt(status))), problem.get("status"));
  }

  private static void assertTooLarge(String response) {
    assertEquals("HTTP/1.1 413", statusLine(response).substring(0, 12));
    assertEquals(Optional.of("Request Entity Too Large"), echoed(response).text("message"));
  }

  private void assertGoesOn() throws IOException {
    assertEquals(
        "HTTP/1.1 200 OK",
        statusLine(exchange("GET /a HTTP/1.1\nHost: localhost\nConnection: close\n\n")));
  }

  private static String statusLine(String response) {
    return response.lines().findFirst().orElse("(nothing)");
  }

  private static Json.Obj echoed(String response) {
    return JsonReader.readOwnObject(response.substring(response.indexOf("\r\n\r\n") + 4));
  }

  private static Optional<String> header(Json.Obj event, String name) {
    return event.object("headers").flatMap(headers -> headers.text(name));
  }

  private static String http(Json.Obj event, String name) {
    return event
        .object("requestContext")
        .flatMap(context -> context.object("http"))
        .flatMap(http -> http.text(name))
        .orElse("(missing)");
  }

  @Test
  void get_reachesTheFunctionAsAnEvent() throws IOException {
    // when
    var response =
        exchange(
            """
            GET /a?x=1&x=2 HTTP/1.1
            Host: localhost
            X-Twice: a
            X-Twice: b
            Connection: close

            """);
    // then
    assertEquals("HTTP/1.1 200 OK", statusLine(response));
    var event = echoed(response);
    assertEquals("GET", http(event, "method"));
    assertEquals("127.0.0.1", http(event, "sourceIp"));
    assertEquals("HTTP/1.1", http(event, "protocol"));
    assertEquals("a,b", header(event, "x-twice").orElse(""));
    assertEquals("x=1&x=2", event.text("rawQueryString").orElse(""));
  }

  @Test
  void post_chunkedBody_isOneText() throws IOException {
    // when
    var response =
        exchange(
            """
            POST /a HTTP/1.1
            Host: localhost
            Content-Type: application/json
            Transfer-Encoding: chunked
            Connection: close

            3
            {"a
            5
            ": 1}
            0

            """);
    // then
    assertEquals("{\"a\": 1}", echoed(response).text("body").orElse(""));
  }

  @Test
  void head_answersWithoutABody() throws IOException {
    // when
    var response = exchange("HEAD /a HTTP/1.1\nHost: localhost\nConnection: close\n\n");
    // then
    assertEquals("HTTP/1.1 200 OK", statusLine(response));
    assertTrue(response.toLowerCase(Locale.ROOT).contains("content-length: "), response);
    assertTrue(response.endsWith("\r\n\r\n"), response);
  }

  /** Never a hanging connection, never a 5xx, and the server goes on. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FOO /a HTTP/1.1              | 200
          DELETE /a HTTP/1.1           | 200
          TRACE /a HTTP/1.1            | 200
          GET /b HTTP/1.1              | 404
          GET //a HTTP/1.1             | 404
          GET /a/ HTTP/1.1             | 404
          GET /a;x HTTP/1.1            | 404
          OPTIONS * HTTP/1.1           | 404
          GET http://other/a HTTP/1.1  | 200
          GET /a#b HTTP/1.1            | 200
          GET /a^b HTTP/1.1            | 404
          """,
      quoteCharacter = '`')
  void oddRequestLine_isAnswered(String line, int status) throws IOException {
    // when
    var response = exchange(line + "\nHost: localhost\nConnection: close\n\n");
    // then
    assertEquals("HTTP/1.1 " + status, statusLine(response).substring(0, 12));
    assertGoesOn();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//a",
        "/a/",
        "/a/../a",
        "/./a",
        "/%2e/a",
        "/%61",
        "/a%2fb",
        "/a;x",
        "/a%5cb",
        "/%ff",
        "/%c3",
        "/%25",
        "/|\"<>",
        "/a?x=%zz"
      })
  void path_isTheGatewaysToRoute_asItWasSent(String target) throws IOException {
    // given
    restart(Route.DEFAULT, Duration.ofSeconds(30));
    // when
    var response =
        exchange("GET %s HTTP/1.1\nHost: localhost\nConnection: close\n\n".formatted(target));
    // then
    var event = echoed(response);
    assertEquals(target.split("\\?", 2)[0], event.text("rawPath").orElse(""));
    assertEquals(target.contains("?") ? "x=%zz" : "", event.text("rawQueryString").orElse(""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET                                                            | 400
          G(T /a HTTP/1.1                                                | 400
          GET a HTTP/1.1                                                 | 400
          GET * HTTP/1.1                                                 | 400
          GET /%zz HTTP/1.1                                              | 400
          GET /../a HTTP/1.1                                             | 400
          GET /a                                                         | 505
          GET /a HTTP/3.0                                                | 505
          GET /a HTTP/2.0                                                | 426
          GET /a HTTP/1.1~X-No-Colon                                     | 400
          GET /a HTTP/1.1~X-Space : x                                    | 400
          GET /a HTTP/1.1~X-Folded: x~ y                                 | 400
          GET /a HTTP/1.1~Host: another                                  | 400
          POST /a HTTP/1.1~Content-Length: x                             | 400
          POST /a HTTP/1.1~Content-Length: 1~Content-Length: 2           | 400
          POST /a HTTP/1.1~Content-Length: 1~Transfer-Encoding: chunked  | 400
          """,
      quoteCharacter = '`')
  void notHttp_isProblem(String head, String status) throws IOException {
    // when
    var response = exchange(head.replace('~', '\n') + "\nHost: localhost\n\n");
    // then
    assertProblem(status, "malformed_http", response);
    assertGoesOn();
  }

  @Test
  void chunk_malformed_isProblem() throws IOException {
    // when
    var response = exchange("POST /a HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n\nx\n");
    // then
    assertProblem("400", "malformed_http", response);
  }

  @ParameterizedTest
  @CsvSource({"GET /, 414", "GET /a HTTP/1.1~X-Long:, 431"})
  void head_tooLarge_isProblem(String head, String status) throws IOException {
    // when
    var response = exchange(head.replace('~', '\n') + "x".repeat(HttpFront.MAX_HEAD));
    // then
    assertProblem(status, "head_too_large", response);
  }

  /** Nothing of the server's own but the date, as from API Gateway. */
  @Test
  void reply_hasTheHeadersOfTheGateway() throws IOException {
    try (var socket = connect()) {
      // when
      send(socket, "GET /a HTTP/1.1\nHost: localhost\n\n");
      var reply = readOne(socket.getInputStream());
      // then
      assertEquals(
          Set.of("apigw-requestid", "content-length", "content-type", "date"),
          headers(reply).keySet());
    }
  }

  @Test
  void body_overTenMegabytes_is413() throws IOException {
    try (var socket = connect()) {
      // given
      send(
          socket,
          """
          POST /a HTTP/1.1
          Host: localhost
          Transfer-Encoding: chunked

          A7D8C0
          """);
      // when
      socket.getOutputStream().write(new byte[11_000_000]);
      send(socket, "\n0\n\n");
      // then
      assertTooLarge(readAll(socket.getInputStream()));
    }
  }

  @Test
  void body_sentThoughTooLarge_isReadUntilItsSenderListens() throws IOException {
    try (var socket = connect()) {
      // given
      send(socket, "POST /a HTTP/1.1\nHost: localhost\nContent-Length: 11000000\n\n");
      // when
      socket.getOutputStream().write(new byte[11_000_000]);
      // then
      assertTooLarge(readAll(socket.getInputStream()));
    }
  }

  /** Also to a client that waits for leave to send it. */
  @ParameterizedTest
  @ValueSource(strings = {"", "Expect: 100-continue\n"})
  void body_saidToBeTooLarge_isNotWaitedFor(String expect) throws IOException {
    // when
    var response =
        exchange(
            "POST /a HTTP/1.1\nHost: localhost\n%sContent-Length: 104857600\n\n".formatted(expect));
    // then
    assertTooLarge(response);
  }

  @Test
  void body_onLeave_isAskedFor() throws IOException {
    try (var socket = connect()) {
      // given
      send(
          socket,
          """
          POST /a HTTP/1.1
          Host: localhost
          Content-Type: text/plain
          Content-Length: 4
          Expect: 100-continue
          Connection: close

          """);
      // when
      var leave = new String(socket.getInputStream().readNBytes(25), UTF_8);
      send(socket, "body");
      var response = readAll(socket.getInputStream());
      // then
      assertEquals("HTTP/1.1 100 Continue\r\n\r\n", leave);
      assertEquals("body", echoed(response).text("body").orElse(""));
    }
  }

  @Test
  void body_thatStops_isLetGo() throws IOException {
    // given
    restart("/a", SHORT);
    // when
    var response = exchange("POST /a HTTP/1.1\nHost: localhost\nContent-Length: 10\n\nhalf");
    // then
    assertProblem("408", "request_timeout", response);
  }

  @Test
  void body_thatDrips_isLetGo() throws Exception {
    // given
    restart("/a", SHORT);
    // when
    var response = drip("POST /a HTTP/1.1\nHost: localhost\nContent-Length: 1000\n\n");
    // then
    assertProblem("408", "request_timeout", response);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET /a HTTP/1.1\nHost: localhost\nX-Slow: "})
  void head_thatDrips_isLetGo(String begun) throws Exception {
    // given
    restart("/a", SHORT);
    // when
    var response = drip(begun);
    // then
    assertEquals("", response);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET /a HTTP/1.1\nHost: loc"})
  void head_thatStops_isLetGo(String begun) throws IOException {
    // given
    restart("/a", SHORT);
    // then
    assertEquals("", exchange(begun));
  }

  /** The time is that of one request, not that of the connection. */
  @Test
  void connection_outlivesTheTimeOfEachRequest() throws Exception {
    // given
    restart("/a", Duration.ofMillis(900));
    try (var socket = connect()) {
      for (int i = 0; i < 3; i++) {
        // when
        send(socket, "POST /a HTTP/1.1\nHost: localhost\nContent-Length: 4\n\nbo");
        Thread.sleep(250);
        send(socket, "dy");
        // then
        assertEquals("HTTP/1.1 200 OK", statusLine(readOne(socket.getInputStream())));
        Thread.sleep(250);
      }
    }
  }

  @Test
  void function_mayTakeLongerThanARequest() throws IOException {
    // given
    restart("/a", SHORT);
    // when
    var response =
        exchange(
            """
            POST /a HTTP/1.1
            Host: localhost
            X-Wait: %d
            Content-Length: 4
            Connection: close

            body\
            """
                .formatted(3 * SHORT.toMillis()));
    // then
    assertEquals("HTTP/1.1 200 OK", statusLine(response));
  }

  @Test
  void close_letsTheRequestUnderWayEnd() throws Exception {
    try (var socket = connect();
        var idle = connect()) {
      // given
      send(socket, "GET /a HTTP/1.1\nHost: localhost\nX-Wait: 300\n\n");
      calls.acquire();
      // when
      front.close();
      // then
      assertEquals("HTTP/1.1 200 OK", statusLine(readAll(socket.getInputStream())));
      assertEquals("", readAll(idle.getInputStream()));
      assertThrows(ConnectException.class, this::connect);
    }
  }

  @Test
  void requests_sentAtOnce_areAnsweredInTurn() throws IOException {
    try (var socket = connect()) {
      // when
      send(
          socket,
          """
          GET /a?1 HTTP/1.1
          Host: localhost

          POST /a?2 HTTP/1.1
          Host: localhost
          Content-Length: 4

          bodyGET /a?3 HTTP/1.1
          Host: localhost
          Connection: close

          """);
      // then
      for (var query : List.of("1", "2", "3")) {
        var event = echoed(readOne(socket.getInputStream()));
        assertEquals(Optional.of(query), event.text("rawQueryString"));
      }
      assertEquals("", readAll(socket.getInputStream()));
    }
  }

  /** A key in the wrong case is another key, also behind the right one. */
  @Test
  void headers_thatDifferInCaseAlone_areTakenAsSent() throws IOException {
    // given
    var request = "GET /a HTTP/1.1\nHost: x\nAuthorization: Basic %s\n%s\n";

    // when
    var responses =
        exchange(request.formatted("c2s6", "") + request.formatted("C2S6", "Connection: close\n"));

    // then
    var second = responses.substring(responses.indexOf("HTTP/1.1", 1));
    assertEquals(Optional.of("Basic C2S6"), header(echoed(second), "authorization"));
  }

  @Test
  void start_portTaken_says() {
    assertThrows(BindException.class, () -> start(front.port(), "/a", SHORT));
  }
}
