package crowd.functions.identify;

import static crowd.functions.Call.post;
import static crowd.functions.World.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.stream.memory.InMemoryStream.Fault;
import crowd.functions.Answer;
import crowd.functions.World;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdentifyHandlerTest {

  private final World world = new World();
  private final IdentifyHandler handler = new IdentifyHandler(world.wiring);

  private Answer identify(String fields) {
    return world.send(
        handler, post("/identify", "{\"website\":\"demo\"," + fields + "}").serverKey());
  }

  private Answer identifyFromPage(String fields) {
    return world.send(handler, post("/identify", "{\"website\":\"demo\"," + fields + "}").page());
  }

  @Test
  void handle_ofAnUnknownUser_createsHimAndPutsTheMessageOnTheStream() {
    // when
    var answer =
        identify(
            """
            "user_id":"u1","anonymous_id":"a1","traits":{"plan":"pro"},"message_id":"m1"
            """);

    // then
    assertEquals(200, answer.status());
    assertEquals(
        json(
            """
            {"outcome":"created","message_id":"m1","user_id":"u1","anonymous_id":"a1","warnings":[]}
            """),
        answer.body());
    assertEquals(1, world.stream.records().size());
    assertEquals("created", world.lines.getLast().get("outcome"));
  }

  @Test
  void handle_inCamelCaseAndWithoutAnonymousId_isTheSame() {
    // when
    var answer = identify("\"userId\":456,\"messageId\":\"m1\"");

    // then
    assertEquals(
        json("{\"outcome\":\"created\",\"message_id\":\"m1\",\"user_id\":\"456\",\"warnings\":[]}"),
        answer.body());
  }

  @Test
  void handle_again_saysWhatItCameTo() {
    // when
    var outcomes =
        List.of(
            identify("\"user_id\":\"u1\",\"message_id\":\"m1\"").text("outcome"),
            identify("\"user_id\":\"u1\",\"anonymous_id\":\"a1\"").text("outcome"),
            identify("\"user_id\":\"u1\",\"anonymous_id\":\"a1\"").text("outcome"),
            identify("\"user_id\":\"u1\",\"traits\":{\"x\":1}").text("outcome"),
            identify("\"user_id\":\"u2\",\"anonymous_id\":\"a1\"").text("outcome"));

    // then
    assertEquals(List.of("created", "linked", "unchanged", "updated", "user_switch"), outcomes);
  }

  @Test
  void handle_ofAUserSwitch_warnsWithoutNamingTheOther() {
    // given
    identifyFromPage("\"user_id\":\"alice\",\"anonymous_id\":\"a1\"");

    // when
    var answer = identifyFromPage("\"user_id\":\"bob\",\"anonymous_id\":\"a1\"");

    // then
    var warning = answer.objects("warnings").getFirst();
    assertEquals("anonymous_id_owned_by_other", warning.text("code").orElseThrow());
    assertEquals("anonymous_id", warning.text("field").orElseThrow());
    assertFalse(answer.toString().contains("alice"));
  }

  @Test
  void handle_ofATraitOfAnotherType_warnsWithItsField() {
    // given
    identify("\"user_id\":\"u1\",\"traits\":{\"age\":\"old\"}");
    world.setClock(world.now().plusSeconds(1));

    // when
    var answer = identify("\"user_id\":\"u1\",\"traits\":{\"age\":7}");

    // then
    var warning = answer.objects("warnings").getFirst();
    assertEquals("trait_type_changed", warning.text("code").orElseThrow());
    assertEquals("traits.age", warning.text("field").orElseThrow());
  }

  @Test
  void handle_ofAMessageWithManyFaults_namesEveryOne() {
    // when
    var answer =
        identify(
            """
            "user_id":"undefined","anonymous_id":{},"traits":[],"timestamp":"yesterday"
            """);

    // then
    assertEquals("400 invalid_message", answer.summary());
    assertEquals(
        List.of(
            "user_id placeholder_id",
            "anonymous_id wrong_type",
            "timestamp not_a_timestamp",
            "traits wrong_type"),
        answer.errors());
    assertEquals("application/problem+json", answer.headers().get("content-type"));
    assertFalse(answer.toString().contains("yesterday"));
    assertEquals(List.of(), world.stream.records());
  }

  @Test
  void handle_byAPageWithoutAnonymousId_isForbidden() {
    assertEquals("403 anonymous_id_required", identifyFromPage("\"user_id\":\"u1\"").summary());
    assertEquals("200 ok", identify("\"user_id\":\"u1\"").summary());
  }

  @Test
  void handle_ofAMessageThatIsTooLarge_isRefused() {
    // when
    var answer = identify("\"user_id\":\"u1\",\"x\":\"" + "y".repeat(32 * 1024) + "\"");

    // then
    assertEquals("413 message_too_large", answer.summary());
  }

  @Test
  void handle_ofMoreTraitsThanAProfileHolds_isRefused() {
    // given
    for (int i = 0; i < 2; i++) {
      assertEquals(
          200,
          identify("\"user_id\":\"u1\",\"traits\":{\"t" + i + "\":\"" + "y".repeat(30_000) + "\"}")
              .status());
    }

    // when
    var answer = identify("\"user_id\":\"u1\",\"traits\":{\"t3\":\"" + "y".repeat(30_000) + "\"}");

    // then
    assertEquals("413 traits_too_large", answer.summary());
  }

  @Test
  void handle_whenTheStreamDoesNotTakeIt_asksToRepeat() {
    // given
    world.stream.fail(Fault.THROTTLED);

    // when
    var answer = identify("\"user_id\":\"u1\"");

    // then
    assertEquals("503 unavailable", answer.summary());
    assertTrue(answer.headers().containsKey("retry-after"));
  }

  @Test
  void handle_whenOthersAreFirstEachTime_saysTooFast() {
    // given
    world.setRivals(true);

    // when
    var answer = identify("\"user_id\":\"u1\",\"anonymous_id\":\"a\"");

    // then
    assertEquals("429 too_fast", answer.summary());
    assertEquals("1", answer.headers().get("retry-after"));
    assertEquals(List.of(), world.stream.records());

    // when
    world.setRivals(false);

    // then
    assertEquals("200 ok", identify("\"user_id\":\"u1\",\"anonymous_id\":\"a\"").summary());
  }

  @Test
  void handle_whenTheStoreIsDown_asksToRepeat() {
    // given
    world.setStoreDown(true);

    // then
    assertEquals("503 unavailable", identify("\"user_id\":\"u1\"").summary());
  }
}
