package crowd.bench.scale;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import crowd.bench.Root;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.WebsiteId;
import crowd.core.message.RandomIds;
import crowd.core.observe.Metrics;
import crowd.core.project.Project;
import crowd.core.store.memory.InMemoryStore;
import crowd.core.stream.Envelope;
import crowd.core.stream.EnvelopeJson;
import crowd.core.stream.memory.InMemoryStream;
import crowd.core.table.Table;
import crowd.core.website.WebsiteAdmin;
import crowd.functions.Wiring;
import crowd.functions.http.Log;
import crowd.local.dev.Demo;
import crowd.local.function.LocalContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The functions on a table and a stream in memory, with the demo's website. */
final class World {

  private static final int MESSAGES = 500;

  private final InMemoryStore store = new InMemoryStore();
  private final InMemoryStream stream = new InMemoryStream();
  private final InstantSource clock = InstantSource.system();
  private final Wiring wiring =
      new Wiring(store, stream, clock, new RandomIds(), Log.NONE, Metrics.NONE);
  private final Project project = wiring.project();

  World() {
    Demo.addTo(new WebsiteAdmin(store, clock));
  }

  Wiring wiring() {
    return wiring;
  }

  /** What the functions have put on the stream. */
  List<Envelope> records() {
    return stream.records();
  }

  /**
   * Has the consumer take events, a second apart.
   *
   * @param who the field that says whose, and its value
   */
  void consumeEvents(String who, int events) {
    for (int first = 0; first < events; first += MESSAGES) {
      consume(
          EnvelopeJson.read(
              IntStream.range(first, Math.min(events, first + MESSAGES))
                  .mapToObj(n -> message(who, n))
                  .collect(
                      Collectors.joining(",", "{\"messages\":[", "],\"v\":1,\"website\":\"demo\"}"))
                  .getBytes(StandardCharsets.UTF_8)));
    }
  }

  private static String message(String who, int n) {
    long time = 1_700_000_000_000L + 1_000L * n;
    return """
    {%s,"body":{"event":"Viewed Pricing","properties":{"plan":"pro","price":49.0}},"expires":4102444800000,\
    "message_id":"m-%d","received_at":%d,"time":%d,"timestamp":%d,"type":"track"}\
    """
        .formatted(who, n, time + 100, time, time);
  }

  void consume(Envelope envelope) {
    var failed = project.apply(List.of(envelope), Instant.now().plus(Duration.ofHours(1)));
    if (!failed.isEmpty()) {
      throw new IllegalStateException("the consumer failed");
    }
  }

  /**
   * @throws IllegalStateException unless all copies are made of what the id has
   */
  void checkComplete(WebsiteId website, AnonymousId id) {
    var alias = new Table(store).alias(website, id);
    if (alias.owner().isEmpty() || !alias.copies().areAllMade()) {
      throw new IllegalStateException("the backfill is not complete: " + alias.copies());
    }
  }

  static String event(String name) throws IOException {
    return Files.readString(Root.file("events/" + name + ".json"));
  }

  /** What a function answers. */
  static String call(RequestStreamHandler function, String event) throws IOException {
    var answer = new ByteArrayOutputStream();
    function.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
        answer,
        new LocalContext("bench", "arn", 1024, "bench", Duration.ofMinutes(10), _ -> {}));
    return answer.toString(StandardCharsets.UTF_8);
  }
}
