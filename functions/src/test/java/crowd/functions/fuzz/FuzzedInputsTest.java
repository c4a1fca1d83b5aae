package crowd.functions.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
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
import crowd.functions.batch.BatchHandler;
import crowd.functions.compat.CompatHandler;
import crowd.functions.consumer.ConsumerHandler;
import crowd.functions.identify.IdentifyHandler;
import crowd.functions.manage.ManageHandler;
import crowd.functions.reset.ResetHandler;
import crowd.functions.track.TrackHandler;
import crowd.functions.users.UsersHandler;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * What holds whatever comes in. In an ordinary run each is tried with a few inputs; with {@code
 * JAZZER_FUZZ=1}, one target at a time, it is tried with those that reach new code.
 */
class FuzzedInputsTest {

  private static final Instant LATEST = Instant.parse("2286-11-20T17:46:39.999Z");

  /** Routes and the functions behind them, on a world that is thrown away now and then. */
  private static final class Api {
    private final World world = new World();
    private final List<String> routes =
        List.of(
            "/identify",
            "/track",
            "/reset",
            "/batch",
            "/alias",
            "/users/{id}/unlink",
            "/users",
            "/users/{id}",
            "/users/{id}/events",
            "/v1/{call}",
            "/beacon/v1/batch",
            "/sourceConfig");
    private final List<RequestStreamHandler> functions =
        List.of(
            new IdentifyHandler(world.wiring),
            new TrackHandler(world.wiring),
            new ResetHandler(world.wiring),
            new BatchHandler(world.wiring),
            new ManageHandler(world.wiring),
            new ManageHandler(world.wiring),
            new UsersHandler(world.wiring),
            new UsersHandler(world.wiring),
            new UsersHandler(world.wiring),
            new CompatHandler(world.wiring),
            new CompatHandler(world.wiring),
            new CompatHandler(world.wiring));
  }

  private static final int CALLS_OF_A_WORLD = 500;

  private static Api api = new Api();
  private static int calls;

  private static Api api() {
    if (++calls % CALLS_OF_A_WORLD == 0) {
      api = new Api();
    }
    return api;
  }

  @FuzzTest(maxDuration = "1m")
  void httpEvent_isAnsweredAndNeverADefect(FuzzedDataProvider data) {
    // given
    var api = api();
    int place = data.consumeInt(0, api.routes.size() - 1);
    var method = data.pickValue(new String[] {"POST", "GET", "DELETE", "PUT"});
    var called = data.pickValue(new String[] {"track", "batch", "alias", "identify", "m"});
    var encoding = data.pickValue(new String[] {"", "", "gzip", "br"});
    var id = data.consumeString(40);
    var name = data.consumeString(10);
    var value = data.consumeString(40);
    boolean isServer = data.consumeBoolean();
    boolean isText = data.consumeBoolean();
    var call = Call.post(api.routes.get(place), isText ? data.consumeRemainingAsString() : "");
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
    var answer = api.world.send(api.functions.get(place), call);
    // then
    assertTrue(answer.status() >= 200 && answer.status() < 500, () -> "" + answer);
  }

  @FuzzTest(maxDuration = "1m")
  void payload_isAnsweredAndNeverADefect(byte[] payload) {
    // given
    var api = api();
    // when
    var answer = api.world.invoke(api.functions.get(1), payload);
    // then
    assertTrue(
        JsonReader.readOwnObject(answer).get("statusCode").orElseThrow()
                instanceof Json.Num(var status)
            && status.startsWith("4"),
        answer);
  }

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

  @FuzzTest(maxDuration = "1m")
  void json_isWrittenAsItWasRead_andNotLonger(byte[] bytes) {
    if (JsonReader.read(bytes, 16) instanceof JsonReader.Outcome.Read(var value)) {
      var written = JsonText.write(value);
      assertEquals(value, JsonReader.readOwn(written));
      assertTrue(written.getBytes(StandardCharsets.UTF_8).length <= bytes.length, written);
    }
  }

  @FuzzTest(maxDuration = "1m")
  void timestamp_liesWithinWhatAKeyHolds_orIsNone(FuzzedDataProvider data) {
    var isNumber = data.consumeBoolean();
    var text = data.consumeRemainingAsString();
    if (isNumber
        && !(JsonReader.read(text.getBytes(StandardCharsets.UTF_8), 1)
            instanceof JsonReader.Outcome.Read(Json.Num _))) {
      return;
    }
    var time = Timestamps.parse(isNumber ? new Json.Num(text) : new Json.Text(text));
    time.ifPresent(instant -> {
      assertTrue(!instant.isBefore(Instant.EPOCH) && !instant.isAfter(LATEST), instant::toString);
      // A number of seconds or milliseconds is that number.
      if (isNumber) {
        var number = Double.parseDouble(text);
        double millis = number < 1e11 ? number * 1000 : number;
        assertEquals(millis, (double) instant.toEpochMilli(), 1 + millis * 1e-12);
      }
    });
  }

  @FuzzTest(maxDuration = "1m")
  void consumerBatch_isTakenOrKeptAside(FuzzedDataProvider data) {
    // given
    var world = new World();
    var consumer = new ConsumerHandler(world.wiring);
    var records = new StringBuilder();
    for (int i = 0; data.remainingBytes() > 0 && i < 5; i++) {
      var bytes =
          data.consumeBoolean()
              ? data.consumeBytes(300)
              : ("{\"v\":1,\"website\":\"demo\",\"messages\":[" + data.consumeString(300) + "]}")
                  .getBytes(StandardCharsets.UTF_8);
      records
          .append(i == 0 ? "" : ",")
          .append(
              "{\"kinesis\":{\"sequenceNumber\":\"%d\",\"approximateArrivalTimestamp\":1764072000.123,\"data\":\"%s\"}}"
                  .formatted(i, Base64.getEncoder().encodeToString(bytes)));
    }
    var event = "{\"Records\":[" + records + "]}";
    // when
    var answer = world.invoke(consumer, event.getBytes(StandardCharsets.UTF_8));
    // then
    assertEquals("{\"batchItemFailures\":[]}", answer);
  }
}
