package crowd.core.stream;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.json.Json;
import crowd.core.message.Message;
import crowd.core.message.MessageType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every stream promises to who appends to it. */
public abstract class StreamContract {

  protected static final WebsiteId DEMO = new WebsiteId("demo");
  protected static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  private static final int APPENDERS = 16;
  private static final int EACH = 25;

  /** A stream with nothing on it. */
  protected abstract Stream newStream() throws Exception;

  /**
   * What is on the stream that {@link #newStream} gave last, in any order; polls, with a bound,
   * until there are at least so many records.
   */
  protected abstract List<Envelope> read(int atLeast) throws Exception;

  @Test
  void append_one_isDeliveredWhole() throws Exception {
    // given
    var stream = newStream();
    var envelope = new Envelope(DEMO, List.of(track("m-1", "Signed Up"), identify("m-2"), reset()));

    // when
    var outcome = stream.append(envelope);

    // then
    assertEquals(AppendOutcome.APPENDED, outcome);
    assertEquals(Set.of(envelope), Set.copyOf(read(1)));
  }

  @Test
  void append_unicode_comesBackAsItWasSent() throws Exception {
    // given
    var stream = newStream();
    var texts =
        List.of(
            "\u0000\u0001\u001f\u007f",
            "\"quoted\" \\ back / slash",
            "\u00e9 e\u0301 \u1e9e \u0130",
            "\u202eright to left\u202c \u200b\ufeff",
            "\u2028\u2029\r\n\t",
            "\uff61 \ud800\udc00 \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 \udbff\udfff",
            "\ufffe\uffff");
    var envelope =
        new Envelope(
            DEMO,
            IntStream.range(0, texts.size()).mapToObj(i -> track("m-" + i, texts.get(i))).toList());

    // when
    var outcome = stream.append(envelope);

    // then
    assertEquals(AppendOutcome.APPENDED, outcome);
    assertEquals(Set.of(envelope), Set.copyOf(read(1)));
  }

  @Test
  void append_strangeMessageIds_areNoTrouble() throws Exception {
    // given
    var stream = newStream();
    var ids =
        List.of(
            " ",
            "x".repeat(255),
            "x".repeat(256),
            "x".repeat(257),
            "\ud83d\ude00".repeat(63),
            "\u0001");
    var envelopes = ids.stream().map(id -> new Envelope(DEMO, List.of(track(id, "Seen")))).toList();

    // when
    var outcomes = envelopes.stream().map(stream::append).toList();

    // then
    assertEquals(ids.stream().map(_ -> AppendOutcome.APPENDED).toList(), outcomes);
    assertEquals(Set.copyOf(envelopes), Set.copyOf(read(ids.size())));
  }

  @Test
  void append_theLargest_isDelivered() throws Exception {
    // given
    var stream = newStream();
    var largest = ofSize(Stream.MAX_BYTES, "m".repeat(256));
    var smallest = new Envelope(DEMO, List.of(reset()));

    // when
    var outcomes = List.of(stream.append(largest), stream.append(smallest));

    // then
    assertEquals(List.of(AppendOutcome.APPENDED, AppendOutcome.APPENDED), outcomes);
    assertEquals(Set.of(largest, smallest), Set.copyOf(read(2)));
  }

  @Test
  void append_overTheLargest_isRefusedAndNothingIsOnTheStream() throws Exception {
    // given
    var stream = newStream();
    var tooLarge = ofSize(Stream.MAX_BYTES + 1, "m-1");
    var after = new Envelope(DEMO, List.of(reset()));

    // when
    assertThrows(IllegalArgumentException.class, () -> stream.append(tooLarge));
    var outcome = stream.append(after);

    // then
    assertEquals(AppendOutcome.APPENDED, outcome);
    assertEquals(Set.of(after), Set.copyOf(read(1)));
  }

  @Test
  void append_theSameTwice_isTwoRecords() throws Exception {
    // given
    var stream = newStream();
    var envelope = new Envelope(DEMO, List.of(track("m-1", "Signed Up")));

    // when
    stream.append(envelope);
    stream.append(envelope);

    // then
    assertTrue(
        read(2).stream().collect(groupingBy(read -> read, counting())).getOrDefault(envelope, 0L)
            >= 2);
  }

  @Test
  void append_byManyAtOnce_losesNothing() throws Exception {
    // given
    var stream = newStream();
    var sent = new HashSet<Envelope>();
    var appends = new ArrayList<Callable<List<AppendOutcome>>>();
    for (int appender = 0; appender < APPENDERS; appender++) {
      var own = new ArrayList<Envelope>();
      for (int i = 0; i < EACH; i++) {
        own.add(new Envelope(DEMO, List.of(track("m-" + appender + "-" + i, "Seen"))));
      }
      sent.addAll(own);
      appends.add(() -> own.stream().map(stream::append).toList());
    }

    // when
    var outcomes = new HashSet<AppendOutcome>();
    try (var threads = Executors.newFixedThreadPool(APPENDERS)) {
      for (var ended : threads.invokeAll(appends)) {
        outcomes.addAll(ended.get());
      }
    }

    // then
    assertEquals(Set.of(AppendOutcome.APPENDED), outcomes);
    assertEquals(sent, Set.copyOf(read(APPENDERS * EACH)));
  }

  protected static Message track(String messageId, String event) {
    return new Message(
        MessageType.TRACK,
        null,
        new AnonymousId("anon_1"),
        messageId,
        NOON,
        NOON,
        NOON.plusMillis(7),
        NOON.plusSeconds(86_400),
        false,
        new Json.Obj(
            Map.of(
                "event",
                new Json.Text(event),
                "properties",
                new Json.Obj(Map.of("price", new Json.Num("1.10"))))));
  }

  private static Message identify(String messageId) {
    return new Message(
        MessageType.IDENTIFY,
        new UserId("alice"),
        new AnonymousId("anon_1"),
        messageId,
        NOON,
        NOON,
        NOON,
        Instant.MAX,
        true,
        new Json.Obj(Map.of("traits", new Json.Obj(Map.of("plan", Json.Null.VALUE)))));
  }

  private static Message reset() {
    return new Message(
        MessageType.RESET,
        null,
        new AnonymousId("anon_1"),
        "m-reset",
        NOON,
        NOON,
        NOON,
        Instant.MAX,
        false,
        Json.Obj.EMPTY);
  }

  private static Envelope ofSize(int bytes, String messageId) {
    int without = EnvelopeJson.write(new Envelope(DEMO, List.of(track(messageId, "")))).length;
    return new Envelope(DEMO, List.of(track(messageId, "x".repeat(bytes - without))));
  }
}
