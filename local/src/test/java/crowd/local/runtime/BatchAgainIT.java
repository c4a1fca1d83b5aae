package crowd.local.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.message.Message;
import crowd.core.message.MessageType;
import crowd.core.store.Store;
import crowd.core.stream.AppendOutcome;
import crowd.core.stream.Envelope;
import crowd.local.dev.Demo;
import crowd.local.dev.DirectWiring;
import crowd.local.eventsource.EventSource;
import crowd.local.eventsource.EventSourceSettings;
import crowd.local.eventsource.FileLogSource;
import crowd.local.function.Invocation;
import crowd.local.function.LocalFunctions;
import crowd.local.runtime.Gate.Mood;
import crowd.local.stream.FileLog;
import crowd.local.template.FunctionResource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The consumer's process ends in the midst of a batch: nothing that the log took is lost. */
class BatchAgainIT {

  /** Less than the SDK's patience with one sending: the consumer cannot report before it. */
  private static final Duration SHORT = Duration.ofSeconds(4);

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final int BEFORE = 10;
  private static final int ALL = 60;

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({
    "SILENT,  true,  it took more than its 4.0 s",
    "ENDLESS, false, java.lang.OutOfMemoryError: Java heap space"
  })
  void consumer_endsInTheMidstOfABatch_isGivenItAgain(Mood mood, boolean isShort, String reason)
      throws Exception {
    BlockingQueue<String> said = new LinkedBlockingQueue<>();
    try (var account = new Account();
        var log = FileLog.open(folder, said::add)) {
      // given
      var store = account.newTable("crowd");
      var name = account.template().eventSource().function();
      var resource = isShort ? account.resource(name, SHORT) : account.resource(name);
      try (var consumer = account.function(resource, "crowd");
          var source = consume(account, resource, consumer, log, said)) {
        append(log, 0, BEFORE);
        assertTrue(source.drain(PATIENCE), "the consumer works");
        var first = consumer.pids();
        // when
        account.set(mood);
        append(log, BEFORE, ALL);
        var line = said.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        account.set(Mood.OPEN);
        // then
        assertTrue(("" + line).contains(reason), "" + line);
        assertTrue(source.drain(PATIENCE), "the rest is read");
        assertEquals(ids(), stored(account, store));
        assertEquals(List.of(), first.stream().filter(consumer.pids()::contains).toList());
      }
    }
  }

  private static EventSource consume(
      Account account,
      FunctionResource resource,
      PackagedFunction consumer,
      FileLog log,
      BlockingQueue<String> said)
      throws IOException {
    var settings =
        EventSourceSettings.of(
            account.template().eventSource(),
            resource.timeout(),
            "arn:aws:kinesis:us-east-1:000000000000:stream/crowd");
    return EventSource.start(
        settings,
        new FileLogSource(log, "consumer"),
        consumer,
        note -> said.add("given up: " + note),
        said::add);
  }

  private static void append(FileLog log, int from, int to) {
    for (int n = from; n < to; n++) {
      var message =
          new Message(
              MessageType.TRACK,
              new UserId("user_123"),
              null,
              "m-" + n,
              NOON,
              NOON,
              NOON,
              Instant.now().plus(Duration.ofDays(1)),
              false,
              new Json.Obj(Map.of("event", new Json.Text("Seen"))));
      assertEquals(
          AppendOutcome.APPENDED,
          log.append(new Envelope(new WebsiteId(Demo.WEBSITE), List.of(message))));
    }
  }

  private static Set<String> ids() {
    return IntStream.range(0, ALL)
        .mapToObj(n -> "m-" + n)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> stored(Account account, Store store) throws IOException {
    var users =
        LocalFunctions.of(account.resource("UsersFunction"), DirectWiring.on(store))
            .invoke(Account.event("user-events").replace("\"20\"", "\"100\""));
    if (!(users instanceof Invocation.Answered(var payload))
        || !(JsonReader.readOwnObject(JsonReader.readOwnObject(payload).text("body").orElseThrow())
                .get("events")
                .orElse(Json.Null.VALUE)
            instanceof Json.Arr(var events))) {
      throw new AssertionError(users.toString());
    }
    return events.stream()
        .map(event -> ((Json.Obj) event).text("message_id").orElseThrow())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
