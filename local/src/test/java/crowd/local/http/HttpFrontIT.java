package crowd.local.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.json.JsonText;
import crowd.local.function.LocalFunction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over real sockets: what an HTTP client would not send as well. */
class HttpFrontIT {

  private final HttpFront front = startEcho();

  /** Answers with the event itself. */
  private static HttpFront startEcho() {
    try {
      return start(0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static HttpFront start(int port) throws IOException {
    var template = GatewayTest.template(List.of("*"));
    var resource = template.function("F").orElseThrow();
    return HttpFront.start(
        port,
        template,
        Map.of(
            "F",
            new LocalFunction(
                resource,
                (in, out, _) -> {
                  var event = JsonReader.readOwn(new String(in.readAllBytes(), UTF_8));
                  var answer =
                      Json.Obj.EMPTY
                          .with("statusCode", Json.Num.of(200))
                          .with("body", new Json.Text(JsonText.write(event)))
                          .with(
                              "headers",
                              Json.Obj.EMPTY.with("connection", new Json.Text("upgrade")));
                  out.write(JsonText.write(answer).getBytes(UTF_8));
                })),
        InstantSource.system(),
        (_, _) -> {});
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

  private Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), front.port());
    socket.setSoTimeout(30_000);
    return socket;
  }

  /** Until the server closes: every request here asks it to. */
  private static String readAll(InputStream in) throws IOException {
    var out = new ByteArrayOutputStream();
    in.transferTo(out);
    return out.toString(UTF_8);
  }

  private static String statusLine(String response) {
    return response.lines().findFirst().orElse("(nothing)");
  }

  private static Json.Obj echoed(String response) {
    return JsonReader.readOwnObject(response.substring(response.indexOf("\r\n\r\n") + 4));
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
    assertEquals(
        "a,b", event.object("headers").flatMap(headers -> headers.text("x-twice")).orElse(""));
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
          GET /a/ HTTP/1.1             | 404
          GET //a HTTP/1.1             | 404
          GET /a/../a HTTP/1.1         | 404
          GET /%61 HTTP/1.1            | 404
          OPTIONS * HTTP/1.1           | 404
          GET http://other/a HTTP/1.1  | 200
          GET /a#b HTTP/1.1            | 200
          GET /a^b HTTP/1.1            | 400
          GET a HTTP/1.1               | 404
          GET                          | 400
          """,
      quoteCharacter = '`')
  void oddRequestLine_isAnswered(String line, int status) throws IOException {
    // when
    var response = exchange(line + "\nHost: localhost\nConnection: close\n\n");
    // then
    assertEquals("HTTP/1.1 " + status, statusLine(response).substring(0, 12));
    assertEquals(
        "HTTP/1.1 200 OK",
        statusLine(exchange("GET /a HTTP/1.1\nHost: localhost\nConnection: close\n\n")));
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
          Content-Length: 11000000
          Connection: close

          """);
      // when
      socket.getOutputStream().write(new byte[11_000_000]);
      // then
      assertEquals(
          "HTTP/1.1 413 Request Entity Too Large", statusLine(readAll(socket.getInputStream())));
    }
  }

  @Test
  void slowClient_isLetGo() throws IOException {
    try (var socket = connect()) {
      // given: a request whose body never comes
      send(
          socket,
          """
          POST /a HTTP/1.1
          Host: localhost
          Content-Length: 10

          half\
          """);
      // when
      String response;
      try {
        response = readAll(socket.getInputStream());
      } catch (SocketException reset) {
        response = "";
      }
      // then
      assertEquals("", response);
    }
  }

  @Test
  void connection_isKeptAlive() throws IOException {
    try (var socket = connect()) {
      // when
      send(
          socket,
          """
          GET /a HTTP/1.1
          Host: localhost

          GET /a HTTP/1.1
          Host: localhost
          Connection: close

          """);
      var responses = readAll(socket.getInputStream());
      // then
      assertEquals(2, responses.split("HTTP/1.1 200 OK", -1).length - 1);
    }
  }

  @Test
  void start_portTaken_says() {
    assertThrows(BindException.class, () -> start(front.port()));
  }
}
