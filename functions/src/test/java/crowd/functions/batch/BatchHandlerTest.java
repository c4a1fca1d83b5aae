package crowd.functions.batch;

import static crowd.functions.Call.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import crowd.core.json.Json;
import crowd.core.stream.memory.InMemoryStream.Fault;
import crowd.functions.Answer;
import crowd.functions.World;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchHandlerTest {

  private static final String TRACK =
      "{\"type\":\"track\",\"event\":\"e\",\"anonymous_id\":\"a\",\"message_id\":\"m\"}";

  private final World world = new World();
  private final BatchHandler handler = new BatchHandler(world.wiring);

  private static String body(String fields) {
    return "{\"website\":\"demo\"" + (fields.isEmpty() ? "" : ",") + fields + "}";
  }

  private Answer server(String fields) {
    return world.send(handler, post("/batch", body(fields)).serverKey());
  }

  private Answer page(String fields) {
    return world.send(handler, post("/batch", body(fields)).page());
  }

  private static String batch(String... messages) {
    return "\"batch\":[" + String.join(",", messages) + "]";
  }

  /** Each result as {@code result outcome? problem-code?}. */
  private static List<String> results(Answer answer) {
    assertEquals(200, answer.status());
    return answer.objects("results").stream()
        .map(result ->
            result.text("result").orElseThrow()
                + result.text("outcome").map(outcome -> " " + outcome).orElse("")
                + result
                    .object("problem")
                    .map(problem -> " " + problem.text("code").orElseThrow())
                    .orElse(""))
        .toList();
  }

  @Test
  void handle_ofOneMessageOfEachType_takesThemInOneRecord() {
    // when
    var answer =
        server(
            batch(
                "{\"type\":\"identify\",\"user_id\":\"u1\",\"anonymous_id\":\"a\",\"message_id\":\"m1\"}",
                "{\"type\":\"track\",\"event\":\"e\",\"anonymous_id\":\"a\",\"message_id\":\"m2\"}",
                "{\"type\":\"page\",\"userId\":\"u1\",\"messageId\":\"m3\"}",
                "{\"type\":\"screen\",\"user_id\":\"u1\",\"name\":\"Home\",\"message_id\":\"m4\"}",
                "{\"type\":\"group\",\"user_id\":\"u1\",\"group_id\":\"g\",\"message_id\":\"m5\"}",
                "{\"type\":\"reset\",\"anonymous_id\":\"a\",\"message_id\":\"m6\"}"));

    // then
    assertEquals(List.of("ok created", "ok", "ok", "ok", "ok", "ok"), results(answer));
    assertEquals(
        List.of("m1", "m2", "m3", "m4", "m5", "m6"),
        answer.objects("results").stream()
            .map(result -> result.text("message_id").orElseThrow())
            .toList());
    assertEquals(1, world.stream.records().size());
    assertEquals(6, world.stream.records().getFirst().messages().size());
  }

  @Test
  void handle_withBadMessagesAmongGoodOnes_keepsTheGoodOnesInOrder() {
    // when
    var answer =
        server(
            batch(
                TRACK,
                "{\"type\":\"track\",\"anonymous_id\":7.5}",
                "7",
                "{\"event\":\"e\",\"anonymous_id\":\"a\"}",
                "{\"type\":\"merge\",\"user_id\":\"u\",\"previous_id\":\"v\"}",
                "{\"type\":\"track\",\"event\":\"e\",\"user_id\":\"null\"}",
                "{\"type\":\"track\",\"x\":\"" + "y".repeat(32 * 1024) + "\"}",
                TRACK));

    // then
    assertEquals(
        List.of(
            "ok",
            "invalid invalid_message",
            "invalid invalid_message",
            "invalid invalid_message",
            "invalid invalid_message",
            "invalid invalid_message",
            "invalid message_too_large",
            "ok"),
        results(answer));
    var errors =
        answer.objects("results").stream()
            .flatMap(result -> result.object("problem").stream())
            .filter(problem -> problem.get("errors").isPresent())
            .map(Answer::errors)
            .toList();
    assertEquals(
        List.of(
            List.of("batch[1].anonymous_id wrong_type", "batch[1].event missing"),
            List.of("batch[2] wrong_type"),
            List.of("batch[3].type unknown_type"),
            List.of("batch[4].type unknown_type"),
            List.of("batch[5].user_id placeholder_id")),
        errors);
    assertEquals(2, world.stream.records().getFirst().messages().size());
    assertFalse(answer.headers().containsKey("retry-after"));
  }

  @Test
  void handle_byAPage_refusesWhatOnlyAServerMaySend() {
    // when
    var answer =
        page(
            batch(
                "{\"type\":\"identify\",\"user_id\":\"u1\"}",
                "{\"type\":\"alias\",\"user_id\":\"u1\",\"previous_id\":\"u2\"}",
                "{\"type\":\"identify\",\"user_id\":\"u1\",\"anonymous_id\":\"a1\"}"));

    // then
    assertEquals(
        List.of("refused anonymous_id_required", "refused server_key_required", "ok created"),
        results(answer));
  }

  @Test
  void handle_whenNothingOfItCanBeTaken_stillAnswersEach() {
    // when
    var answer = server(batch("1", "null"));

    // then
    assertEquals(List.of("invalid invalid_message", "invalid invalid_message"), results(answer));
    assertEquals(List.of(), world.stream.records());
  }

  @Test
  void handle_ofABodyInWhichNothingCanBeRead_isRefusedAsAWhole() {
    assertEquals(List.of("batch missing"), server("").errors());
    assertEquals(List.of("batch missing"), server("\"batch\":null").errors());
    assertEquals(List.of("batch wrong_type"), server("\"batch\":{}").errors());
    assertEquals(List.of("batch empty"), server("\"batch\":[]").errors());
    assertEquals(
        List.of("sent_at not_a_timestamp"), server("\"sent_at\":\"now\"," + batch(TRACK)).errors());
  }

  @Test
  void handle_ofAThousandMessages_isTakenAndOfOneMoreIsNot() {
    // given
    var thousand = String.join(",", Collections.nCopies(1_000, TRACK));

    // then
    assertEquals(1_000, results(server("\"batch\":[" + thousand + "]")).size());
    assertEquals(
        "413 batch_too_large", server("\"batch\":[" + thousand + "," + TRACK + "]").summary());
  }

  @Test
  void handle_ofTheLargestBody_fitsOnTheStream() {
    // given
    var messages =
        IntStream.range(0, 1_000)
            .mapToObj(i ->
                "{\"type\":\"page\",\"user_id\":\"\\b".replace("\\b", "u")
                    + i
                    + "\",\"properties\":{\"a\":\""
                    + "\\b".repeat(215)
                    + "\"}}")
            .collect(Collectors.joining(","));

    // when
    var answer = server("\"batch\":[" + messages + "]");

    // then
    assertEquals(Collections.nCopies(1_000, "ok"), results(answer));
  }

  @Test
  void handle_withTheBatchsOwnSentAt_correctsTheClockOfItsMessages() {
    // when
    server(
        "\"sent_at\":\"2026-11-25T13:00:00Z\","
            + batch(
                """
                {"type":"track","event":"e","user_id":"u","timestamp":"2026-11-25T12:30:00Z"}
                """));

    // then
    assertEquals(
        World.NOON.minus(Duration.ofMinutes(30)),
        world.stream.records().getFirst().messages().getFirst().time());
  }

  @Test
  void handle_whenTheStreamDoesNotTakeIt_asksToRepeatAll() {
    // given
    world.stream.fail(Fault.THROTTLED);

    // then
    assertEquals("503 unavailable", server(batch(TRACK)).summary());
  }

  @Test
  void handle_whenOthersAreFirstEachTime_takesTheEventsAndAsksToRepeatTheRest() {
    // given
    world.setRivals(true);

    // when
    var answer = server(batch(TRACK, "{\"type\":\"identify\",\"user_id\":\"u1\"}"));

    // then
    assertEquals(List.of("ok", "retry too_fast"), results(answer));
    assertEquals("1", answer.headers().get("retry-after"));
  }

  @Test
  void handle_whenTheStoreIsDown_takesTheEventsAndAsksToRepeatTheRest() {
    // given
    server(batch(TRACK));
    world.setStoreDown(true);

    // when
    var answer = server(batch(TRACK, "{\"type\":\"identify\",\"user_id\":\"u1\"}"));

    // then
    assertEquals(List.of("ok", "retry unavailable"), results(answer));
    assertEquals("1", answer.headers().get("retry-after"));
    assertEquals(
        Json.Num.of(503),
        answer
            .objects("results")
            .get(1)
            .object("problem")
            .orElseThrow()
            .get("status")
            .orElseThrow());
  }
}
