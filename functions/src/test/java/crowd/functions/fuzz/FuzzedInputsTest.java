package crowd.functions.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.json.JsonText;
import crowd.core.message.Timestamps;
import crowd.core.stream.Envelope;
import crowd.core.stream.EnvelopeJson;
import crowd.functions.Call;
import crowd.functions.World;
import crowd.functions.consumer.ConsumerHandler;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds whatever comes in. In an ordinary run each is tried with what the sample events of the
 * project make; with {@code JAZZER_FUZZ=1}, one target at a time, with what reaches new code from
 * there.
 */
class FuzzedInputsTest {

  private static final Instant LATEST = Instant.parse("2286-11-20T17:46:39.999Z");

  /** The functions on a world that is thrown away now and then. */
  private static final class Api {
    private final World world = new World();
    private final Functions functions = new Functions(world);
  }

  private static final int CALLS_OF_A_WORLD = 500;

  private static Api api = new Api();
  private static int calls;

  private static Api api() {
    if (++calls % CALLS_OF_A_WORLD == 0) {
      api = new Api();
    }
    // What comes in the moment of an erasure is to be sent again.
    api.world.setClock(api.world.now().plusSeconds(1));
    return api;
  }

  static List<byte[]> calls() {
    return SampleEvents.calls();
  }

  static List<byte[]> bodies() {
    return SampleEvents.bodies();
  }

  static List<byte[]> envelopes() {
    return SampleEvents.envelopes();
  }

  static List<byte[]> batches() {
    return SampleEvents.batches();
  }

  static List<byte[]> times() {
    return SampleEvents.times();
  }

  /** What is begun with is to be what it seems: messages that are taken, times that are read. */
  @Test
  void samples_areRightMostly() {
    assertTrue(
        calls().stream().filter(call -> answered(call).startsWith("2")).count() > 10,
        () -> calls().stream().map(FuzzedInputsTest::answered).toList().toString());
    assertTrue(envelopes().size() >= 5, () -> "" + envelopes().size());
    assertTrue(
        times().stream().filter(time -> read(text(time)).isPresent()).count() > 5,
        () -> times().stream().map(FuzzedInputsTest::text).toList().toString());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String answered(byte[] event) {
    var api = api();
    var answer = api.world.invoke(api.functions.of(event), event);
    return JsonReader.readOwnObject(answer).get("statusCode").orElseThrow()
            instanceof Json.Num(var status)
        ? status
        : answer;
  }

  @MethodSource("calls")
  @FuzzTest(maxDuration = "1m")
  void payload_isAnsweredAndNeverADefect(byte[] event) {
    var status = answered(event);
    assertTrue(status.matches("[234]\\d\\d"), status);
  }

  @FuzzTest(maxDuration = "1m")
  void httpEvent_isAnsweredAndNeverADefect(FuzzedDataProvider data) {
    // given
    var api = api();
    var route = data.pickValue(api.functions.routes());
    var method = data.pickValue(new String[] {"POST", "GET", "DELETE", "PUT"});
    var called = data.pickValue(new String[] {"track", "batch", "alias", "identify", "m"});
    var encoding = data.pickValue(new String[] {"", "", "gzip", "br"});
    var id = data.consumeString(40);
    var name = data.consumeString(10);
    var value = data.consumeString(40);
    boolean isServer = data.consumeBoolean();
    boolean isText = data.consumeBoolean();
    var call = Call.post(route, isText ? data.consumeRemainingAsString() : "");
    if (!isText) {
      call = call.bytes(data.consumeRemainingAsBytes());
    }
    call = call.method(method).path("id", id).path("call", called).query(name, value);
    call =
        isServer
            ? call.header("x-crowd-key", World.SERVER_KEY)
            : call.header("origin", World.ORIGIN).header("x-write-key", "demo");
    if (!encoding.isEmpty()) {
      call = call.header("content-encoding", encoding);
    }
    // when
    var answer = api.world.send(api.functions.of(route), call);
    // then
    assertTrue(answer.status() >= 200 && answer.status() < 500, () -> "" + answer);
  }

  @MethodSource("bodies")
  @FuzzTest(maxDuration = "1m")
  void body_isAnsweredAndNeverADefect_whereverItIsSent(byte[] body) {
    var api = api();
    for (var route : api.functions.routes()) {
      var call = Call.post(route, "").bytes(body).path("id", "u").path("call", "batch").serverKey();
      var answer = api.world.send(api.functions.of(route), call);
      assertTrue(answer.status() >= 200 && answer.status() < 500, () -> route + " " + answer);
    }
  }

  @MethodSource("envelopes")
  @FuzzTest(maxDuration = "1m")
  void envelope_isReadAndWrittenAlike_orRefused(byte[] bytes) {
    Envelope envelope;
    try {
      envelope = EnvelopeJson.read(bytes);
    } catch (IllegalArgumentException refused) {
      return;
    }
    assertEquals(envelope, EnvelopeJson.read(EnvelopeJson.write(envelope)));
  }

  @MethodSource("bodies")
  @FuzzTest(maxDuration = "1m")
  void json_isWrittenAsItWasRead_andNotLonger(byte[] bytes) {
    if (JsonReader.read(bytes, 16) instanceof JsonReader.Outcome.Read(var value)) {
      var written = JsonText.write(value);
      assertEquals(value, JsonReader.readOwn(written));
      assertTrue(written.getBytes(StandardCharsets.UTF_8).length <= bytes.length, written);
    }
  }

  @MethodSource("times")
  @FuzzTest(maxDuration = "1m")
  void timestamp_liesWithinWhatAKeyHolds_orIsNone(byte[] bytes) {
    var text = text(bytes);
    read(text).ifPresent(FuzzedInputsTest::assertWithin);
    if (JsonReader.read(bytes, 1) instanceof JsonReader.Outcome.Read(Json.Num literal)) {
      Timestamps.parse(literal)
          .ifPresent(instant -> {
            assertWithin(instant);
            // A number of seconds or milliseconds is that number.
            var number = Double.parseDouble(literal.literal());
            double millis = number < 1e11 ? number * 1000 : number;
            assertEquals(millis, (double) instant.toEpochMilli(), 1 + millis * 1e-12);
          });
    }
  }

  private static Optional<Instant> read(String text) {
    return Timestamps.parse(new Json.Text(text));
  }

  private static void assertWithin(Instant instant) {
    assertTrue(!instant.isBefore(Instant.EPOCH) && !instant.isAfter(LATEST), instant::toString);
  }

  /** A line for each record. */
  @MethodSource("batches")
  @FuzzTest(maxDuration = "1m")
  void consumerBatch_isTakenOrKeptAside(byte[] lines) {
    // given
    var world = new World();
    var consumer = new ConsumerHandler(world.wiring);
    var records = new StringBuilder();
    int number = 0;
    for (var line : new String(lines, StandardCharsets.ISO_8859_1).split("\n", 20)) {
      records
          .append(number == 0 ? "" : ",")
          .append(
              "{\"kinesis\":{\"sequenceNumber\":\"%d\",\"approximateArrivalTimestamp\":1764072000.123,\"data\":\"%s\"}}"
                  .formatted(
                      number++,
                      Base64.getEncoder()
                          .encodeToString(line.getBytes(StandardCharsets.ISO_8859_1))));
    }
    var event = "{\"Records\":[" + records + "]}";
    // when
    var answer = world.invoke(consumer, event.getBytes(StandardCharsets.UTF_8));
    // then
    assertEquals("{\"batchItemFailures\":[]}", answer);
  }
}
