package crowd.local.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import crowd.local.function.InProcessFunction;
import crowd.local.http.Reply.Header;
import crowd.local.template.Cors;
import crowd.local.template.EventSourceMapping;
import crowd.local.template.FunctionResource;
import crowd.local.template.Role;
import crowd.local.template.Route;
import crowd.local.template.TableResource;
import crowd.local.template.Template;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class GatewayTest {

  private static final Header ID = new Header("apigw-requestid", "request-1");
  private static final Header JSON = new Header("content-type", "application/json");
  private static final FunctionResource FUNCTION =
      new FunctionResource(
          "F", "some.Handler", Duration.ofMillis(200), 512, Map.of(), new Role("R", List.of()));

  private final List<String> defects = new ArrayList<>();

  static Template template(List<String> origins) {
    return template(origins, "/a");
  }

  static Template template(List<String> origins, String path) {
    return new Template(
        Map.of("F", FUNCTION),
        List.of(new Route("ANY", path, "F")),
        new Cors(
            origins,
            List.of("GET", "POST"),
            List.of("content-type"),
            List.of("Retry-After"),
            Duration.ofHours(2)),
        new EventSourceMapping("F", 1, Duration.ZERO, 1, 1, Duration.ofHours(1), true, true),
        List.of(),
        new TableResource(new TableResource.Keys("pk", "sk"), Map.of(), "ttl"));
  }

  private Gateway gateway(List<String> origins, RequestStreamHandler handler) {
    return new Gateway(
        template(origins),
        Map.of("F", new InProcessFunction(FUNCTION, handler)),
        InstantSource.fixed(Instant.EPOCH),
        () -> "request-1",
        (function, _) -> defects.add(function));
  }

  private Gateway answering(String payload) {
    return gateway(
        List.of("*"), (_, out, _) -> out.write(payload.getBytes(StandardCharsets.UTF_8)));
  }

  private static Request request(String method, String path, Map<String, List<String>> headers) {
    return new Request(method, path, "", headers, Body.EMPTY, "HTTP/1.1", "127.0.0.1");
  }

  private static Request get() {
    return request("GET", "/a", Map.of());
  }

  @Test
  void answer_everyPart_isTurnedBack() {
    // given
    var gateway =
        answering(
            """
            {"statusCode": 201, "headers": {"X-One": "1", "X-Two": 2, "X-Not": {"a": 1}},
             "cookies": ["a=1", "b=2; Secure"], "body": "aGVsbG8=", "isBase64Encoded": true}
            """);
    // then
    assertEquals(
        new Reply(
            201,
            List.of(
                new Header("x-one", "1"),
                new Header("x-two", "2"),
                new Header("set-cookie", "a=1"),
                new Header("set-cookie", "b=2; Secure"),
                new Header("content-type", "text/plain; charset=utf-8"),
                ID),
            new Body("aGVsbG8=", true)),
        gateway.answer(get()));
  }

  @Test
  void answer_withoutStatus_isItselfTheBody() {
    assertEquals(
        new Reply(200, List.of(JSON, ID), new Body("{\"ok\":true}", false)),
        answering("{\"ok\":true}").answer(get()));
    assertEquals(
        new Reply(200, List.of(JSON, ID), new Body("\"ok\"", false)),
        answering("\"ok\"").answer(get()));
  }

  @Test
  void answer_thatIsNone_isDefect() {
    for (var payload :
        List.of(
            "",
            "not json",
            "{\"statusCode\": \"many\"}",
            "{\"statusCode\": 103}",
            "{\"statusCode\": 200, \"body\": \"*\", \"isBase64Encoded\": true}")) {
      assertEquals(
          Reply.message(500, "Internal Server Error").with(List.of(ID)),
          answering(payload).answer(get()),
          payload);
    }
    assertEquals(List.of("F", "F", "F", "F", "F"), defects);
  }

  @Test
  void answer_functionThrows_is500() {
    // given
    var gateway =
        gateway(
            List.of("*"),
            (_, _, _) -> {
              throw new IllegalStateException("secret");
            });
    // then
    assertEquals(
        Reply.message(500, "Internal Server Error").with(List.of(ID)), gateway.answer(get()));
    assertEquals(List.of("F"), defects);
  }

  @Test
  void answer_functionTooSlow_is503() {
    // given
    var gateway =
        gateway(
            List.of("*"),
            (_, _, _) -> {
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    // then
    assertEquals(
        Reply.message(503, "Service Unavailable").with(List.of(ID)), gateway.answer(get()));
    assertEquals(List.of("F"), defects);
  }

  @Test
  void answer_noRoute_is404() {
    assertEquals(
        Reply.message(404, "Not Found").with(List.of(ID)),
        answering("{}").answer(request("GET", "/b", Map.of())));
  }

  @Test
  void answer_eventTooLarge_is413() {
    // given
    var body = new Body("x".repeat(Gateway.MAX_PAYLOAD), false);
    var large = new Request("POST", "/a", "", Map.of(), body, "HTTP/1.1", "127.0.0.1");
    // then
    assertEquals(
        Reply.message(413, "Request Entity Too Large").with(List.of(ID)),
        answering("{}").answer(large));
  }

  @Test
  void answer_preflight_comesFromTheConfiguration() {
    // given
    var preflight =
        request(
            "OPTIONS",
            "/a",
            Map.of(
                "Origin", List.of("https://shop.example"),
                "Access-Control-Request-Method", List.of("POST")));
    // then
    assertEquals(
        new Reply(
            204,
            List.of(
                new Header("access-control-allow-origin", "*"),
                new Header("access-control-allow-methods", "GET,POST"),
                new Header("access-control-allow-headers", "content-type"),
                new Header("access-control-max-age", "7200"),
                ID),
            Body.EMPTY),
        answering("{}").answer(preflight));
  }

  @Test
  void answer_preflightOfAnotherOrigin_allowsNothing() {
    // given
    var gateway = gateway(List.of("https://shop.example"), (_, _, _) -> {});
    var preflight =
        request(
            "OPTIONS",
            "/a",
            Map.of(
                "Origin", List.of("https://evil.example"),
                "Access-Control-Request-Method", List.of("POST")));
    // then
    assertEquals(new Reply(204, List.of(ID), Body.EMPTY), gateway.answer(preflight));
  }

  @Test
  void answer_optionsThatIsNoPreflight_reachesTheFunction() {
    assertEquals(200, answering("{}").answer(request("OPTIONS", "/a", Map.of())).status());
  }

  @Test
  void answer_withOrigin_carriesTheGatewaysHeadersAndNotTheFunctions() {
    // given
    var gateway =
        gateway(
            List.of("https://shop.example"),
            (_, out, _) ->
                out.write(
                    """
                    {"statusCode": 200, "body": "",
                     "headers": {"content-type": "a/b", "Access-Control-Allow-Origin": "*"}}
                    """
                        .getBytes(StandardCharsets.UTF_8)));
    // then
    assertEquals(
        List.of(
            new Header("content-type", "a/b"),
            new Header("access-control-allow-origin", "https://shop.example"),
            new Header("vary", "Origin"),
            new Header("access-control-expose-headers", "Retry-After"),
            ID),
        gateway
            .answer(request("GET", "/a", Map.of("origin", List.of("https://shop.example"))))
            .headers());
    assertEquals(List.of(new Header("content-type", "a/b"), ID), gateway.answer(get()).headers());
  }

  @Test
  void new_routeWithoutFunction_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Gateway(
                template(List.of("*")), Map.of(), InstantSource.system(), () -> "", (_, _) -> {}));
  }
}
