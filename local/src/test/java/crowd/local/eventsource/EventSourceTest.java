package crowd.local.eventsource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.WebsiteId;
import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.message.Message;
import crowd.core.message.MessageType;
import crowd.core.stream.AppendOutcome;
import crowd.core.stream.Envelope;
import crowd.core.stream.EnvelopeJson;
import crowd.local.function.InProcessFunction;
import crowd.local.function.LocalFunction;
import crowd.local.stream.FileLog;
import crowd.local.template.FunctionResource;
import crowd.local.template.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class EventSourceTest {

  static final String STREAM_ARN = "arn:aws:kinesis:us-east-1:000000000000:stream/events";

  static final WebsiteId DEMO = new WebsiteId("demo");

  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final List<String> consumed = Collections.synchronizedList(new ArrayList<>());

  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (var each : opened.reversed()) {
      each.close();
    }
  }

  @Test
  void drain_waitsUntilEverythingIsConsumed() throws Exception {
    // given
    var log = open();
    var source = start(log, 10, (input, _, _) -> consumed.addAll(ids(input)));

    // when
    append(log, 1, 300);
    boolean drained = source.drain(LONG);

    // then
    assertTrue(drained);
    assertEquals(names(1, 300), consumed);
    assertEquals(List.of(), lines);
  }

  @Test
  void record_reachesTheFunctionAtOnce() throws Exception {
    // given
    var log = open();
    var arrived = new AtomicInteger();
    var signals = Collections.synchronizedList(new ArrayList<CountDownLatch>());
    start(log, 10, (_, _, _) -> signals.get(arrived.getAndIncrement()).countDown());
    var waits = new ArrayList<Long>();

    // when
    for (int n = 0; n < 40; n++) {
      signals.add(new CountDownLatch(1));
      append(log, n, n);
      long appended = System.nanoTime();
      assertTrue(signals.get(n).await(60, TimeUnit.SECONDS));
      waits.add(System.nanoTime() - appended);
    }

    // then: not the poll of ten seconds, even on a machine that is busy
    Collections.sort(waits);
    assertTrue(waits.get(20) < 20_000_000, "median " + waits.get(20) + " ns");
  }

  @Test
  void close_andStartAgain_losesAndRepeatsNothingThatWasDone() throws Exception {
    // given
    var log = open();
    append(log, 1, 5);
    var first = start(log, 2, (input, _, _) -> consumed.addAll(ids(input)));
    assertTrue(first.drain(LONG));
    first.close();
    append(log, 6, 9);

    // when
    var second = start(log, 2, (input, _, _) -> consumed.addAll(ids(input)));
    assertTrue(second.drain(LONG));

    // then
    assertEquals(names(1, 9), consumed);
  }

  @Test
  void close_whileTheFunctionRuns_letsItEnd() throws Exception {
    // given
    var log = open();
    var running = new CountDownLatch(1);
    var mayEnd = new CountDownLatch(1);
    var source =
        start(
            log,
            1,
            (input, _, _) -> {
              running.countDown();
              await(mayEnd);
              consumed.addAll(ids(input));
            });
    append(log, 1, 2);
    assertTrue(running.await(60, TimeUnit.SECONDS));

    // when
    var closing = Thread.ofVirtual().start(source::close);
    mayEnd.countDown();
    closing.join();

    // then: the first is done with, the second is for the next run
    assertEquals(names(1, 1), consumed);
    assertTrue(start(log, 1, (input, _, _) -> consumed.addAll(ids(input))).drain(LONG));
    assertEquals(names(1, 2), consumed);
  }

  @Test
  void drain_ofAFunctionThatFails_saysSo() throws Exception {
    // given
    var log = open();
    var source =
        start(
            log,
            10,
            (_, _, _) -> {
              throw new IllegalStateException("broken");
            });
    append(log, 1, 1);

    // when
    boolean drained = source.drain(Duration.ofMillis(300));

    // then
    assertFalse(drained);
    assertTrue(
        lines.getFirst().endsWith("000001: java.lang.IllegalStateException: broken"),
        lines.toString());
  }

  @Test
  void drain_afterClose_saysWhetherEverythingWasDone() throws Exception {
    // given
    var log = open();
    var source = start(log, 10, (input, _, _) -> consumed.addAll(ids(input)));
    source.close();
    append(log, 1, 1);

    // when
    boolean drained = source.drain(LONG);

    // then
    assertFalse(drained);
  }

  @Test
  void function_thatOverstaysItsTime_hasFailed() throws Exception {
    // given
    var log = open();
    var calls = new AtomicInteger();
    var never = new CountDownLatch(1);
    var settings = EventSourceSettings.defaults("consumer", Duration.ofMillis(200), STREAM_ARN);
    var source =
        start(
            log,
            settings,
            (input, _, context) -> {
              assertTrue(context.getRemainingTimeInMillis() <= 200);
              if (calls.incrementAndGet() == 1) {
                await(never);
              }
              consumed.addAll(ids(input));
            });

    // when
    append(log, 1, 1);
    boolean drained = source.drain(LONG);

    // then
    assertTrue(drained);
    assertTrue(lines.getFirst().endsWith("it took more than its 0.2 s"), lines.toString());
    assertEquals(names(1, 1), consumed);
  }

  @Test
  void failure_forGood_isWrittenToTheFileWithItsRecords() throws Exception {
    // given
    var log = open();
    var settings =
        new EventSourceSettings(
            "consumer", LONG, STREAM_ARN, 10, Duration.ZERO, true, true, 1, 3_600);
    Files.writeString(folder.resolve("failures.jsonl"), "{\"torn\":");
    var source =
        start(
            log,
            settings,
            (_, output, _) ->
                output.write(
                    "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}"
                        .getBytes(StandardCharsets.UTF_8)));

    // when
    append(log, 1, 1);
    boolean drained = source.drain(LONG);

    // then
    assertTrue(drained);
    var written = Files.readAllLines(folder.resolve("failures.jsonl"));
    assertEquals(List.of("{\"torn\":"), written.subList(0, 1));
    assertEquals(2, written.size());
    var note = JsonReader.readOwnObject(written.get(1));
    assertEquals(
        "RetryAttemptsExhausted",
        note.object("requestContext").orElseThrow().text("condition").orElseThrow());
    assertEquals(names(1, 1), ids(note.text("payload").orElseThrow()));
  }

  private FileLog open() throws IOException {
    var log = FileLog.open(folder.resolve("stream"), lines::add);
    opened.add(log);
    return log;
  }

  private EventSource start(FileLog log, int batchSize, RequestStreamHandler function)
      throws IOException {
    return start(
        log,
        new EventSourceSettings(
            "consumer",
            LONG,
            STREAM_ARN,
            batchSize,
            Duration.ZERO,
            true,
            false,
            EventSourceSettings.NO_LIMIT,
            EventSourceSettings.NO_LIMIT),
        function);
  }

  private EventSource start(
      FileLog log, EventSourceSettings settings, RequestStreamHandler function) throws IOException {
    var source =
        EventSource.start(
            settings,
            new FileLogSource(log, "consumer"),
            inProcess(settings, function),
            new FailureFile(folder.resolve("failures.jsonl")),
            lines::add);
    opened.add(source);
    return source;
  }

  static LocalFunction inProcess(EventSourceSettings settings, RequestStreamHandler handler) {
    return new InProcessFunction(
        new FunctionResource(
            settings.function(),
            "some.Handler",
            settings.timeout(),
            512,
            Map.of(),
            new Role("R", List.of())),
        handler);
  }

  private static void append(FileLog log, int from, int to) {
    for (int n = from; n <= to; n++) {
      var outcome = log.append(new Envelope(DEMO, List.of(message("m-" + n))));
      assertEquals(AppendOutcome.APPENDED, outcome);
    }
  }

  static Message message(String id) {
    return new Message(
        MessageType.TRACK,
        null,
        new AnonymousId("anon_1"),
        id,
        NOON,
        NOON,
        NOON,
        NOON,
        false,
        new Json.Obj(Map.of("event", new Json.Text("Seen"))));
  }

  private static List<String> names(int from, int to) {
    var names = new ArrayList<String>();
    for (int n = from; n <= to; n++) {
      names.add("m-" + n);
    }
    return names;
  }

  /** The message ids in an event, out of the envelopes that it carries. */
  static List<String> ids(InputStream event) throws IOException {
    return ids(new String(event.readAllBytes(), StandardCharsets.UTF_8));
  }

  private static List<String> ids(String event) {
    var ids = new ArrayList<String>();
    if (JsonReader.readOwnObject(event).get("Records").orElseThrow()
        instanceof Json.Arr(var records)) {
      for (var record : records) {
        var data = ((Json.Obj) record).object("kinesis").orElseThrow().text("data").orElseThrow();
        ids.add(EnvelopeJson.read(Base64.getDecoder().decode(data)).spread());
      }
    }
    return ids;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
