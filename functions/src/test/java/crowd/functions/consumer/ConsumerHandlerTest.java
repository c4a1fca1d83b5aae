package crowd.functions.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import crowd.core.json.Json;
import crowd.core.json.JsonText;
import crowd.core.message.Message;
import crowd.core.message.MessageType;
import crowd.core.observe.Counter;
import crowd.core.store.Item;
import crowd.core.stream.Envelope;
import crowd.core.stream.EnvelopeJson;
import crowd.core.table.TableKeys;
import crowd.functions.World;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsumerHandlerTest {

  private static final Instant ARRIVED = Instant.ofEpochMilli(1_764_072_000_123L);
  private static final String ALL_DONE = "{\"batchItemFailures\":[]}";

  private final World world = new World();
  private final ConsumerHandler handler = new ConsumerHandler(world.wiring);

  private static Message track(String messageId) {
    return new Message(
        MessageType.TRACK,
        new UserId("u1"),
        null,
        messageId,
        World.NOON,
        World.NOON,
        World.NOON,
        Instant.MAX,
        false,
        World.json("{\"event\":\"e\"}"));
  }

  private static byte[] envelope(Message... messages) {
    return EnvelopeJson.write(new Envelope(World.DEMO, List.of(messages)));
  }

  /** The records as Lambda hands them over, with the sequence numbers 100, 101, ... */
  private String consume(byte[]... records) {
    var json = new ArrayList<Json>();
    for (int i = 0; i < records.length; i++) {
      var kinesis =
          Json.Obj.EMPTY
              .with("sequenceNumber", new Json.Text("" + (100 + i)))
              .with("partitionKey", new Json.Text("p"))
              .with("approximateArrivalTimestamp", new Json.Num("1764072000.123"))
              .with("data", new Json.Text(Base64.getEncoder().encodeToString(records[i])));
      json.add(
          Json.Obj.EMPTY
              .with("kinesis", kinesis)
              .with("eventSource", new Json.Text("aws:kinesis")));
    }
    return invoke(JsonText.write(Json.Obj.EMPTY.with("Records", new Json.Arr(json))));
  }

  private String invoke(String event) {
    return world.invoke(handler, event.getBytes(StandardCharsets.UTF_8));
  }

  private List<Item> quarantined() {
    return world.store.dump().stream().filter(item -> item.key().pk().startsWith("_#q#")).toList();
  }

  private boolean isStored(Message message) {
    var key = TableKeys.event(World.DEMO, message);
    return world.store.get(List.of(key)).containsKey(key);
  }

  @Test
  void handleRequest_ofSoundRecords_storesTheirEvents() {
    // when
    var answer = consume(envelope(track("m1"), track("m2")), envelope(track("m3")));

    // then
    assertEquals(ALL_DONE, answer);
    for (var id : List.of("m1", "m2", "m3")) {
      assertEquals(true, isStored(track(id)), id);
    }
    assertEquals(
        List.of(
            Map.of(
                "request_id",
                "aws-request",
                "function",
                "consumer",
                "outcome",
                "ok",
                "records",
                2,
                "quarantined",
                0,
                "failed",
                0,
                "ms",
                0L)),
        world.lines);
  }

  @Test
  void handleRequest_ofARecordThatCanNeverBeUnderstood_keepsItAsideAndGoesOn() {
    // given
    var newer =
        new String(envelope(track("m2")), StandardCharsets.UTF_8)
            .replace("\"v\":1", "\"v\":2")
            .getBytes(StandardCharsets.UTF_8);

    // when
    var answer = consume(envelope(track("m1")), newer, new byte[0], envelope(track("m3")));

    // then
    assertEquals(ALL_DONE, answer);
    assertEquals(true, isStored(track("m1")));
    assertEquals(true, isStored(track("m3")));
    assertEquals(
        List.of("101#0", "102#0"),
        quarantined().stream().map(item -> item.key().sk()).sorted().toList());
    assertEquals(2L, world.counts.get(Counter.QUARANTINED_RECORDS));
    var kept = quarantined().stream().filter(item -> item.key().sk().equals("101#0")).findFirst();
    assertEquals(
        Base64.getEncoder().encodeToString(newer), kept.orElseThrow().requireText("record"));
    assertEquals(1764072000123L, kept.orElseThrow().requireWhole("received_at"));
  }

  @Test
  void handleRequest_whenTheStoreIsDown_reportsTheFirstRecord() {
    // given
    world.setStoreDown(true);

    // when
    var answer = consume("poison".getBytes(StandardCharsets.UTF_8), envelope(track("m1")));

    // then
    assertEquals("{\"batchItemFailures\":[{\"itemIdentifier\":\"100\"}]}", answer);
    assertEquals("again", world.lines.getLast().get("outcome"));
  }

  @Test
  void handleRequest_ofARecordThatMeetsADefect_doesThoseBeforeItAndReportsIt() {
    // given
    var ofNobody = ofNobody();
    world.setClock(ARRIVED.plusSeconds(1));

    // when
    var answer = consume(envelope(track("m1")), envelope(ofNobody), envelope(track("m3")));

    // then
    assertEquals("{\"batchItemFailures\":[{\"itemIdentifier\":\"101\"}]}", answer);
    assertEquals(true, isStored(track("m1")));
    assertEquals("java.util.NoSuchElementException", world.lines.getLast().get("exception"));
    assertFalse(world.lines.toString().contains("canary"));
  }

  /** One that is decoded, and belongs to nobody, which the use cases do not foresee. */
  private static Message ofNobody() {
    return new Message(
        MessageType.TRACK,
        null,
        null,
        "canary-m2",
        World.NOON,
        World.NOON,
        World.NOON,
        Instant.MAX,
        false,
        World.json("{\"event\":\"canary-event\"}"));
  }

  @Test
  void handleRequest_ofARecordThatHasMetADefectForAnHour_keepsItAsideAndGoesOn() {
    // given
    world.setClock(ARRIVED.plus(Consumption.DEFECT_PATIENCE));
    var records = new byte[][] {envelope(ofNobody()), envelope(track("m3"))};
    assertEquals("{\"batchItemFailures\":[{\"itemIdentifier\":\"100\"}]}", consume(records));
    assertEquals(List.of(), quarantined());
    world.setClock(ARRIVED.plus(Consumption.DEFECT_PATIENCE).plusMillis(1));

    // when
    var answer = consume(records);

    // then
    assertEquals(ALL_DONE, answer);
    assertEquals(true, isStored(track("m3")));
    assertEquals(
        List.of("defect: java.util.NoSuchElementException"),
        quarantined().stream().map(item -> item.requireText("reason")).toList());
    assertEquals(1L, world.counts.get(Counter.QUARANTINED_RECORDS));
    assertEquals(1, world.lines.getLast().get("quarantined"));
    assertEquals("java.util.NoSuchElementException", world.lines.getLast().get("exception"));
  }

  @Test
  void handleRequest_whenKeepingAsideMeetsADefect_reportsTheRecordAndSaysWhereOnly() {
    // given
    world.breakStore("a defect that quotes canary");

    // when
    var answer = consume("poison".getBytes(StandardCharsets.UTF_8));

    // then
    assertEquals("{\"batchItemFailures\":[{\"itemIdentifier\":\"100\"}]}", answer);
    assertEquals("java.lang.IllegalStateException", world.lines.getLast().get("exception"));
    assertFalse(world.lines.toString().contains("canary"));
  }

  @Test
  void handleRequest_whenTheStoreIsDownForHours_keepsNothingAside() {
    // given
    world.setClock(ARRIVED.plusSeconds(86_400));
    world.setStoreDown(true);

    // when
    var answer = consume(envelope(track("m1")), envelope(ofNobody()));

    // then
    assertEquals("{\"batchItemFailures\":[{\"itemIdentifier\":\"100\"}]}", answer);
    world.setStoreDown(false);
    assertEquals(List.of(), quarantined());
  }

  @Test
  void handleRequest_again_changesNothing() {
    // given
    var anonymous =
        new Message(
            MessageType.TRACK,
            null,
            new AnonymousId("a1"),
            "m4",
            World.NOON,
            World.NOON,
            World.NOON,
            World.NOON.plusSeconds(86_400),
            false,
            World.json("{\"event\":\"e\"}"));
    consume(envelope(track("m1"), anonymous), "poison".getBytes(StandardCharsets.UTF_8));
    var before = world.store.dump();

    // when
    consume(envelope(track("m1"), anonymous), "poison".getBytes(StandardCharsets.UTF_8));

    // then
    assertEquals(before, world.store.dump());
  }

  @Test
  void handleRequest_ofAnEventThatIsNone_throws() {
    for (var event : List.of("", "{}", "{\"Records\":[{}]}", "{\"Records\":[{\"kinesis\":{}}]}")) {
      assertThrows(IllegalArgumentException.class, () -> invoke(event), event);
    }
  }

  @Test
  void handleRequest_ofTheFirstRecords_notesThatTheWebsiteSends() {
    // given
    var before = world.wiring.firstEvents().of(World.DEMO);

    // when
    consume("poison".getBytes(StandardCharsets.UTF_8));
    var afterPoison = world.wiring.firstEvents().of(World.DEMO);
    consume(envelope(track("m1"), track("m2")));

    // then
    assertEquals(Optional.empty(), before);
    assertEquals(Optional.empty(), afterPoison);
    assertEquals(Optional.of(World.NOON), world.wiring.firstEvents().of(World.DEMO));
  }
}
