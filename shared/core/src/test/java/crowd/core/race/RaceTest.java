package crowd.core.race;

import static crowd.core.World.aliasKey;
import static crowd.core.World.profileKey;
import static crowd.core.store.memory.FaultScript.any;
import static crowd.core.store.memory.FaultScript.each;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.World;
import crowd.core.identify.IdentifyOutcome;
import crowd.core.identify.IdentifyOutcome.Ending;
import crowd.core.identity.CopyState;
import crowd.core.identity.Ownership;
import crowd.core.identity.UserId;
import crowd.core.message.Message;
import crowd.core.message.MessageType;
import crowd.core.store.memory.FaultScript.Crash;
import crowd.core.store.memory.Faults.Fate;
import crowd.core.store.memory.Faults.Operation;
import crowd.core.stream.Envelope;
import crowd.core.stream.memory.InMemoryStream.Fault;
import crowd.core.track.TrackOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Races 1 to 9, 12, 17 to 19, 21 and 23 to 28. Where a race can happen at any call, it is made to
 * happen at each in turn.
 */
class RaceTest {

  private static final String ANN = "ann";
  private static final String BOB = "bob";
  private static final String A = "anon_a";
  private static final Duration LATER = Duration.ofMinutes(3);

  /** More calls than any of these scenarios makes; each loop ends at the last one that is made. */
  private static final int MANY = 500;

  private static Ending ending(IdentifyOutcome outcome) {
    return assertInstanceOf(IdentifyOutcome.Decided.class, outcome).ending();
  }

  private static Envelope record(World world, Message... messages) {
    return new Envelope(world.website.id(), List.of(messages));
  }

  /** A scenario in which something happens at one chosen step; says whether the step came. */
  private interface AtStep {
    boolean run(int step);
  }

  private static void atEveryStep(AtStep scenario) {
    int steps = 0;
    while (scenario.run(steps + 1)) {
      steps++;
      assertTrue(steps < MANY, "the scenario does not end");
    }
    assertTrue(steps > 0, "the scenario makes some calls");
  }

  /** Runs what may crash, and says whether it did. */
  private static boolean crashes(Runnable action) {
    try {
      action.run();
      return false;
    } catch (Crash _) {
      return true;
    }
  }

  private static void assertMerged(World world, String... events) {
    var expected = List.of(events);
    var shown = new ArrayList<>(world.timeline(ANN));
    shown.removeIf(event -> event.startsWith("login"));
    assertEquals(expected.stream().map(event -> event + "<").toList(), shown);
    assertEquals(expected, world.copies(ANN));
    assertTrue(world.alias(A).copies().areAllMade());
  }

  @Test
  void race01_trackInFlightWhileIdentifyLinks() {
    atEveryStep(step -> {
      // given
      var world = new World();
      world.track(world.event(A, "e1", 1));
      var linked = new boolean[1];
      Runnable identify =
          () -> {
            linked[0] = true;
            world.identify(world.login(ANN, A, 2));
            assertEquals(
                Optional.of(new UserId(ANN)), world.alias(A).owner(), "read your own merge");
          };
      // when
      world.faults.before(step, any(), identify);
      world.drain();
      world.faults.clear();
      boolean came = linked[0];
      if (!came) {
        identify.run();
      }
      world.drain();
      // then
      assertMerged(world, "e1");
      return came;
    });
  }

  @Test
  void race02_settleReadsTheAliasJustBeforeTheLink() {
    // given
    var world = new World();
    world.track(world.event(A, "e1", 1));
    // when
    world.faults.after(
        1, each(Operation.GET, aliasKey(A)), () -> world.identify(world.login(ANN, A, 2)));
    world.drain();
    // then
    assertMerged(world, "e1");
  }

  @Test
  void race03_linkIsConsumedBeforeTheTracks() {
    // given
    var world = new World();
    world.track(world.event(A, "e1", 1));
    var tracks = world.stream.drain();
    world.identify(world.login(ANN, A, 2));
    // when
    world.drain();
    world.consume(tracks);
    // then
    assertMerged(world, "e1");
  }

  @Test
  void race04_crashBetweenLinkAndStream() {
    // given
    var world = new World();
    world.track(world.event(A, "e1", 1));
    world.drain();
    world.faults.crashAfter(1, each(Operation.TRANSACT));
    // when
    assertThrows(Crash.class, () -> world.identify(world.login(ANN, A, 2)));
    // then
    assertEquals(List.of(), world.stream.drain());
    assertEquals(List.of("e1<"), world.timeline(ANN));
    // when
    world.wait(LATER);
    var report = world.reconcile();
    // then
    assertEquals(1, report.finished());
    assertMerged(world, "e1");
  }

  @Test
  void race05_crashMidwayInTheBackfill() {
    atEveryStep(step -> {
      // given
      var world = new World();
      track(world, 102);
      world.identify(world.login(ANN, A, 500));
      var records = world.stream.drain();
      // when
      world.faults.crashAfter(step, any());
      boolean crashed = crashes(() -> world.consume(records));
      world.faults.clear();
      // then
      assertEquals(names(102), shown(world));
      // when
      world.consume(records);
      // then
      assertMerged(world, names(102).toArray(String[]::new));
      return crashed;
    });
  }

  private static void track(World world, int events) {
    world.batch(
        IntStream.rangeClosed(1, events).mapToObj(i -> world.event(A, name(i), i)).toList());
    world.drain();
  }

  private static String name(int i) {
    return "e%03d".formatted(i);
  }

  private static List<String> names(int events) {
    return IntStream.rangeClosed(1, events).mapToObj(RaceTest::name).toList();
  }

  private static List<String> shown(World world) {
    return world.timeline(ANN).stream()
        .filter(event -> !event.startsWith("login"))
        .map(event -> event.replace("<", ""))
        .toList();
  }

  @Test
  void c22_aBackfillThatFailsAgainAndAgainIsRepairedLater() {
    // given
    var world = new World();
    track(world, 3);
    assertEquals(Ending.CREATED, ending(world.identify(world.login(ANN, A, 500))));
    var records = world.stream.drain();
    for (int delivery = 1; delivery <= 3; delivery++) {
      for (int n = 1; n <= 18; n++) {
        world.faults.fate(
            n,
            step ->
                step.operation() == Operation.WRITE
                    && step.keys().iterator().next().sk().endsWith("#=" + A),
            Fate.THROTTLED);
      }
      // when
      var failed = world.consume(records);
      world.faults.clear();
      // then: visible as a failure, and right for readers throughout
      assertEquals(Set.of(0), failed);
      assertEquals(names(3), shown(world));
      assertEquals(CopyState.PENDING, world.alias(A).copies());
    }
    // when
    world.wait(LATER);
    world.reconcile();
    // then
    assertMerged(world, names(3).toArray(String[]::new));
  }

  @Test
  void race06_doneIsNeverThereBeforeTheCopies() {
    atEveryStep(step -> {
      // given
      var world = new World();
      track(world, 3);
      world.identify(world.login(ANN, A, 500));
      var came = new boolean[1];
      // when
      world.faults.after(
          step,
          any(),
          () -> {
            came[0] = true;
            // then
            if (world.alias(A).copies() == CopyState.DONE) {
              assertEquals(names(3), world.copies(ANN));
            }
          });
      world.drain();
      assertMerged(world, names(3).toArray(String[]::new));
      return came[0];
    });
  }

  @Test
  void race07_timeoutMidwayInTheBackfill() {
    // given
    var world = new World();
    track(world, 250);
    world.identify(world.login(ANN, A, 500));
    // when
    world.consume(world.stream.drain(), Instant.MIN);
    // then
    assertEquals(CopyState.PENDING, world.alias(A).copies());
    assertEquals(names(100), world.copies(ANN));
    assertEquals(names(250), shown(world));
    // when
    world.reconcile();
    // then
    assertMerged(world, names(250).toArray(String[]::new));
  }

  @Test
  void race07_timeoutOfOneBackfillWhileAnotherEnds() {
    // given
    var world = new World();
    track(world, 250);
    world.identify(world.login(ANN, A, 500));
    world.wait(LATER);
    // when
    world.faults.before(2, each(Operation.GET, aliasKey(A)), () -> world.reconcile());
    world.consume(world.stream.drain(), Instant.MIN);
    // then
    assertMerged(world, names(250).toArray(String[]::new));
    assertEquals(null, world.alias(A).cursor());
    world.wait(LATER);
    assertEquals(0, world.reconcile().finished());
  }

  @Test
  void race08_eventBehindTheCursor() {
    // given
    var world = new World();
    track(world, 250);
    world.identify(world.login(ANN, A, 500));
    world.consume(world.stream.drain(), Instant.MIN);
    // when
    world.track(world.event(A, "e000", 0));
    world.drain();
    world.reconcile();
    // then
    var all = new ArrayList<>(List.of("e000"));
    all.addAll(names(250));
    assertMerged(world, all.toArray(String[]::new));
  }

  @Test
  void race09_twoUsersClaimOneIdAtOnce() {
    atEveryStep(step -> {
      // given
      var world = new World();
      world.track(world.event(A, "e1", 1));
      world.drain();
      var bobs = new Ending[1];
      // when
      world.faults.before(
          step, any(), () -> bobs[0] = ending(world.identify(world.login(BOB, A, 3))));
      var anns = ending(world.identify(world.login(ANN, A, 2)));
      world.faults.clear();
      boolean came = bobs[0] != null;
      if (!came) {
        bobs[0] = ending(world.identify(world.login(BOB, A, 3)));
      }
      world.drain();
      // then
      assertEquals(
          Set.of(Ending.CREATED, Ending.USER_SWITCH), Set.of(anns, bobs[0]), "one of each");
      var winner = anns == Ending.CREATED ? ANN : BOB;
      var loser = anns == Ending.CREATED ? BOB : ANN;
      assertEquals(Optional.of(new UserId(winner)), world.alias(A).owner());
      assertEquals(1, world.profile(winner).links());
      assertEquals(0, world.profile(loser).links());
      assertTrue(world.timeline(winner).contains("e1<"));
      assertTrue(!world.timeline(loser).contains("e1<"));
      return came;
    });
  }

  @Test
  void race09_theLoserRetriesAfterALostReplyOfTheWinner() {
    // given
    var world = new World();
    world.faults.fate(1, each(Operation.TRANSACT), Fate.REPLY_LOST);
    // when
    var outcome = ending(world.identify(world.login(ANN, A, 2)));
    // then
    assertEquals(Ending.CREATED, outcome);
    assertEquals(1, world.profile(ANN).links());
  }

  @Test
  void race12_anEarlierSealWhileCopiesAreTakenBack() {
    // given
    var world = new World();
    world.track(world.event(A, "e1", 1));
    world.identify(world.login(ANN, A, 2));
    world.drain();
    world.reset(world.logout(A, 8));
    // when
    world.faults.before(
        2, each(Operation.GET, aliasKey(A)), () -> world.identify(world.login(BOB, A, 5)));
    world.drain();
    // then
    assertMerged(world, "e1");
  }

  @Test
  void race12_repeatOfAnEventIsSettledDuringAReset() {
    atEveryStep(step -> {
      // given
      var world = new World();
      var event = world.event(A, "e1", 1);
      world.track(event);
      world.identify(world.login(ANN, A, 2));
      world.drain();
      var came = new boolean[1];
      // when
      Runnable reset =
          () -> {
            world.reset(world.logout(A, 8));
            world.wait(LATER);
            world.reconcile();
          };
      Runnable look =
          () -> {
            came[0] = true;
            assertTrue(world.timeline(ANN).contains("e1<"), "shown at step " + step);
          };
      world.faults.before(2, each(Operation.GET, aliasKey(A)), reset).before(step, any(), look);
      world.consume(List.of(record(world, event)));
      // then
      assertMerged(world, "e1");
      return came[0];
    });
  }

  @Test
  void race12_aCopyThatLandsBehindTheSeal() {
    // given: the copy of an event is sent, sent again, and the first sending is still on its way
    var world = new World();
    world.identify(world.login(ANN, A, 2));
    world.drain();
    world.track(world.event(A, "e9", 9));
    world.faults.fate(1, each(Operation.WRITE), Fate.LATE);
    world.drain();
    assertEquals(List.of("e9"), world.copies(ANN));
    world.reset(world.logout(A, 8));
    world.drain();
    assertEquals(List.of(), world.copies(ANN));
    // when
    world.memory.landLate();
    assertEquals(List.of("e9"), world.copies(ANN));
    // then: no reader sees it, and the last look takes it back
    assertEquals(List.of("login-ann-anon_a-2"), world.timeline(ANN));
    world.wait(Duration.ofMinutes(21));
    world.reconcile();
    assertEquals(List.of(), world.copies(ANN));
    assertEquals(CopyState.DONE, world.alias(A).copies());
  }

  @Test
  void race17_serverIdentifyBeforeTheBrowsersFirstEvent() {
    // given
    var world = new World();
    assertEquals(Ending.CREATED, ending(world.identify(world.login(ANN, A, 5))));
    world.drain();
    // when
    world.track(world.event(A, "e1", 3));
    world.drain();
    // then
    assertMerged(world, "e1");
  }

  @Test
  void race18_serverAndBrowserIdentifyAtOnce() {
    atEveryStep(step -> {
      // given
      var world = new World();
      world.track(world.event(A, "e1", 1));
      world.drain();
      var came = new boolean[1];
      // when
      world.faults.before(
          step,
          any(),
          () -> {
            came[0] = true;
            world.identify(world.login(ANN, A, 3));
          });
      world.identify(world.login(ANN, A, 2));
      world.faults.clear();
      if (!came[0]) {
        world.identify(world.login(ANN, A, 3));
      }
      world.drain();
      // then
      assertEquals(1, world.profile(ANN).links());
      assertEquals(List.of("e1<", "login-ann-anon_a-2", "login-ann-anon_a-3"), world.timeline(ANN));
      assertEquals(Optional.of(World.at(2)), claimedAt(world));
      assertMerged(world, "e1");
      return came[0];
    });
  }

  private static Optional<Instant> claimedAt(World world) {
    return Optional.ofNullable(world.alias(A).ownership()).map(Ownership::claimedAt);
  }

  @Test
  void race19_traitsOutOfOrderAtOnceAndAtEqualTimes() {
    // given
    var writes =
        List.of(
            new String[] {"{'plan':'free','a':1}", "m1", "1"},
            new String[] {"{'plan':'pro'}", "m2", "2"},
            new String[] {"{'plan':'team','b':2}", "m3", "2"},
            new String[] {"{'a':null}", "m4", "3"});
    var states = new TreeSet<String>();
    permute(
        new ArrayList<>(writes),
        0,
        order -> {
          var world = new World();
          // when
          for (var write : order) {
            world.identify(world.traits(ANN, write[0], write[1], Integer.parseInt(write[2])));
          }
          states.add(world.traits(ANN));
        });
    // then
    assertEquals(Set.of("{\"b\":2,\"plan\":\"team\"}"), states);
  }

  @Test
  void race19_traitsWrittenAtOnceAreAllKept() {
    atEveryStep(step -> {
      // given
      var world = new World();
      world.identify(world.traits(ANN, "{'a':1}", "m1", 1));
      var came = new boolean[1];
      // when
      world.faults.before(
          step,
          any(),
          () -> {
            came[0] = true;
            world.identify(world.traits(ANN, "{'b':2}", "m2", 2));
          });
      world.identify(world.traits(ANN, "{'c':3}", "m3", 2));
      // then
      if (came[0]) {
        assertEquals("{\"a\":1,\"b\":2,\"c\":3}", world.traits(ANN));
      }
      return came[0];
    });
  }

  private static <T> void permute(List<T> items, int from, Consumer<List<T>> each) {
    if (from == items.size()) {
      each.accept(List.copyOf(items));
    }
    for (int i = from; i < items.size(); i++) {
      Collections.swap(items, from, i);
      permute(items, from + 1, each);
      Collections.swap(items, from, i);
    }
  }

  @Test
  void race21_lastSeenIsTheSameTogetherAndOneByOne() {
    for (var before : List.of(true, false)) {
      // given
      var together = new World();
      var oneByOne = new World();
      for (var world : List.of(together, oneByOne)) {
        if (before) {
          world.identify(world.login(ANN, A, 1));
          world.drain();
        }
        for (int second : new int[] {3599, 3600, 3602}) {
          world.track(world.event(A, "a" + second, second));
          world.track(world.userEvent(ANN, Optional.empty(), "u" + second, second + 1));
        }
        if (!before) {
          world.identify(world.login(ANN, A, 1));
        }
      }
      // when
      together.drain();
      for (var record : oneByOne.stream.drain()) {
        oneByOne.consume(List.of(record));
      }
      // then
      assertEquals(World.at(3600), together.profile(ANN).lastSeen());
      assertEquals(World.at(3600), oneByOne.profile(ANN).lastSeen());
    }
  }

  @Test
  void race21_partialBatchIsRetriedAndBisected() {
    // given
    var world = new World();
    var records =
        List.of(
            record(world, world.event(A, "e1", 1)),
            record(world, world.event(A, "e2", 2)),
            record(world, world.event(A, "e3", 3)));
    world.identify(world.login(ANN, A, 4));
    world.drain();
    world.faults.fate(2, each(Operation.PUT_ALL), Fate.THROTTLED);
    // when
    var failed = world.consume(records);
    // then
    assertEquals(Set.of(1), failed);
    // when
    world.consume(records.subList(1, 2));
    world.consume(records.subList(1, 3));
    // then
    assertMerged(world, "e1", "e2", "e3");
  }

  @Test
  void race23_httpRetryThatStampsANewTime() {
    // given
    var world = new World();
    var json =
        "{'anonymous_id':'anon_a','event':'e1','message_id':'e1','timestamp':'%s','sent_at':'%s'}";
    // when
    world.track(world.message(MessageType.TRACK, json.formatted(World.at(1), World.at(2))));
    world.wait(Duration.ofSeconds(9));
    world.track(world.message(MessageType.TRACK, json.formatted(World.at(1), World.at(5))));
    world.identify(world.login(ANN, A, 50_000));
    world.drain();
    // then
    assertEquals(1, shown(world).size());
    assertEquals(
        world.now().minusSeconds(10),
        world.events(ANN).stream()
            .filter(event -> event.message().messageId().equals("e1"))
            .findFirst()
            .orElseThrow()
            .message()
            .time(),
        "the earliest of the two");
  }

  @Test
  void race24_oneMessageIdFromTwoVisitors() {
    // given
    var world = new World();
    world.track(world.event(A, "same", 1));
    world.track(world.event("anon_b", "same", 1));
    // when
    world.identify(world.login(ANN, A, 2));
    world.identify(world.login(BOB, "anon_b", 2));
    world.drain();
    // then
    assertEquals(List.of("same<"), world.timeline(ANN).subList(0, 1));
    assertEquals(List.of("same<"), world.timeline(BOB).subList(0, 1));
  }

  @Test
  void race25_theSameMessageFirstAnonymousThenWithAUser() {
    // given
    var world = new World();
    // when
    world.track(world.event(A, "e1", 1));
    world.track(world.userEvent(ANN, Optional.of(A), "e1", 1));
    world.drain();
    // then
    assertEquals(List.of("e1"), world.timeline(ANN));
  }

  @Test
  void race26_twoConsumersOfTheSameRecords() {
    atEveryStep(step -> {
      // given
      var world = new World();
      world.track(world.event(A, "e1", 1));
      world.identify(world.login(ANN, A, 2));
      world.track(world.userEvent(ANN, Optional.of(A), "e2", 3));
      world.reset(world.logout(A, 4));
      world.track(world.event(A, "e3", 5));
      var records = world.stream.drain();
      var reversed = new ArrayList<>(records);
      Collections.reverse(reversed);
      var came = new boolean[1];
      // when
      world.faults.before(
          step,
          any(),
          () -> {
            came[0] = true;
            world.consume(reversed);
          });
      world.consume(records);
      // then
      assertEquals(List.of("e1<", "login-ann-anon_a-2", "e2"), world.timeline(ANN));
      assertEquals(List.of("e1"), world.copies(ANN));
      return came[0];
    });
  }

  @Test
  void race27_appendFails() {
    for (var fault : Fault.values()) {
      // given
      var world = new World();
      var event = world.event(A, "e1", 1);
      var login = world.login(ANN, A, 2);
      // when
      world.stream.fail(fault, fault);
      var tracked = world.track(event);
      var identified = world.identify(login);
      // then
      assertEquals(new TrackOutcome.Unavailable(), tracked);
      assertEquals(new IdentifyOutcome.Unavailable(), identified);
      // when
      world.track(event);
      world.identify(login);
      world.drain();
      // then
      assertMerged(world, "e1");
    }
  }

  @Test
  void race28_unprocessedItems() {
    // given
    var world = new World();
    var events = IntStream.rangeClosed(1, 60).mapToObj(i -> world.event(A, name(i), i)).toList();
    var records = List.of(record(world, events.toArray(Message[]::new)));
    world.identify(world.login(ANN, A, 500));
    world.drain();
    world.faults.fate(30, each(Operation.PUT_ALL), Fate.THROTTLED);
    // when
    var failed = world.consume(records);
    // then
    assertEquals(Set.of(0), failed);
    // when
    world.consume(records);
    // then
    assertMerged(world, names(60).toArray(String[]::new));
  }

  @Test
  void throttledIsNotTakenForExists() {
    // given
    var world = new World();
    world.track(world.event(A, "e1", 1));
    world.drain();
    for (int i = 1; i <= 3; i++) {
      world.faults.fate(i, each(Operation.TRANSACT), Fate.THROTTLED);
    }
    // when
    var outcome = ending(world.identify(world.login(ANN, A, 2)));
    // then
    assertEquals(Ending.CREATED, outcome);
    world.drain();
    assertMerged(world, "e1");
  }

  @Test
  void storeThatStaysThrottledIsUnavailableAndNothingIsLinked() {
    // given
    var world = new World();
    for (int i = 1; i <= 6; i++) {
      world.faults.fate(1, each(Operation.TRANSACT), Fate.THROTTLED);
    }
    for (int i = 1; i <= 6; i++) {
      world.faults.fate(i, each(Operation.TRANSACT), Fate.THROTTLED);
    }
    // when
    var outcome = world.identify(world.login(ANN, A, 2));
    // then
    assertEquals(new IdentifyOutcome.Unavailable(), outcome);
    assertEquals(Optional.empty(), world.alias(A).owner());
    assertEquals(List.of(), world.stream.drain());
    assertTrue(world.table.store().get(List.of(profileKey(ANN))).isEmpty());
  }

  @Test
  void claimThatLosesEveryTry_isContendedAndNothingIsLinked() {
    // given
    var world = new World();
    for (int i = 1; i <= 6; i++) {
      world.faults.fate(i, each(Operation.TRANSACT), Fate.CONFLICT);
    }
    // when
    var outcome = world.identify(world.login(ANN, A, 2));
    // then
    assertEquals(new IdentifyOutcome.Contended(), outcome);
    assertEquals(Optional.empty(), world.alias(A).owner());
    assertEquals(List.of(), world.stream.drain());
    // when
    var again = ending(world.identify(world.login(ANN, A, 2)));
    // then
    assertEquals(Ending.CREATED, again);
  }

  @Test
  void claimThatMeetsABusyStoreOnce_isNotContended() {
    // given
    var world = new World();
    for (int i = 1; i <= 5; i++) {
      world.faults.fate(i, each(Operation.TRANSACT), Fate.CONFLICT);
    }
    world.faults.fate(6, each(Operation.TRANSACT), Fate.THROTTLED);
    // when
    var outcome = world.identify(world.login(ANN, A, 2));
    // then
    assertEquals(new IdentifyOutcome.Unavailable(), outcome);
  }
}
