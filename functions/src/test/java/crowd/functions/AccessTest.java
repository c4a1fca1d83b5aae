package crowd.functions;

import static crowd.functions.Call.get;
import static crowd.functions.Call.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import crowd.core.observe.Counter;
import crowd.functions.batch.BatchHandler;
import crowd.functions.identify.IdentifyHandler;
import crowd.functions.reset.ResetHandler;
import crowd.functions.track.TrackHandler;
import crowd.functions.users.UsersHandler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Who may call what: every kind of caller on every route. */
class AccessTest {

  private static final Map<String, String> BODIES =
      Map.of(
          "/identify", "\"user_id\":\"u\",\"anonymous_id\":\"a\"",
          "/track", "\"event\":\"e\",\"anonymous_id\":\"a\"",
          "/reset", "\"anonymous_id\":\"a\"",
          "/batch", "\"batch\":[{\"type\":\"track\",\"event\":\"e\",\"anonymous_id\":\"a\"}]");

  private final World world = new World();
  private final Map<String, RequestStreamHandler> handlers =
      Map.of(
          "/identify", new IdentifyHandler(world.wiring),
          "/track", new TrackHandler(world.wiring),
          "/reset", new ResetHandler(world.wiring),
          "/batch", new BatchHandler(world.wiring));
  private final UsersHandler users = new UsersHandler(world.wiring);

  private static String body(String route, String website) {
    return "{" + website + BODIES.get(route) + "}";
  }

  private void assertIngest(String website, UnaryOperator<Call> caller, String expected) {
    handlers.forEach((route, handler) -> {
      var call = caller.apply(post(route, body(route, website)));
      assertEquals(expected, world.send(handler, call).summary(), () -> route + " " + call);
    });
  }

  private static UnaryOperator<Call> key(String key) {
    return call -> call.header("x-crowd-key", key);
  }

  private static UnaryOperator<Call> origin(String origin) {
    return call -> call.header("origin", origin);
  }

  private static final String DEMO = "\"website\":\"demo\",";

  @Test
  void ingest_byThoseWhoMay_isTaken() {
    assertIngest(DEMO, Call::serverKey, "200 ok");
    assertIngest(DEMO, Call::page, "200 ok");
  }

  /** The Users page, which unlinks and erases with it. */
  @Test
  void everyRoute_withAServerKeyFromTheApisOwnPage_isTaken() {
    // given
    UnaryOperator<Call> own =
        call ->
            call.serverKey()
                .header("host", "api.shop.example")
                .header("origin", "https://api.shop.example");
    // when, then
    assertIngest(DEMO, own, "200 ok");
    assertEquals("200 ok", world.send(users, own.apply(get("/users"))).summary());
    assertNull(world.counts.get(Counter.SECRET_KEYS_IN_BROWSERS));
  }

  @Test
  void everyRoute_withAServerKeyFromABrowser_isRefusedAndCounted() {
    // given
    var inPages =
        List.<UnaryOperator<Call>>of(
            call -> call.serverKey().page(),
            call -> call.serverKey().header("origin", "https://evil.example"),
            call -> call.serverKey().header("origin", "null"));
    // when, then
    for (var caller : inPages) {
      assertIngest(DEMO, caller, "403 secret_key_in_browser");
      assertEquals(
          "403 secret_key_in_browser", world.send(users, caller.apply(get("/users"))).summary());
    }
    assertEquals(15, world.counts.get(Counter.SECRET_KEYS_IN_BROWSERS));
    assertEquals(List.of(), world.stream.records());
  }

  @Test
  void everyKeyThatOpensNothing_isToldTheSame() {
    // given
    var noKey = world.send(users, get("/users"));
    // then
    for (var key : List.of("", "x", "sk_demo_unknown1", "sk_demo_locax", World.REVOKED_KEY)) {
      assertEquals(
          noKey.text("detail"), world.send(users, key(key).apply(get("/users"))).text("detail"));
    }
  }

  @Test
  void ingest_withAKeyThatIsNotValid_isRefusedWhateverElseIsSent() {
    for (var key :
        List.of(
            "",
            "x",
            "sk_demo_locax",
            "sk_demo_unknown1",
            World.REVOKED_KEY,
            "sk_nowhere_local",
            " sk_demo_local",
            "sk_demo_local ",
            "sk_demo_local,sk_demo_local",
            "sk_demo_local,",
            "sk_demo_local rk_demo_local")) {
      assertIngest(DEMO, key(key), "401 unauthorized");
      assertIngest(DEMO, call -> key(key).apply(call).page(), "401 unauthorized");
      assertIngest("", key(key), "401 unauthorized");
    }
  }

  @Test
  void ingest_withNeitherKeyNorOrigin_isToldToSendAKey() {
    handlers.forEach((route, handler) -> {
      // when
      var answer = world.send(handler, post(route, "not even JSON"));

      // then
      assertEquals("401 unauthorized", answer.summary());
      assertTrue(answer.text("detail").contains("X-Crowd-Key"));
    });
    assertIngest(DEMO, origin(" "), "401 unauthorized");
  }

  @Test
  void ingest_withoutAWebsite_namesTheField() {
    for (var website :
        List.of("", "\"website\":null,", "\"website\":7,", "\"website\":[\"demo\"],")) {
      assertIngest(website, Call::serverKey, "400 invalid_message");
      assertIngest(website, Call::page, "400 invalid_message");
    }
    handlers.forEach((route, handler) ->
        assertEquals(
            List.of("website missing"),
            world.send(handler, post(route, body(route, "")).serverKey()).errors()));
  }

  @Test
  void ingest_forAWebsiteThatThereIsNot_findsNone() {
    for (var website : List.of("nowhere", "", "demo ", "demo#s", "w".repeat(65), "Demo")) {
      var field = "\"website\":\"" + website + "\",";
      assertIngest(field, Call::serverKey, "404 website_not_found");
      assertIngest(field, Call::page, "404 website_not_found");
      assertIngest(field, key(World.KEY_OF_OTHER), "404 website_not_found");
    }
  }

  @Test
  void ingest_withAKeyOfAnotherWebsite_isForbidden() {
    assertIngest(DEMO, key(World.KEY_OF_OTHER), "403 key_of_another_website");
  }

  @Test
  void ingest_fromAnOriginThatTheWebsiteDoesNotAllow_isRefused() {
    for (var origin :
        List.of(
            "https://other.example",
            "http://shop.example",
            "https://shop.example:8443",
            "https://shop.example.evil.example",
            "null",
            "loopback",
            "http://localhost:3000",
            World.ORIGIN + "," + World.ORIGIN)) {
      assertIngest(DEMO, origin(origin), "401 unauthorized");
    }
  }

  @Test
  void ingest_withAReadKey_isForbidden() {
    assertIngest(DEMO, Call::readKey, "403 server_key_required");
  }

  @Test
  void users_forEveryKindOfCaller_answersAsDocumented() {
    // given
    var callers = new LinkedHashMap<UnaryOperator<Call>, String>();
    callers.put(Call::serverKey, "200 ok");
    callers.put(Call::readKey, "200 ok");
    callers.put(key(World.KEY_OF_OTHER), "200 ok");
    callers.put(call -> call.readKey().page(), "200 ok");
    callers.put(key(World.REVOKED_KEY), "401 unauthorized");
    callers.put(key("rk_demo_local,rk_demo_local"), "401 unauthorized");
    callers.put(UnaryOperator.identity(), "401 unauthorized");
    callers.put(Call::page, "403 server_key_required");
    callers.put(origin("https://evil.example"), "403 server_key_required");

    // then
    callers.forEach((caller, expected) ->
        assertEquals(expected, world.send(users, caller.apply(get("/users"))).summary(), expected));
  }

  @Test
  void users_ofAnotherWebsite_areNotFound() {
    // given
    world.send(
        new IdentifyHandler(world.wiring),
        post("/identify", "{\"website\":\"demo\",\"user_id\":\"u1\"}").serverKey());
    var call = get("/users/{id}").path("id", "u1");

    // then
    assertEquals("200 ok", world.send(users, call.readKey()).summary());
    assertEquals(
        "404 user_not_found",
        world.send(users, call.header("x-crowd-key", World.KEY_OF_OTHER)).summary());
  }

  @Test
  void everyRoute_withTheWrongMethod_namesTheRightOne() {
    for (var method : List.of("GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "", "post")) {
      handlers.forEach((route, handler) -> {
        var answer = world.send(handler, post(route, "").method(method).serverKey());
        assertEquals("405 method_not_allowed", answer.summary());
        assertEquals("POST", answer.headers().get("allow"));
      });
    }
    var answer = world.send(users, get("/users").method("POST").serverKey());
    assertEquals("405 method_not_allowed", answer.summary());
    assertEquals("GET", answer.headers().get("allow"));
  }
}
