package crowd.functions.manage;

import static crowd.functions.Call.get;
import static crowd.functions.Call.post;
import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.functions.Answer;
import crowd.functions.Call;
import crowd.functions.World;
import crowd.functions.identify.IdentifyHandler;
import crowd.functions.users.UsersHandler;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManageHandlerTest {

  private final World world = new World();
  private final ManageHandler handler = new ManageHandler(world.wiring);
  private final IdentifyHandler identify = new IdentifyHandler(world.wiring);
  private final UsersHandler users = new UsersHandler(world.wiring);

  private void login(String user, String anonymousId) {
    world.send(
        identify,
        post(
                "/identify",
                "{\"website\":\"demo\",\"user_id\":\"%s\",\"anonymous_id\":\"%s\"}"
                    .formatted(user, anonymousId))
            .serverKey());
    world.consume();
  }

  private static Call alias(String fields) {
    return post("/alias", "{\"website\":\"demo\",\"message_id\":\"m\"" + fields + "}");
  }

  private static Call unlink(String user, String fields) {
    return post("/users/{id}/unlink", "{\"website\":\"demo\"" + fields + "}").path("id", user);
  }

  private static Call erase(String user) {
    return get("/users/{id}").method("DELETE").path("id", user);
  }

  private Answer server(Call call) {
    return world.send(handler, call.serverKey());
  }

  private Answer person(String id) {
    return world.send(users, get("/users/{id}").path("id", id).serverKey());
  }

  private static Json.Obj json(String text) {
    return JsonReader.readOwnObject(text);
  }

  @Test
  void alias_ofAUser() {
    // given
    login("ann", "a1");
    login("old", "a2");
    // when
    var answer = server(alias(",\"previous_id\":\"old\",\"user_id\":\"ann\""));
    // then
    assertEquals(
        json(
            "{\"outcome\":\"merged\",\"message_id\":\"m\",\"user_id\":\"ann\",\"previous_id\":\"old\"}"),
        answer.body());
    var ann = person("old");
    assertEquals("ann", ann.text("user_id"));
    assertEquals("old", ann.text("resolved_from"));
    assertEquals(
        List.of(
            json(
                """
                {"user_id":"old","merged_into":"ann","merged_at":"2026-11-25T12:00:00Z",
                 "message_id":"m"}
                """)),
        ann.objects("aliases"));
    assertEquals(2, ann.objects("identities").size());
  }

  @Test
  void alias_ofAnAnonymousId() {
    // given
    login("ann", "a1");
    // when, then
    assertEquals(
        "linked", server(alias(",\"previousId\":\"anon_2\",\"userId\":\"ann\"")).text("outcome"));
    assertEquals(
        "user_switch",
        server(alias(",\"previous_id\":\"a1\",\"user_id\":\"bob\"")).text("outcome"));
  }

  @Test
  void alias_whenOthersAreFirstEachTime_saysTooFast() {
    world.setRivals(true);
    var answer = server(alias(",\"previous_id\":\"anon_2\",\"user_id\":\"ann\""));
    assertEquals("429 too_fast", answer.summary());
    assertEquals("1", answer.headers().get("retry-after"));
  }

  @Test
  void alias_withoutTheIds() {
    assertEquals(List.of("user_id missing", "previous_id missing"), server(alias("")).errors());
    assertEquals(
        List.of("user_id anonymous_id"),
        server(alias(",\"previous_id\":\"anon_1\",\"user_id\":\"anon_2\"")).errors());
    assertEquals(
        List.of("previous_id placeholder_id"),
        server(alias(",\"previous_id\":\"null\",\"user_id\":\"ann\"")).errors());
  }

  @Test
  void unlink_ofAnAnonymousId() {
    // given
    login("ann", "a1");
    // when
    var answer = server(unlink("ann", ",\"anonymous_id\":\"a1\",\"message_id\":\"m9\""));
    // then
    assertEquals(json("{\"outcome\":\"unlinked\"}"), answer.body());
    assertEquals(List.of(), person("ann").objects("identities"));
    assertEquals(
        List.of(
            json(
                """
                {"type":"unlinked","at":"2026-11-25T12:00:00Z","source":"unlink",
                 "message_id":"m9","anonymous_id":"a1"}
                """)),
        person("ann").objects("history"));
    assertEquals("404 user_not_found", person("a1").summary());
    assertEquals(
        json("{\"outcome\":\"not_linked\"}"),
        server(unlink("ann", ",\"anonymous_id\":\"a1\"")).body());
  }

  @Test
  void unlink_ofAUser_byEitherName() {
    for (var field : List.of("previous_id", "anonymous_id")) {
      // given
      login("ann", "a1");
      login("old", "a2");
      server(alias(",\"previous_id\":\"old\",\"user_id\":\"ann\""));
      // when, then
      assertEquals(
          json("{\"outcome\":\"unlinked\"}"),
          server(unlink("ann", ",\"" + field + "\":\"old\"")).body());
      assertEquals("old", person("old").text("user_id"));
    }
  }

  @Test
  void unlink_ofAnIdThatNobodyHadSeen_takesTheAliasBackWhole() {
    for (var field : List.of("previous_id", "anonymous_id")) {
      // given: as long as it may be either, alias claims and merges
      login("ann", "a1");
      server(alias(",\"previous_id\":\"" + field + "-9\",\"user_id\":\"ann\""));
      assertEquals(2, person("ann").objects("identities").size());
      assertEquals(1, person("ann").objects("aliases").size());
      world.setClock(world.now().plusMillis(1));
      // when
      var answer = server(unlink("ann", ",\"" + field + "\":\"" + field + "-9\""));
      // then
      assertEquals(json("{\"outcome\":\"unlinked\"}"), answer.body());
      assertEquals(1, person("ann").objects("identities").size());
      assertEquals(0, person("ann").objects("aliases").size());
    }
  }

  @Test
  void unlink_thatCannotBe() {
    // given
    login("ann", "a1");
    // when, then
    assertEquals("404 user_not_found", server(unlink("bob", ",\"anonymous_id\":\"a1\"")).summary());
    assertEquals(List.of("anonymous_id missing"), server(unlink("ann", "")).errors());
    assertEquals(
        List.of("anonymous_id wrong_type"), server(unlink("ann", ",\"anonymous_id\":7")).errors());
  }

  @Test
  void erase_isAccepted() {
    // given
    login("ann", "a1");
    // when
    var answer = server(erase("ann"));
    // then
    assertEquals(202, answer.status());
    assertEquals(json("{\"outcome\":\"erased\"}"), answer.body());
    assertEquals("404 user_not_found", person("ann").summary());
    assertEquals("404 user_not_found", person("a1").summary());
    assertEquals("404 user_not_found", server(erase("nobody")).summary());
  }

  @Test
  void everything_isForServersOnly() {
    // given
    login("ann", "a1");
    for (var call :
        List.of(
            alias(",\"previous_id\":\"old\",\"user_id\":\"ann\""),
            unlink("ann", ",\"anonymous_id\":\"a1\""),
            erase("ann"))) {
      // when, then
      assertEquals("403 server_key_required", world.send(handler, call.page()).summary());
      assertEquals("403 server_key_required", world.send(handler, call.readKey()).summary());
      assertEquals("401 unauthorized", world.send(handler, call).summary());
      assertEquals(
          "401 unauthorized",
          world.send(handler, call.header("x-crowd-key", World.REVOKED_KEY)).summary());
    }
    assertEquals(1, person("ann").objects("identities").size());
  }

  @Test
  void keyOfAnotherWebsite_reachesNothing() {
    // given
    login("ann", "a1");
    // when, then
    assertEquals(
        "403 key_of_another_website",
        world
            .send(
                handler,
                unlink("ann", ",\"anonymous_id\":\"a1\"").header("x-crowd-key", World.KEY_OF_OTHER))
            .summary());
    assertEquals(
        "404 user_not_found",
        world.send(handler, erase("ann").header("x-crowd-key", World.KEY_OF_OTHER)).summary());
    assertEquals(1, person("ann").objects("identities").size());
  }

  @Test
  void wrongMethod_isTold() {
    assertEquals("405 method_not_allowed", server(alias("").method("GET")).summary());
  }

  @Test
  void storeDown_mayBeRepeated() {
    // given
    login("ann", "a1");
    world.setStoreDown(true);
    // when, then: the key cannot even be looked up
    assertEquals("503 unavailable", server(erase("ann")).summary());
  }
}
