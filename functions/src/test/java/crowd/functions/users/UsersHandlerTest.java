package crowd.functions.users;

import static crowd.functions.Call.get;
import static crowd.functions.Call.post;
import static crowd.functions.World.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.core.json.Json;
import crowd.functions.Answer;
import crowd.functions.Call;
import crowd.functions.World;
import crowd.functions.identify.IdentifyHandler;
import crowd.functions.track.TrackHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UsersHandlerTest {

  private final World world = new World();
  private final UsersHandler handler = new UsersHandler(world.wiring);
  private final IdentifyHandler identify = new IdentifyHandler(world.wiring);
  private final TrackHandler track = new TrackHandler(world.wiring);

  private Answer ask(Call call) {
    return world.send(handler, call.readKey());
  }

  private void identify(String fields) {
    var answer =
        world.send(
            identify, post("/identify", "{\"website\":\"demo\"," + fields + "}").serverKey());
    assertEquals(200, answer.status(), answer.toString());
    world.setClock(world.now().plusSeconds(1));
  }

  private void track(String fields) {
    var answer =
        world.send(track, post("/track", "{\"website\":\"demo\"," + fields + "}").serverKey());
    assertEquals(200, answer.status(), answer.toString());
    world.setClock(world.now().plusSeconds(1));
  }

  /** Alice clicks, then says who she is. */
  private void alice() {
    track("\"event\":\"Viewed\",\"anonymous_id\":\"a1\",\"message_id\":\"m1\"");
    identify(
        """
        "user_id":"alice","anonymous_id":"a1","message_id":"m2",
        "traits":{"email":"alice@shop.example","age":42.0}
        """);
    track(
        """
        "event":"Bought","user_id":"alice","anonymous_id":"a1","message_id":"m3",
        "properties":{"price":1.10}
        """);
    world.consume();
  }

  @Test
  void one_byUserId_showsTheWholePerson() {
    // given
    alice();

    // when
    var answer = ask(get("/users/{id}").path("id", "alice"));

    // then
    assertEquals(200, answer.status());
    assertEquals(
        json(
            """
            {"user_id":"alice",
             "traits":{"email":"alice@shop.example","age":42.0},
             "trait_history":{
               "age":{"set_at":"2026-11-25T12:00:01Z","set_by":"traits","message_id":"m2","verified":false},
               "email":{"set_at":"2026-11-25T12:00:01Z","set_by":"traits","message_id":"m2","verified":false}},
             "first_seen":"2026-11-25T12:00:00Z",
             "last_seen":"2026-11-25T12:00:02Z",
             "identities":[{"anonymous_id":"a1","linked_at":"2026-11-25T12:00:01Z",
                            "source":"identify","message_id":"m2"}],
             "aliases":[],
             "groups":[],
             "history":[],
             "warnings":[]}
            """),
        answer.body());
  }

  @Test
  void one_byAnonymousId_isItsOwnerAndSaysSo() {
    // given
    alice();

    // when
    var answer = ask(get("/users/{id}").path("id", "a1"));

    // then
    assertEquals("alice", answer.text("user_id"));
    assertEquals("a1", answer.text("resolved_from"));
  }

  @Test
  void one_byAnIdInTheQuery_mayBeAnyId() {
    for (var id : List.of("a/b", "@", "100%41", "a,b", "ä ö", "#", "..")) {
      // given
      identify("\"user_id\":\"" + id + "\"");

      // then
      assertEquals(id, ask(get("/users/{id}").path("id", "@").query("id", id)).text("user_id"));
      if (!id.equals("@")) {
        assertEquals(id, ask(get("/users/{id}").path("id", id)).text("user_id"));
      }
    }
  }

  @Test
  void one_whoIsNotKnown_isNotFound() {
    for (var id : List.of("nobody", "x".repeat(300), "a\u0000b", " ")) {
      assertEquals("404 user_not_found", ask(get("/users/{id}").path("id", id)).summary(), id);
      assertEquals(
          "404 user_not_found", ask(get("/users/{id}/events").path("id", id)).summary(), id);
    }
    assertEquals(List.of("id missing"), ask(get("/users/{id}").path("id", "@")).errors());
  }

  @Test
  void events_ofAPerson_areNewestFirstWithWhatWasBeforeIdentify() {
    // given
    alice();

    // when
    var answer = ask(get("/users/{id}/events").path("id", "alice"));

    // then
    assertEquals(200, answer.status());
    assertEquals(Json.Null.VALUE, answer.body().fields().get("next_cursor"));
    var events = answer.objects("events");
    assertEquals(
        List.of("m3", "m2", "m1"),
        events.stream().map(event -> event.text("message_id").orElseThrow()).toList());
    assertEquals(
        json(
            """
            {"message_id":"m3","type":"track","event":"Bought","properties":{"price":1.10},
             "timestamp":"2026-11-25T12:00:02Z","received_at":"2026-11-25T12:00:02Z",
             "user_id":"alice","anonymous_id":"a1","before_identify":false}
            """),
        events.getFirst());
    assertEquals(
        json(
            """
            {"message_id":"m1","type":"track","event":"Viewed","properties":{},
             "timestamp":"2026-11-25T12:00:00Z","received_at":"2026-11-25T12:00:00Z",
             "anonymous_id":"a1","before_identify":true}
            """),
        events.getLast());
  }

  @Test
  void events_pageByPage_areAllInEitherOrder() {
    // given
    identify("\"user_id\":\"u1\",\"message_id\":\"m-0\"");
    for (int i = 1; i < 7; i++) {
      track("\"event\":\"e\",\"user_id\":\"u1\",\"message_id\":\"m-" + i + "\"");
    }
    world.consume();

    // then
    assertEquals(
        List.of("m-6", "m-5", "m-4", "m-3", "m-2", "m-1", "m-0"),
        pages(
            get("/users/{id}/events").path("id", "u1").query("limit", "3"),
            "events",
            "message_id"));
    assertEquals(
        List.of("m-0", "m-1", "m-2", "m-3", "m-4", "m-5", "m-6"),
        pages(
            get("/users/{id}/events").path("id", "u1").query("limit", "2").query("order", "asc"),
            "events",
            "message_id"));
  }

  @Test
  void list_withoutAQuery_showsTheMostRecentlySeenFirst() {
    // given
    for (int i = 0; i < 5; i++) {
      identify("\"user_id\":\"u" + i + "\"");
      world.setClock(world.now().plusSeconds(7_200));
    }
    world.consume();

    // then
    assertEquals(
        List.of("u4", "u3", "u2", "u1", "u0"),
        pages(get("/users").query("limit", "2"), "users", "user_id"));
  }

  @Test
  void list_withAQuery_findsByIdEmailNameAndAnonymousId() {
    // given
    identify("\"user_id\":\"ann\"");
    identify("\"user_id\":\"u2\",\"traits\":{\"email\":\"Ann@shop.example\"}");
    identify("\"user_id\":\"u3\",\"traits\":{\"name\":\"Anna\"},\"anonymous_id\":\"a3\"");
    identify("\"user_id\":\"u4\",\"traits\":{\"name\":\"Bob\"}");
    world.consume();

    // then
    assertEquals(
        List.of("ann", "u2", "u3"),
        pages(get("/users").query("query", "AN").query("limit", "1"), "users", "user_id"));
    var found = ask(get("/users").query("query", "a3"));
    assertEquals(
        json(
            """
            {"user_id":"u3","traits":{"name":"Anna"},
             "first_seen":"2026-11-25T12:00:02Z","last_seen":"2026-11-25T12:00:02Z",
             "anonymous_ids":["a3"]}
            """),
        found.objects("users").getFirst());
  }

  @Test
  void everyRead_withWrongParameters_namesEachOfThem() {
    // given
    identify("\"user_id\":\"u1\"");

    // then
    for (var limit : List.of("0", "101", "-1", "1.5", "ten", "", "99999999999")) {
      assertEquals(
          List.of("limit out_of_range"), ask(get("/users").query("limit", limit)).errors(), limit);
    }
    var answer =
        ask(
            get("/users/{id}/events")
                .path("id", "u1")
                .query("limit", "0")
                .query("order", "up")
                .query("cursor", "%%%"));
    assertEquals("400 invalid_parameters", answer.summary());
    assertEquals(
        List.of("order unknown_order", "cursor not_a_cursor", "limit out_of_range"),
        answer.errors());
  }

  @Test
  void everyRead_withACursorOfAnotherList_refusesIt() {
    // given
    identify("\"user_id\":\"u1\"");
    identify("\"user_id\":\"u2\"");
    world.consume();
    var cursor = ask(get("/users").query("limit", "1")).text("next_cursor");

    // then
    assertEquals(200, ask(get("/users").query("cursor", cursor)).status());
    for (var call :
        List.of(get("/users").query("query", "u"), get("/users/{id}/events").path("id", "u1"))) {
      assertEquals(List.of("cursor not_a_cursor"), ask(call.query("cursor", cursor)).errors());
    }
    assertEquals(
        List.of("cursor not_a_cursor"), ask(get("/users").query("cursor", "A" + cursor)).errors());
  }

  private List<String> pages(Call first, String name, String field) {
    var all = new ArrayList<String>();
    var call = Optional.of(first);
    while (call.isPresent()) {
      var answer = ask(call.get());
      assertEquals(200, answer.status(), answer.toString());
      answer.objects(name).forEach(object -> all.add(object.text(field).orElseThrow()));
      call = answer.body().text("next_cursor").map(cursor -> first.query("cursor", cursor));
    }
    return all;
  }

  @Test
  void anotherMethod_isToldAllThatThePathHas() {
    // when
    var one = world.send(handler, get("/users/{id}").method("PATCH"));
    var all = world.send(handler, get("/users").method("PATCH"));

    // then
    assertEquals("GET, DELETE", one.headers().get("allow"));
    assertEquals("GET", all.headers().get("allow"));
  }

  @Test
  void one_whoseTraitsCameInSeveralWays_saysOfEachHowItCame() {
    // given
    identify(
        """
        "user_id":"bob","message_id":"m1","traits":{"plan":"free","gone":1},"set_once":{"ref":"ad"}
        """);
    identify(
        """
        "user_id":"bob","message_id":"m2","traits":{"plan":"pro","gone":null},
        "set_once":{"ref":"mail","plan":"trial"}
        """);

    // when
    var answer = ask(get("/users/{id}").path("id", "bob"));

    // then
    assertEquals(
        json(
            """
            {"plan":{"set_at":"2026-11-25T12:00:01Z","set_by":"traits","message_id":"m2","verified":false},
             "ref":{"set_at":"2026-11-25T12:00:00Z","set_by":"set_once","message_id":"m1","verified":false}}
            """),
        answer.body().fields().get("trait_history"));
  }

  @Test
  void events_ofAPageThatWouldBeTooLarge_areFewerAndGoOn() {
    // given
    var text = "x".repeat(30_000);
    for (int i = 0; i < 101; i++) {
      track(
          "\"event\":\"Typed\",\"user_id\":\"u1\",\"message_id\":\"m%d\",\"properties\":{\"text\":\"%s\"}"
              .formatted(i, text));
      world.consume();
    }

    // when
    var first = ask(get("/users/{id}/events").path("id", "u1").query("limit", "1000"));
    var second =
        ask(
            get("/users/{id}/events")
                .path("id", "u1")
                .query("limit", "1000")
                .query("cursor", first.text("next_cursor")));

    // then
    assertEquals(100, first.objects("events").size());
    assertEquals(1, second.objects("events").size());
    assertEquals(Json.Null.VALUE, second.body().fields().get("next_cursor"));
  }

  @Test
  void website_ofAKey_saysWhetherAnythingHasCome() {
    // given
    var before = ask(get("/website"));

    // when
    world.wiring.firstEvents().note(World.DEMO, World.NOON);

    // then
    assertEquals(
        json("{\"website\":\"demo\",\"key\":\"read\",\"first_event_at\":null}"), before.body());
    assertEquals(
        json(
            """
            {"website":"demo","key":"server","first_event_at":"2026-11-25T12:00:00Z"}
            """),
        world.send(handler, get("/website").serverKey()).body());
    assertEquals("401 unauthorized", world.send(handler, get("/website")).summary());
  }
}
