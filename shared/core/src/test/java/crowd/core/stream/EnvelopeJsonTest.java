package crowd.core.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.json.Json;
import crowd.core.message.Message;
import crowd.core.message.MessageType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeJsonTest {

  /** The envelope that {@code envelope-v1.json} holds: what older records on a stream look like. */
  private static final Envelope GOLDEN =
      new Envelope(
          new WebsiteId("demo"),
          List.of(
              new Message(
                  MessageType.IDENTIFY,
                  new UserId("alice@example.com"),
                  new AnonymousId("anon_2b7e1516-28ae-42d2-a6ab-f7158809cf4f"),
                  "m-1",
                  Instant.parse("2026-11-25T11:59:58.123Z"),
                  Instant.parse("2026-11-25T11:59:59.123Z"),
                  Instant.parse("2026-11-25T12:00:00Z"),
                  Instant.MAX,
                  false,
                  new Json.Obj(
                      Map.of(
                          "traits",
                          new Json.Obj(
                              Map.of(
                                  "plan",
                                  Json.Null.VALUE,
                                  "balance",
                                  new Json.Num("1e400"),
                                  "name",
                                  new Json.Text("Zo\u00eb \ud83d\ude00 \"Q\"\n")))))),
              new Message(
                  MessageType.TRACK,
                  null,
                  new AnonymousId("anon_2b7e1516-28ae-42d2-a6ab-f7158809cf4f"),
                  "m-2",
                  Instant.parse("2026-11-25T12:00:00Z"),
                  Instant.parse("2026-11-25T12:00:00Z"),
                  Instant.parse("2026-11-25T12:00:00Z"),
                  Instant.parse("2027-11-25T12:00:00Z"),
                  true,
                  new Json.Obj(
                      Map.of(
                          "event",
                          new Json.Text("Signed Up"),
                          "properties",
                          new Json.Obj(
                              Map.of(
                                  "steps",
                                  new Json.Arr(
                                      List.of(new Json.Num("1.0"), new Json.Bool(true)))))))),
              new Message(
                  MessageType.RESET,
                  null,
                  new AnonymousId("anon_2b7e1516-28ae-42d2-a6ab-f7158809cf4f"),
                  "m-3",
                  Instant.parse("2026-11-25T12:00:01Z"),
                  Instant.parse("2026-11-25T12:00:01Z"),
                  Instant.parse("2026-11-25T12:00:01Z"),
                  Instant.MAX,
                  false,
                  Json.Obj.EMPTY)));

  @Test
  void write_isByteForByteWhatEarlierReleasesWrote() throws IOException {
    assertEquals(
        new String(golden(), StandardCharsets.UTF_8),
        new String(EnvelopeJson.write(GOLDEN), StandardCharsets.UTF_8) + "\n");
  }

  @Test
  void read_understandsWhatEarlierReleasesWrote() throws IOException {
    assertEquals(GOLDEN, EnvelopeJson.read(golden()));
  }

  @Test
  void read_afterWrite_givesTheSame() {
    assertEquals(GOLDEN, EnvelopeJson.read(EnvelopeJson.write(GOLDEN)));
  }

  @Test
  void writeRecord_refusesWhatNoRecordHolds() {
    // given
    var golden = GOLDEN.messages().getFirst();
    var large =
        new Message(
            golden.type(),
            golden.userId(),
            golden.anonymousId(),
            golden.messageId(),
            golden.timestamp(),
            golden.time(),
            golden.receivedAt(),
            golden.expires(),
            false,
            new Json.Obj(Map.of("event", new Json.Text("x".repeat(Stream.MAX_BYTES)))));

    // when, then
    assertThrows(
        IllegalArgumentException.class,
        () -> EnvelopeJson.writeRecord(new Envelope(GOLDEN.website(), List.of(large))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"v\":1}",
        "{\"v\":1,\"website\":\"demo\"}",
        "{\"v\":1,\"website\":\"demo\",\"messages\":[]}",
        "{\"v\":1,\"website\":\"demo\",\"messages\":[1]}",
        "{\"v\":1,\"website\":\"demo\",\"messages\":[{}]}",
        "{\"v\":1,\"website\":\"demo\",\"messages\":{}}",
        "{\"v\":1,\"website\":7,\"messages\":[{\"type\":\"reset\"}]}",
        "{\"v\":1,\"website\":\"demo\",\"messages\":[{\"type\":\"alias\"}]}",
      })
  void read_refusesWhatIsNoEnvelope(String text) {
    assertThrows(
        IllegalArgumentException.class,
        () -> EnvelopeJson.read(text.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "2", "1.0", "\"1\"", "null"})
  void read_refusesEveryOtherVersion(String version) {
    // given
    var other =
        new String(EnvelopeJson.write(GOLDEN), StandardCharsets.UTF_8)
            .replace("\"v\":1", "\"v\":" + version);

    // when, then
    assertThrows(
        IllegalArgumentException.class,
        () -> EnvelopeJson.read(other.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void read_ofDamagedBytes_refusesOrReadsAndNeverEndsOtherwise() {
    // given
    long seed = new SplittableRandom().nextLong();
    System.out.println("EnvelopeJsonTest seed " + seed);
    var random = new SplittableRandom(seed);
    var whole = EnvelopeJson.write(GOLDEN);
    int refused = 0;

    // when
    for (int round = 0; round < 2_000; round++) {
      var damaged = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
      for (int hit = random.nextInt(4); hit > 0 && damaged.length > 0; hit--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        EnvelopeJson.read(damaged);
      } catch (IllegalArgumentException e) {
        refused++;
      }
    }

    // then
    assertTrue(refused > 0);
  }

  private static byte[] golden() throws IOException {
    try (InputStream resource = EnvelopeJsonTest.class.getResourceAsStream("envelope-v1.json")) {
      return Objects.requireNonNull(resource).readAllBytes();
    }
  }
}
