package crowd.functions.track;

import static crowd.functions.Call.post;
import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.core.identity.AnonymousId;
import crowd.core.json.Json;
import crowd.core.json.JsonText;
import crowd.core.stream.memory.InMemoryStream.Fault;
import crowd.functions.Answer;
import crowd.functions.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrackHandlerTest {

  private final World world = new World();
  private final TrackHandler handler = new TrackHandler(world.wiring);

  private Answer track(String fields) {
    return world.send(handler, post("/track", "{\"website\":\"demo\"," + fields + "}").page());
  }

  @Test
  void handle_ofAnEvent_putsItOnTheStream() {
    // when
    var answer =
        track(
            """
            "event":"Viewed","anonymous_id":"a1","message_id":"m1",
            "timestamp":"2026-11-25T11:00:00+01:00","properties":{"price":1.10}
            """);

    // then
    assertEquals(200, answer.status());
    assertEquals(Json.Obj.EMPTY.with("message_id", new Json.Text("m1")), answer.body());
    var message = world.stream.records().getFirst().messages().getFirst();
    assertEquals(new AnonymousId("a1"), message.anonymous().orElseThrow());
    assertEquals(World.NOON.minus(Duration.ofHours(2)), message.time());
    assertEquals(
        World.json("{\"event\":\"Viewed\",\"properties\":{\"price\":1.10}}"), message.body());
    assertEquals(World.NOON.plus(Duration.ofDays(365)), message.expires());
  }

  @Test
  void handle_withoutMessageId_answersTheOneThatWasAssigned() {
    // when
    var answer = track("\"event\":\"Viewed\",\"anonymous_id\":\"a1\"");

    // then
    assertEquals(
        world.stream.records().getFirst().messages().getFirst().messageId(),
        answer.text("message_id"));
  }

  @Test
  void handle_ofAnEventOfNobody_namesWhatIsMissing() {
    assertEquals(List.of("user_id missing", "event missing"), track("\"x\":1").errors());
  }

  @Test
  void handle_ofAContextFromAPage_doesNotTakeItsWordForTheConnection() {
    // given
    var fields =
        """
        "event":"e","anonymous_id":"a","context":{"ip":"1.2.3.4","locale":"de"}
        """;

    // when
    track(fields);
    world.send(handler, post("/track", "{\"website\":\"demo\"," + fields + "}").serverKey());

    // then
    assertEquals(
        List.of("{\"locale\":\"de\"}", "{\"ip\":\"1.2.3.4\",\"locale\":\"de\"}"),
        world.stream.records().stream()
            .map(record -> record.messages().getFirst().body().object("context").orElseThrow())
            .map(JsonText::write)
            .toList());
  }

  @Test
  void handle_whenTheStreamDoesNotAnswer_asksToRepeat() {
    // given
    world.stream.fail(Fault.UNKNOWN_AFTER);

    // then
    assertEquals("503 unavailable", track("\"event\":\"e\",\"anonymous_id\":\"a\"").summary());
  }

  @Test
  void handle_whenTheStoreGoesDownAfterTheWebsiteIsKnown_stillTakesEvents() {
    // given
    track("\"event\":\"e\",\"anonymous_id\":\"a\"");
    world.setStoreDown(true);

    // then
    assertEquals("200 ok", track("\"event\":\"e\",\"anonymous_id\":\"a\"").summary());
  }
}
