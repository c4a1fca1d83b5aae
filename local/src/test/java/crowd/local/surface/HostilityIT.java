package crowd.local.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.local.dev.Demo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client of HTTP would not send, byte by byte, to the functions behind the front. */
@ExtendWith(Running.class)
class HostilityIT {

  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");
  private static final String KEY = "X-Crowd-Key: " + Demo.SERVER_KEY;
  private static final String BODY =
      "{\"website\":\"demo\",\"user_id\":\"hostile\",\"event\":\"e\"}";

  private final Api api;

  HostilityIT(Api api) {
    this.api = api;
  }

  /** Lines are parted by {@code |}. */
  private String raw(String lines) throws IOException {
    int port = URI.create(api.address()).getPort();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(lines.replace("|", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String request(String method, String target, String headers, String body)
      throws IOException {
    return raw(
        method
            + " "
            + target
            + " HTTP/1.1|Host: localhost|Connection: close|"
            + (headers.isEmpty() ? "" : headers + "|")
            + (body.isEmpty() ? "" : "Content-Length: " + body.length() + "|")
            + "|"
            + body);
  }

  private static int status(String response) {
    var status = STATUS.matcher(response);
    assertTrue(status.lookingAt(), response);
    return Integer.parseInt(status.group(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "X-Crowd-Key: sk_demo_local|X-Crowd-Key: sk_demo_local ~ 401",
        "X-Crowd-Key: sk_demo_local|X-Crowd-Key: rk_demo_local ~ 401",
        "X-Crowd-Key: sk_demo_local|x-crowd-key: ~ 401",
        "X-Crowd-Key: sk_demo_local,sk_demo_local ~ 401",
        "X-Crowd-Key: sk_demo_local, ~ 401",
        "X-Crowd-Key: \"sk_demo_local\" ~ 401",
        "X-Crowd-Key: sk_demo_ local ~ 401",
        "X-Crowd-Key: SK_DEMO_LOCAL ~ 401",
        "X-Crowd-Key:\tsk_demo_local\t ~ 200",
        "X-Crowd-Key: |\tsk_demo_local ~ 400",
        "X-Crowd-Key : sk_demo_local ~ 400",
        "X_Crowd_Key: sk_demo_local ~ 401",
        "X-Crowd-Key: sk_demo_local\u00a0 ~ 401",
        "X-Crowd-Key: sk_demo_loc\u0000al ~ 400",
        "Authorization: Bearer sk_demo_local ~ 401",
        "Authorization: Basic c2tfZGVtb19sb2NhbDo= ~ 401",
        "Cookie: x-crowd-key=sk_demo_local ~ 401",
        "Connection: X-Crowd-Key|X-Crowd-Key: sk_demo_local ~ 200",
        "Origin: http://localhost:1|Origin: http://localhost:2 ~ 401",
        "Origin: http://localhost:1, http://localhost:2 ~ 401",
        "Origin: http://localhost.evil.example ~ 401",
        "Origin: http://127.0.0.1.evil.example ~ 401",
        "Origin: http://evil.example#http://localhost ~ 401",
        "Origin: http://user@localhost ~ 401",
        "Origin: null ~ 401",
        "Origin: http://localhost:3000 ~ 200",
        "Origin: http://localhost:3000|X-Crowd-Key: sk_demo_local ~ 403",
        "X-Crowd-Key: sk_demo_local|Content-Encoding: gzip, gzip ~ 415",
        "X-Crowd-Key: sk_demo_local|Content-Encoding: br ~ 415",
        "X-Crowd-Key: sk_demo_local|Content-Encoding: identity ~ 200",
        "X-Crowd-Key: sk_demo_local|Content-Type: application/json; charset=utf-16 ~ 200",
        "X-Crowd-Key: sk_demo_local|Content-Type: multipart/form-data ~ 200",
        "X-Crowd-Key: sk_demo_local|Transfer-Encoding: chunked ~ 400",
        "X-Crowd-Key: sk_demo_local|Content-Length: 3 ~ 400",
        "X-Crowd-Key: sk_demo_local|Expect: nothing ~ 417",
        "X-Crowd-Key: sk_demo_local|X-HTTP-Method-Override: DELETE ~ 200",
        "X-Crowd-Key: sk_demo_local|X-Original-URL: /users/hostile ~ 200",
        "X-Crowd-Key: sk_demo_local|X-Forwarded-For: 203.0.113.9|Forwarded: for=203.0.113.9 ~ 200",
        "X-Crowd-Key: sk_demo_local|X-Forwarded-Host: evil.example ~ 200",
        "X-Crowd-Key: sk_demo_local|__proto__: x|constructor: y ~ 200",
      })
  void header_thatTricks_isNoKeyAndNoOtherCall(String headers, int status) throws IOException {
    // when
    var response = request("POST", "/track", headers, BODY);
    // then
    assertEquals(status, status(response), response);
    assertFalse(response.toLowerCase(Locale.ROOT).contains("sk_demo"), response);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "/track ~ 200",
        "/track/ ~ 200",
        "/track?x=1&website=other&__proto__=1 ~ 200",
        "/TRACK ~ 404",
        "/track// ~ 404",
        "//track ~ 404",
        "/./track ~ 404",
        "/x/../track ~ 404",
        "/track;a=b ~ 404",
        "/track%2f ~ 404",
        "/track%00 ~ 400",
        "/track%0d%0aX-Crowd-Key:a ~ 404",
        "/v1/../track ~ 404",
        "/v1/constructor ~ 404",
        "/v1/__proto__ ~ 404",
        "/v1/TRACK ~ 404",
        "/users/..%2f..%2ftrack ~ 405",
        "http://evil.example/track ~ 200",
      })
  void path_isARouteOnlyAsItIsWritten(String target, int status) throws IOException {
    assertEquals(status, status(request("POST", target, KEY, BODY)), target);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/users/%ED%A0%80",
        "/users/%C0%AF",
        "/users/%FF",
        "/users/%00",
        "/users/a%00b",
        "/users/%0d%0a",
        "/users/@?id=%ED%A0%80",
        "/users/@?id=%00",
        "/users/@",
        "/users/%",
        "/users/%zz",
        "/users/@?id=a&id=b",
        "/users?cursor=%00",
        "/users?cursor=__proto__",
        "/users?limit=1%00",
        "/users?limit=%D9%A1",
        "/users/__proto__",
        "/users/constructor/events",
        "/users/x?%00=%00",
        "/users/hostile/events?order=%ED%A0%80"
      })
  void id_orParameterThatIsNone_isTheCallersFault(String target) throws IOException {
    // when
    var response = request("GET", target, KEY, "");
    // then
    assertTrue(status(response) / 100 == 4, response);
    assertTrue(response.contains("problem+json"), response);
  }

  @Test
  void method_isThatOfTheRequestLineAlone() throws IOException {
    // given
    api.identify("hostile-method", "", 1);
    // when
    var response =
        request(
            "GET",
            "/users/hostile-method",
            KEY + "|X-HTTP-Method-Override: DELETE|X-HTTP-Method: DELETE|X-Method-Override: DELETE",
            "");
    // then
    assertEquals(200, status(response), response);
    assertEquals(200, api.user("hostile-method").status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"<script>", "a b", "\"", "a\tb", "\u00e9", "", "..%0d%0a"})
  void requestId_isGivenBackOnlyIfItIsSane(String id) throws IOException {
    // when
    var response = request("GET", "/health", "X-Request-Id: " + id, "");
    // then
    assertEquals(200, status(response));
    assertTrue(response.matches("(?is).*x-request-id: [0-9a-f-]{36}\\r\\n.*"), response);
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil\"example", "<script>", "evil.example/path", "a@b", "evil example"})
  void host_isNamedInTheSettingsOnlyIfItIsOne(String host) throws IOException {
    // when
    var response =
        raw("GET /v1/projects/demo/settings HTTP/1.1|Host: %s|Connection: close||".formatted(host));
    // then
    assertTrue(status(response) == 400 || !response.contains("apiHost"), response);
    assertFalse(response.contains(host), response);
  }

  @Test
  void preflights_neverAllowTheKeyNorCredentials_andEveryRouteAnswersOne() {
    for (var route :
        List.of(
            "/identify",
            "/track",
            "/reset",
            "/batch",
            "/alias",
            "/users",
            "/users/u",
            "/users/u/events",
            "/users/u/unlink",
            "/v1/track",
            "/v1/batch",
            "/api/s/track",
            "/beacon/v1/batch",
            "/sourceConfig",
            "/health",
            "/nowhere")) {
      for (var origin : List.of("https://shop.example", "http://localhost:3000", "null")) {
        for (var method : List.of("POST", "GET", "DELETE", "PUT")) {
          // when
          var answer =
              api.send(
                  "OPTIONS",
                  route,
                  Map.of(
                      "Origin", origin,
                      "Access-Control-Request-Method", method,
                      "Access-Control-Request-Headers", "x-crowd-key,content-type"),
                  new byte[0]);
          // then
          var allowed =
              new ArrayList<>(
                  List.of(answer.header("access-control-allow-headers").orElse("").split(",", -1)));
          assertEquals(204, answer.status(), route);
          assertEquals("*", answer.header("access-control-allow-origin").orElse(""), route);
          assertFalse(allowed.contains("x-crowd-key"), route);
          assertTrue(allowed.contains("content-type"), route);
          assertTrue(answer.header("access-control-allow-credentials").isEmpty(), route);
        }
      }
    }
  }

  @Test
  void names_thatMeanSomethingToAProgram_areDataAtAnyDepth() {
    // given
    var nested = "{'__proto__':{'constructor':[{'prototype':{'toString':1}}]},'constructor':null}";
    // when
    var answer =
        api.message(
            "/identify",
            "'user_id':'hostile-names','traits':{'__proto__':%s,'a':%s}".formatted(nested, nested));
    // then
    assertEquals(200, answer.status());
    assertEquals("{'__proto__':%1$s,'a':%1$s}".formatted(nested), api.traits("hostile-names"));
    assertEquals("", api.user("hostile-names").json("constructor"));
  }

  @Test
  void halvesOfSurrogates_areRefusedWhereverTheyStand() {
    for (var field :
        List.of(
            "'user_id':'\\ud800'", "'user_id':'u','anonymous_id':'a\\udfff'",
            "'user_id':'u','traits':{'a':'\\ud83d'}", "'user_id':'u','traits':{'\\ud83d':1}",
            "'user_id':'u','message_id':'\\ude00\\ud83d'", "'user_id':'u','unknown':'\\ud800'")) {
      var answer = api.message("/identify", field);
      assertEquals(
          "400 lone_surrogate", answer.status() + " " + answer.text("code").orElse(""), field);
    }
  }
}
