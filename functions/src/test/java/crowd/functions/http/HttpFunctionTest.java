package crowd.functions.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import crowd.core.fingerprint.Connection;
import crowd.core.json.Json;
import crowd.core.observe.Counter;
import crowd.core.store.StoreUnavailableException;
import crowd.functions.Answer;
import crowd.functions.Call;
import crowd.functions.World;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class HttpFunctionTest {

  private static final HttpReply DONE = HttpReply.ok(Json.Obj.EMPTY, "done");

  private final World world = new World();
  private final List<String> ended = new ArrayList<>();

  private HttpFunction function(Function<HttpRequest, HttpReply> handle) {
    var edge = world.wiring.edge();
    return new HttpFunction(
        "probe",
        new Edge(
            edge.ids(),
            edge.clock(),
            edge.log(),
            edge.metrics(),
            (name, status, took) -> ended.add(name + " " + status + " " + took))) {
      @Override
      protected HttpReply handle(HttpRequest request) {
        return handle.apply(request);
      }
    };
  }

  @Test
  void handleRequest_always_logsAndCountsTheCallOnce() {
    // given
    var function =
        function(_ -> {
          world.setClock(World.NOON.plusMillis(7));
          return DONE.of(World.DEMO);
        });

    // when
    var answer =
        world.send(
            function, Call.get("/users/{id}").path("id", "u1").header("x-request-id", "r.1_-A"));

    // then
    assertEquals(
        new Answer(
            200,
            Map.of(
                "content-type", "application/json",
                "cache-control", "no-store",
                "x-request-id", "r.1_-A"),
            Json.Obj.EMPTY),
        answer);
    assertEquals(
        List.of(
            Map.of(
                "request_id", "r.1_-A",
                "function", "probe",
                "route", "/users/{id}",
                "method", "GET",
                "status", 200,
                "outcome", "done",
                "ms", 7L,
                "website", "demo")),
        world.lines);
    assertEquals(List.of("probe 200 " + Duration.ofMillis(7)), ended);
  }

  @Test
  void handleRequest_withARequestIdThatIsNotSane_makesOne() {
    for (var id : List.of("", "a b", "a,b", "x".repeat(129), "ä", "<script>", "a\nb")) {
      // when
      var answer = world.send(function(_ -> DONE), Call.get("/health").header("x-request-id", id));

      // then
      var made = answer.headers().getOrDefault("x-request-id", "");
      assertNotEquals(id, made);
      assertEquals(made, world.lines.getLast().get("request_id"));
    }
  }

  @Test
  void handleRequest_whenTheStoreIsNotReachable_asksToRepeat() {
    // when
    var answer =
        world.send(
            function(_ -> {
              throw new StoreUnavailableException("no answer");
            }),
            Call.get("/users"));

    // then
    assertEquals("503 unavailable", answer.summary());
    assertEquals("1", answer.headers().get("retry-after"));
    assertEquals(1L, world.counts.get(Counter.UNAVAILABLE));
  }

  @Test
  void handleRequest_whenTheCallerIsRefused_countsIt() {
    // given
    var refusals =
        List.of(
            Problem.unauthorized("no key"),
            Problem.forbidden("key_of_another_website", "another's key"),
            Problem.notFound("user_not_found", "nobody"));

    // when
    for (var refusal : refusals) {
      world.send(function(_ -> HttpReply.problem(refusal)), Call.get("/users"));
    }

    // then
    assertEquals(2L, world.counts.get(Counter.REFUSED_CALLS));
  }

  @Test
  void handleRequest_whenItMeetsADefect_answers500AndLogsWhereWithoutTheMessage() {
    // when
    var answer =
        world.send(
            function(_ -> {
              throw new IllegalStateException("secret of alice@shop.example");
            }),
            Call.get("/users"));

    // then
    assertEquals("500 defect", answer.summary());
    var line = world.lines.getLast();
    assertEquals("java.lang.IllegalStateException", line.get("exception"));
    var at = String.valueOf(line.get("at"));
    assertEquals(true, at.contains("crowd.functions.http.HttpFunction.handleRequest"));
    assertFalse(line.toString().contains("alice"));
    assertFalse(answer.toString().contains("alice"));
    assertEquals(List.of("probe 500 PT0S"), ended);
  }

  @Test
  void handleRequest_ofAnEventThatCannotBeRead_isTheCallersFault() {
    for (var event :
        List.of(
            "",
            "[]",
            "{\"headers\":{\"" + "x".repeat(1_000) + "\":\"1\"}}",
            "{\"body\":\"\\ud800\"}",
            "[".repeat(1_000))) {
      // when
      var answer = world.invoke(function(_ -> DONE), event.getBytes(StandardCharsets.UTF_8));

      // then
      assertEquals(true, answer.contains("\"statusCode\":400"), event);
    }
  }

  @Test
  void handleRequest_ofAnEventWithoutAnything_isHandled() {
    // when
    var seen = new ArrayList<HttpRequest>();
    world.invoke(
        function(request -> {
          seen.add(request);
          return DONE;
        }),
        "{}".getBytes(StandardCharsets.UTF_8));

    // then
    assertEquals(
        List.of(
            new HttpRequest("", "", Map.of(), Map.of(), Map.of(), "", false, Connection.UNKNOWN)),
        seen);
  }

  @Test
  void handleRequest_withHeadersInAnyCase_knowsThem() {
    // when
    var seen = new ArrayList<Map<String, String>>();
    world.send(
        function(request -> {
          seen.add(request.headers());
          return DONE;
        }),
        Call.get("/users/").header("X-Crowd-Key", "a").header("x-crowd-key", "b"));

    // then
    assertEquals(1, seen.size());
    assertEquals(List.of("x-crowd-key"), List.copyOf(seen.getFirst().keySet()));
    assertEquals(3, seen.getFirst().getOrDefault("x-crowd-key", "").length());
  }
}
