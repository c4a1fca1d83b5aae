package crowd.functions;

import static crowd.functions.Call.post;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import crowd.functions.batch.BatchHandler;
import crowd.functions.compat.CompatHandler;
import crowd.functions.identify.IdentifyHandler;
import crowd.functions.pages.PagesHandler;
import crowd.functions.reset.ResetHandler;
import crowd.functions.track.TrackHandler;
import crowd.functions.users.UsersHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Marked values in every place of a call: none may stand in a log, or in a problem. */
class CanaryTest {

  private static final String CANARY = "c4n4ry";

  private static final List<String> FIELDS =
      List.of(
          "website",
          "user_id",
          "anonymous_id",
          "message_id",
          "event",
          "name",
          "group_id",
          "timestamp",
          "sent_at",
          "traits",
          "set_once",
          "properties",
          "context",
          "user_hash",
          "userHash",
          "session_token",
          "sessionToken",
          "fingerprint",
          "type",
          "batch",
          "userId",
          "anonymousId",
          "previousId",
          "originalTimestamp",
          "writeKey");

  private final World world = new World();
  private final Map<String, RequestStreamHandler> handlers =
      Map.ofEntries(
          Map.entry("/identify", new IdentifyHandler(world.wiring)),
          Map.entry("/track", new TrackHandler(world.wiring)),
          Map.entry("/reset", new ResetHandler(world.wiring)),
          Map.entry("/batch", new BatchHandler(world.wiring)),
          Map.entry("/v1/{call}", new CompatHandler(world.wiring)),
          Map.entry("/beacon/v1/batch", new CompatHandler(world.wiring)),
          Map.entry("/v1/projects/{key}/settings", new CompatHandler(world.wiring)),
          Map.entry("/sourceConfig", new CompatHandler(world.wiring)),
          Map.entry("/users", new UsersHandler(world.wiring)),
          Map.entry("/users/{id}", new UsersHandler(world.wiring)),
          Map.entry("/users/{id}/events", new UsersHandler(world.wiring)),
          Map.entry("$default", new PagesHandler(world.wiring)));

  /** The field set to each kind of value that holds the canary, among fields that are right. */
  private static List<String> bodies(String field) {
    var bodies = new ArrayList<String>();
    for (var value :
        List.of(
            "\"" + CANARY + "\"",
            "\"" + CANARY + "\\u0000\"",
            "\"" + CANARY.repeat(100) + "\"",
            "{\"" + CANARY + "\":\"" + CANARY + "\"}",
            "[\"" + CANARY + "\"]",
            "[{\"type\":\"" + CANARY + "\"}]",
            "[{\"type\":\"track\",\"event\":{\"" + CANARY + "\":1}}]",
            CANARY)) {
      var others = field.equals("website") ? "" : "\"website\":\"demo\",";
      bodies.add("{" + others + "\"" + field + "\":" + value + "}");
    }
    bodies.add(CANARY);
    bodies.add("{\"" + CANARY + "\":" + CANARY);
    return bodies;
  }

  @Test
  void everyCall_withMarkedValues_showsThemInNoLogAndInNoProblem() {
    for (var field : FIELDS) {
      for (var body : bodies(field)) {
        handlers.forEach((route, handler) -> {
          var call =
              post(route, body)
                  .header("user-agent", CANARY)
                  .header("cookie", CANARY)
                  .header("x-forwarded-for", CANARY)
                  .path("id", CANARY)
                  .path("key", CANARY)
                  .path("call", "track")
                  .query("query", CANARY)
                  .query("cursor", CANARY)
                  .query("limit", CANARY)
                  .query("order", CANARY)
                  .query(CANARY, CANARY);
          check(handler, call.serverKey());
          check(handler, call.path("call", "batch").serverKey());
          check(handler, call.path("call", "alias").serverKey());
          check(handler, call.path("call", CANARY).header("authorization", CANARY));
          check(handler, call.page());
          check(handler, call.method("GET").readKey());
          check(handler, call.method(CANARY).readKey());
          check(handler, call.header("x-crowd-key", CANARY));
          check(handler, call.header("x-crowd-key", "sk_demo_" + CANARY));
          check(handler, call.header("origin", "https://" + CANARY + ".example"));
          check(handler, call.header("content-encoding", CANARY).serverKey());
        });
      }
    }
    assertFalse(isMarked(world.lines.toString()));
  }

  private void check(RequestStreamHandler handler, Call call) {
    var answer = world.send(handler, call);
    if (answer.status() != 200) {
      assertFalse(isMarked(answer.toString()), () -> call + " " + answer);
    }
    assertFalse(answer.status() == 500, () -> call + " " + answer);
  }

  private static boolean isMarked(String text) {
    return text.toLowerCase(Locale.ROOT).contains(CANARY);
  }
}
