package crowd.core.quarantine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.World;
import crowd.core.message.Message;
import crowd.core.quarantine.Redrive.Outcome;
import crowd.core.run.Attempts;
import crowd.core.run.Pause;
import crowd.core.store.StoreUnavailableException;
import crowd.core.store.memory.FaultScript;
import crowd.core.store.memory.FaultScript.Crash;
import crowd.core.store.memory.Faults.Fate;
import crowd.core.store.memory.Faults.Operation;
import crowd.core.stream.Envelope;
import crowd.core.stream.EnvelopeJson;
import crowd.core.stream.memory.InMemoryStream.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuarantineTest {

  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final LocalDate DAY = LocalDate.of(2026, 11, 25);
  private static final QuarantineId ID = new QuarantineId(DAY, "4711");
  private static final String POISON = base64("poison");

  private final World world = new World();
  private final Quarantine quarantine = new Quarantine(world.store, new Attempts(Pause.NONE));
  private final Redrive redrive = new Redrive(quarantine, world.stream);

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(Message... messages) {
    return Base64.getEncoder()
        .encodeToString(EnvelopeJson.write(new Envelope(World.SHOP, List.of(messages))));
  }

  private Message event() {
    return world.event("anon_a", "e1", 1);
  }

  private void keepSound() {
    assertTrue(quarantine.keep(NOON, "4711", base64(event()), "defect: a.Defect"));
  }

  private List<QuarantineId> listed() {
    return quarantine.list(DAY.minusDays(14), DAY).stream().map(Kept::id).toList();
  }

  @Test
  void list_ofSomeDays_isNewestFirstAndHoldsNothingOfTheRecords() {
    // given
    quarantine.keep(NOON.minusSeconds(86_400), "1", POISON, "a");
    quarantine.keep(NOON, "2", POISON, "b");
    quarantine.keep(NOON.plusSeconds(1), "3", base64("x".repeat(500_000)), "c");
    quarantine.keep(NOON.plusSeconds(86_400), "4", POISON, "d");
    // when
    var kept = quarantine.list(DAY.minusDays(1), DAY);
    // then
    assertEquals(
        List.of(
            new Kept(new QuarantineId(DAY, "3"), NOON.plusSeconds(1), "c", 500_000, 3, 3),
            new Kept(new QuarantineId(DAY, "2"), NOON, "b", 6, 1, 1),
            new Kept(
                new QuarantineId(DAY.minusDays(1), "1"), NOON.minusSeconds(86_400), "a", 6, 1, 1)),
        kept);
  }

  @Test
  void list_ofManyInABucket_readsAllPages() {
    // given
    var large = base64("x".repeat(1_000_000));
    for (int i = 0; i < 60; i++) {
      quarantine.keep(NOON, "n" + i, i % 10 == 0 ? large : POISON, "a");
    }
    // then
    assertEquals(60, listed().size());
    assertTrue(quarantine.list(DAY, DAY).stream().allMatch(Kept::isWhole));
  }

  @Test
  void find_givesTheBytesBack() {
    // given
    var record = "0123456789".repeat(60_000);
    quarantine.keep(NOON, "4711", base64(record), "a");
    quarantine.keep(NOON, "47110", POISON, "b");
    // when
    var found = quarantine.find(ID).orElseThrow();
    // then
    assertEquals(new Kept(ID, NOON, "a", 600_000, 4, 4), found.kept());
    assertEquals(record, new String(found.bytes(), StandardCharsets.UTF_8));
    assertEquals(Optional.empty(), quarantine.find(new QuarantineId(DAY, "471")));
  }

  @Test
  void drop_forgetsAllPartsOfOne() {
    // given
    quarantine.keep(NOON, "47110", POISON, "b");
    var before = world.memory.dump();
    quarantine.keep(NOON, "4711", base64("x".repeat(600_000)), "a");
    // then
    assertTrue(quarantine.drop(ID));
    assertEquals(before, world.memory.dump());
    assertFalse(quarantine.drop(ID));
  }

  @Test
  void drop_whenTheStoreDoesNotSay_isRepeatedAndThenThrows() {
    // given
    keepSound();
    world.faults.fate(1, FaultScript.each(Operation.TRANSACT), Fate.REPLY_LOST);
    // then
    assertTrue(quarantine.drop(ID));
    // given
    keepSound();
    for (int i = 1; i <= Attempts.MOST; i++) {
      world.faults.fate(i, FaultScript.each(Operation.TRANSACT), Fate.THROTTLED);
    }
    // then
    assertThrows(StoreUnavailableException.class, () -> quarantine.drop(ID));
    assertEquals(List.of(ID), listed());
  }

  @Test
  void redrive_ofWhatIsNowUnderstood_appendsItAndForgetsIt() {
    // given
    var before = world.memory.dump();
    keepSound();
    // when
    var outcome = redrive.one(ID);
    // then
    assertEquals(new Outcome.Redriven(1), outcome);
    assertEquals(List.of(new Envelope(World.SHOP, List.of(event()))), world.stream.records());
    assertEquals(before, world.memory.dump());
    assertEquals(new Outcome.Missing(), redrive.one(ID));
  }

  @Test
  void redrive_ofWhatIsStillPoison_leavesItAndSaysSo() {
    // given
    quarantine.keep(NOON, "4711", POISON, "a");
    var before = world.memory.dump();
    // then
    assertEquals(new Outcome.StillPoison("not a JSON object"), redrive.one(ID));
    assertEquals(before, world.memory.dump());
    assertEquals(List.of(), world.stream.records());
  }

  @Test
  void redrive_whenTheStreamDoesNotTakeIt_leavesIt() {
    // given
    keepSound();
    for (var fault : Fault.values()) {
      world.stream.fail(fault);
      // then
      assertEquals(new Outcome.NotTaken(), redrive.one(ID), fault.name());
      assertEquals(List.of(ID), listed());
    }
  }

  @Test
  void redrive_ofHalfARecord_leavesIt() {
    // given
    world.faults.fate(2, FaultScript.each(Operation.PUT_ALL), Fate.THROTTLED);
    assertFalse(quarantine.keep(NOON, "4711", base64("x".repeat(500_000)), "a"));
    // then
    assertEquals(new Outcome.Incomplete(), redrive.one(ID));
    assertEquals(List.of(new Kept(ID, NOON, "a", 303_392, 3, 2)), quarantine.list(DAY, DAY));
  }

  @Test
  void redrive_thatCrashesAtAnyCall_andIsRepeated_losesNothing() {
    for (int step = 1; crashesAndIsRepeated(step); step++) {
      assertTrue(step < 10, "the scenario does not end");
    }
  }

  /** Says whether it crashed. */
  private static boolean crashesAndIsRepeated(int step) {
    // given
    var test = new QuarantineTest();
    test.keepSound();
    boolean crashed = false;
    // when
    test.world.faults.crashAfter(step, FaultScript.any());
    try {
      test.redrive.one(ID);
    } catch (Crash _) {
      crashed = true;
      test.world.faults.clear();
      test.redrive.one(ID);
    }
    test.world.faults.clear();
    // then
    assertFalse(test.world.stream.records().isEmpty(), "step " + step);
    assertEquals(List.of(), test.listed(), "step " + step);
    return crashed;
  }

  @Test
  void id_readsWhatItWrites() {
    assertEquals(ID, QuarantineId.parse(ID.toString()));
    for (var text :
        List.of("", "/", "4711", "2026-11-25", "2026-11-25/", "x/1", "2026-11-25/1#0")) {
      assertThrows(IllegalArgumentException.class, () -> QuarantineId.parse(text), text);
    }
  }

  @Test
  void decoded_neverQuotesTheRecord() {
    var canary =
        "{\"v\":1,\"website\":\"%s\",\"messages\":[{\"type\":\"%s\",\"user_id\":\"%s\"%s}]}";
    for (var record :
        List.of(
            "c4n4ry",
            canary.formatted("c4n4ry", "c4n4ry", "c4n4ry", ""),
            canary.formatted("shop", "track", "c4n4ry\\u0000", ""),
            canary.formatted("c4n4ry!", "track", "c4n4ry", ""),
            canary.formatted(
                "shop", "track", "c4n4ry", ",\"message_id\":\"c4n4ry\",\"timestamp\":1e4"))) {
      // when
      var decoded = Decoded.of(base64(record));
      // then
      assertTrue(decoded instanceof Decoded.Poison, record);
      assertFalse(decoded.toString().contains("c4n4ry"), decoded.toString());
      assertFalse(decoded.toString().contains("1e4"), decoded.toString());
    }
    assertEquals(new Decoded.Poison("not Base64"), Decoded.of("c4n4ry!"));
  }
}
