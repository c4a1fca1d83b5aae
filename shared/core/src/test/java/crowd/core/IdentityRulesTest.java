package crowd.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.claim.Claims;
import crowd.core.identify.IdentifyOutcome;
import crowd.core.identify.IdentifyOutcome.Ending;
import crowd.core.identify.Warning;
import crowd.core.identity.CopyState;
import crowd.core.identity.UserId;
import crowd.core.message.Message;
import crowd.core.message.MessageType;
import crowd.core.reset.ResetOutcome;
import crowd.core.store.memory.FaultScript;
import crowd.core.store.memory.Faults.Operation;
import crowd.core.unlink.UnlinkJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rules R1 to R6 through the use cases. */
class IdentityRulesTest {

  private static final String A = "anon_a";

  private final World world = new World();

  private Ending identify(String user, String anonymousId, int second) {
    return ending(world.identify(world.login(user, anonymousId, second)));
  }

  private static Ending ending(IdentifyOutcome outcome) {
    return assertInstanceOf(IdentifyOutcome.Decided.class, outcome).ending();
  }

  @Test
  void r1_anEventWithAUserBelongsToHim() {
    // given
    identify("ann", A, 1);
    // when
    world.track(world.userEvent("bob", Optional.of(A), "e1", 2));
    world.drain();
    // then
    assertEquals(List.of("e1"), world.timeline("bob"));
    assertEquals(List.of("login-ann-anon_a-1"), world.timeline("ann"));
  }

  @Test
  void r2_anAnonymousEventBelongsToTheOwnerUpToTheSeal() {
    // given
    identify("ann", A, 2);
    world.reset(world.logout(A, 4));
    // when
    world.track(world.event(A, "at-the-seal", 4));
    world.track(world.event(A, "after", 5));
    world.track(world.event(A, "before", 1));
    world.drain();
    // then
    assertEquals(List.of("before<", "login-ann-anon_a-2", "at-the-seal"), world.timeline("ann"));
    assertEquals(List.of("before", "at-the-seal"), world.copies("ann"));
  }

  @Test
  void r2_aSealTakesBackWhatWasCopiedBehindIt() {
    // given
    identify("ann", A, 2);
    world.track(world.event(A, "e1", 1));
    world.track(world.event(A, "e9", 9));
    world.drain();
    assertEquals(List.of("e1", "e9"), world.copies("ann"));
    // when
    world.reset(world.logout(A, 4));
    // then
    assertEquals(List.of("e1<", "login-ann-anon_a-2"), world.timeline("ann"));
    // when
    world.drain();
    // then
    assertEquals(List.of("e1"), world.copies("ann"));
    assertEquals(CopyState.TRIMMED, world.alias(A).copies());
  }

  @Test
  void r3_theFirstClaimWins() {
    // given
    world.track(world.event(A, "e1", 1));
    world.drain();
    // when
    var anns = identify("ann", A, 2);
    var bobs = identify("bob", A, 3);
    world.drain();
    // then
    assertEquals(List.of(Ending.CREATED, Ending.USER_SWITCH), List.of(anns, bobs));
    assertEquals(List.of("e1<", "login-ann-anon_a-2"), world.timeline("ann"));
    assertEquals(List.of("login-bob-anon_a-3"), world.timeline("bob"));
    assertEquals(World.at(3), world.alias(A).sealedAt());
  }

  @Test
  void r3_anyMessageWithBothIdsClaims() {
    // given
    world.track(world.event(A, "e1", 1));
    world.track(world.event(A, "e2", 2));
    // when
    world.track(world.userEvent("ann", Optional.of(A), "e3", 3));
    world.drain();
    // then
    assertEquals(List.of("e1<", "e2<", "e3"), world.timeline("ann"));
    assertEquals("track", world.person("ann").orElseThrow().links().getFirst().source());
  }

  @Test
  void r3_aThirdUserMakesTheIdShared() {
    // given
    world.track(world.event(A, "e1", 1));
    identify("ann", A, 2);
    world.drain();
    identify("bob", A, 3);
    world.drain();
    assertEquals(List.of("e1"), world.copies("ann"));
    // when
    var third = identify("cyd", A, 4);
    // then: at once for readers
    assertEquals(Ending.USER_SWITCH, third);
    assertTrue(world.alias(A).shared());
    assertEquals(Optional.empty(), world.alias(A).owner());
    assertEquals(List.of("login-ann-anon_a-2"), world.timeline("ann"));
    assertEquals(List.of(), world.person("ann").orElseThrow().links());
    // when
    world.drain();
    world.reconcile();
    // then: and soon in the table
    assertEquals(List.of(), world.copies("ann"));
    // when
    world.wait(UnlinkJob.LATE_SWEEP_AFTER);
    world.reconcile();
    // then
    assertEquals(0, world.reconcile().finished());
    // when
    var again = identify("ann", A, 5);
    // then: and never linked again
    assertEquals(Ending.RETIRED, again);
  }

  @Test
  void r3_theLateSweepTakesWhatAnOldWriterPutAfterTheFirst() {
    // given
    identify("ann", A, 2);
    identify("bob", A, 3);
    world.drain();
    world.track(world.event(A, "e1", 1));
    var late = world.stream.drain();
    // when: the copy lands between the sweeps
    world.faults.after(
        1,
        FaultScript.each(Operation.GET, World.aliasKey(A)),
        () -> {
          identify("cyd", A, 4);
          world.reconcile();
        });
    world.faults.crashBefore(2, FaultScript.each(Operation.GET, World.aliasKey(A)));
    try {
      world.consume(late);
    } catch (FaultScript.Crash _) {
      // the writer is gone before it could look again
    }
    // then
    assertEquals(List.of("login-ann-anon_a-2"), world.timeline("ann"));
    // when
    world.wait(UnlinkJob.LATE_SWEEP_AFTER.plusMinutes(1));
    world.reconcile();
    // then
    assertEquals(List.of(), world.copies("ann"));
  }

  @Test
  void r6_resetHandsOutANewIdAndKeepsTheOwner() {
    // given
    world.track(world.event(A, "e1", 1));
    identify("ann", A, 2);
    // when
    var reset = world.reset(world.logout(A, 4));
    // then
    var fresh = assertInstanceOf(ResetOutcome.Retired.class, reset).fresh();
    assertNotEquals(A, fresh.value());
    assertTrue(fresh.value().startsWith("anon_"));
    // when
    var bobs = identify("bob", A, 5);
    world.drain();
    // then
    assertEquals(Ending.RETIRED, bobs);
    assertEquals(List.of("e1<", "login-ann-anon_a-2"), world.timeline("ann"));
    assertEquals(List.of("login-bob-anon_a-5"), world.timeline("bob"));
  }

  @Test
  void r6_aClaimMadeBeforeTheResetCountsWhenItComesLater() {
    // given
    world.track(world.event(A, "e1", 1));
    world.reset(world.logout(A, 4));
    // when
    var late = identify("ann", A, 3);
    var after = identify("bob", "anon_b", 9);
    world.drain();
    // then
    assertEquals(Ending.CREATED, late);
    assertEquals(Ending.CREATED, after);
    assertEquals(List.of("e1<", "login-ann-anon_a-3"), world.timeline("ann"));
  }

  @Test
  void r6_anIdThatWasResetGetsNoFirstOwner() {
    // given
    world.track(world.event(A, "e1", 1));
    world.reset(world.logout(A, 4));
    // when
    var after = identify("ann", A, 5);
    world.drain();
    // then
    assertEquals(Ending.RETIRED, after);
    assertEquals(List.of("login-ann-anon_a-5"), world.timeline("ann"));
  }

  @Test
  void section3_thirdRow_userSwitchWithoutReset() {
    // given
    var messages =
        List.of(
            world.event(A, "e3", 3),
            world.event(A, "e6", 6),
            world.userEvent("bob", Optional.of(A), "e7", 7));
    // when
    identify("ann", A, 2);
    identify("bob", A, 5);
    messages.forEach(world::track);
    world.drain();
    // then
    assertEquals(List.of("login-ann-anon_a-2", "e3"), world.timeline("ann"));
    assertEquals(List.of("login-bob-anon_a-5", "e7"), world.timeline("bob"));
    assertEquals(List.of("e3"), world.copies("ann"));
  }

  /** Promise 6, for a history in which the decisions do not compete. */
  @Test
  void orderAndRepetitionDoNotMatter() {
    long seed = Long.getLong("seed", 20260101);
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var expected = history(random, Function.identity());
    for (int run = 0; run < 200; run++) {
      // when
      var actual = history(random, messages -> shuffledWithRepeats(messages, random));
      // then
      assertEquals(expected, actual, "seed " + seed + ", run " + run);
    }
  }

  private static List<Message> shuffledWithRepeats(List<Message> messages, RandomGenerator random) {
    var all = new ArrayList<Message>();
    for (var message : messages) {
      for (int i = random.nextInt(1, 6); i > 0; i--) {
        all.add(message);
      }
    }
    for (int i = all.size() - 1; i > 0; i--) {
      Collections.swap(all, i, random.nextInt(i + 1));
    }
    return all;
  }

  private static Map<String, Object> history(
      RandomGenerator random, Function<List<Message>, List<Message>> order) {
    var world = new World();
    var messages =
        List.of(
            world.event("anon_1", "a1", 1),
            world.event("anon_1", "a2", 2),
            world.login("ann", "anon_1", 3),
            world.event("anon_1", "a4", 4),
            world.logout("anon_1", 5),
            world.event("anon_1", "lost", 6),
            world.event("anon_2", "b1", 7),
            world.traits("ann", "{'plan':'pro'}", "t1", 3),
            world.traits("ann", "{'plan':'free','n':1}", "t2", 2),
            world.userEvent("bob", Optional.of("anon_2"), "b2", 8),
            world.event("anon_3", "c1", 9));
    for (var message : order.apply(messages)) {
      world.send(message);
      if (random.nextInt(3) == 0) {
        world.drain();
      }
    }
    world.drain();
    return Map.of(
        "ann", world.timeline("ann"),
        "bob", world.timeline("bob"),
        "copies of ann", world.copies("ann"),
        "copies of bob", world.copies("bob"),
        "traits", world.traits("ann"),
        "seen", List.of(world.profile("ann").firstSeen(), world.profile("ann").lastSeen()));
  }

  @Test
  void lazy_idWithTooManyEventsIsNeverCopiedAndAlwaysRead() {
    // given
    var world = new World(UnaryOperator.identity(), 150);
    var names = IntStream.rangeClosed(1, 300).mapToObj("e%03d"::formatted).toList();
    world.batch(
        IntStream.rangeClosed(1, 300).mapToObj(i -> world.event(A, names.get(i - 1), i)).toList());
    world.drain();
    // when
    world.identify(world.login("ann", A, 1000));
    world.drain();
    // then
    var before = names.stream().map(name -> name + "<").toList();
    assertEquals(CopyState.LAZY, world.alias(A).copies());
    assertEquals(Optional.empty(), Optional.ofNullable(world.alias(A).due()));
    assertEquals(before, world.timeline("ann").subList(0, 300));
    // when
    world.track(world.event(A, "late", 2000));
    world.track(world.event(A, "sealed-off", 4000));
    world.drain();
    world.reset(world.logout(A, 3000));
    world.drain();
    // then
    assertEquals(List.of("login-ann-anon_a-1000", "late"), world.timeline("ann").subList(300, 302));
    assertEquals(302, world.timeline("ann").size());
    assertTrue(!world.copies("ann").contains("late"));
  }

  @Test
  void limits_refuseALinkAndKeepTheEvents() {
    // given
    for (int i = 0; i < Claims.MAX_LINKS_AN_HOUR; i++) {
      assertNotEquals(Ending.REFUSED_LIMIT, identify("ann", "anon_" + i, 2));
    }
    world.track(world.event("anon_one_more", "e1", 1));
    // when
    var outcome = world.identify(world.login("ann", "anon_one_more", 2));
    world.drain();
    // then
    var decided = assertInstanceOf(IdentifyOutcome.Decided.class, outcome);
    assertEquals(Ending.REFUSED_LIMIT, decided.ending());
    assertEquals(
        List.of("too_many_links"), decided.warnings().stream().map(Warning::code).toList());
    assertTrue(!world.timeline("ann").contains("e1<"));
    assertTrue(world.timeline("ann").contains("login-ann-anon_one_more-2"));
    // when
    world.wait(Duration.ofHours(1));
    // then
    assertEquals(Ending.LINKED, identify("ann", "anon_one_more", 2));
    world.drain();
    assertTrue(world.timeline("ann").contains("e1<"));
  }

  @Test
  void limits_ofLinksInAll() {
    // given
    for (int i = 0; i < Claims.MAX_LINKS; i++) {
      if (i % Claims.MAX_LINKS_AN_HOUR == 0) {
        world.wait(Duration.ofHours(1));
      }
      identify("ann", "anon_" + i, 2);
    }
    world.wait(Duration.ofHours(1));
    // when
    var outcome = identify("ann", "anon_one_more", 2);
    // then
    assertEquals(Ending.REFUSED_LIMIT, outcome);
    assertEquals(Claims.MAX_LINKS, world.profile("ann").links());
  }

  @Test
  void clock_aheadIsClampedAndCannotBlockLaterUpdates() {
    // given
    var ahead = world.now().plus(Duration.ofHours(20));
    world.identify(
        world.message(
            MessageType.IDENTIFY,
            "{'user_id':'ann','traits':{'plan':'old'},'timestamp':'%s'}".formatted(ahead)));
    world.wait(Duration.ofMinutes(1));
    // when
    world.identify(
        world.message(MessageType.IDENTIFY, "{'user_id':'ann','traits':{'plan':'new'}}"));
    // then
    assertEquals("{\"plan\":\"new\"}", world.traits("ann"));
  }

  @Test
  void untimedMessageIsOneEventHoweverMuchLaterItComesAgain() {
    // given
    var json = "{'anonymous_id':'anon_a','event':'e1','message_id':'e1'}";
    // when
    for (var later : List.of(0L, 10L, 25 * 60L, 8 * 24 * 60L)) {
      world.wait(Duration.ofMinutes(later));
      world.track(world.message(MessageType.TRACK, json));
      world.drain();
    }
    world.identify(
        world.message(
            MessageType.IDENTIFY, "{'user_id':'ann','anonymous_id':'anon_a','message_id':'i'}"));
    world.drain();
    // then
    assertEquals(List.of("e1<", "i"), world.timeline("ann"));
  }

  @Test
  void endings_tellWhatChanged() {
    assertEquals(Ending.CREATED, ending(world.identify(world.traits("ann", "{'a':1}", "1", 1))));
    assertEquals(Ending.UNCHANGED, ending(world.identify(world.traits("ann", "{'a':1}", "1", 1))));
    assertEquals(Ending.UNCHANGED, ending(world.identify(world.traits("ann", "{'a':1}", "2", 2))));
    assertEquals(Ending.UPDATED, ending(world.identify(world.traits("ann", "{'a':2}", "3", 3))));
    assertEquals(Ending.LINKED, identify("ann", A, 4));
    assertEquals(Ending.UNCHANGED, identify("ann", A, 4));
    assertEquals(Ending.UNCHANGED, ending(world.identify(world.traits("ann", "{'a':1}", "0", 0))));
  }

  @Test
  void search_findsByTheStartOfEachFieldAndByAnonymousId() {
    // given
    world.identify(world.traits("u-1", "{'email':'Ann@Acme.com','name':'Ann Lee'}", "1", 1));
    world.identify(world.traits("u-2", "{'email':'bob@acme.com','name':'ann'}", "2", 2));
    world.identify(world.login("u-1", A, 3));
    // then
    assertEquals(List.of("u-1", "u-2"), world.found("U-"));
    assertEquals(List.of("u-1", "u-2"), world.found("ann"));
    assertEquals(List.of("u-1"), world.found("ann@"));
    assertEquals(List.of("u-2"), world.found("BOB"));
    assertEquals(List.of("u-1"), world.found(A));
    assertEquals(List.of(), world.found("acme"));
    // when
    world.identify(world.traits("u-1", "{'email':'lee@acme.com'}", "4", 4));
    // then
    assertEquals(List.of(), world.found("ann@"));
    assertEquals(List.of("u-1"), world.found("lee@"));
  }

  @Test
  void search_aCrashBetweenTheDirectoryAndTheProfileHidesNobody() {
    for (int step = 1; step <= 8; step++) {
      // given
      var fresh = new World();
      fresh.faults.crashAfter(step, FaultScript.any());
      var message = fresh.traits("u-1", "{'email':'ann@acme.com'}", "1", 1);
      try {
        fresh.identify(message);
      } catch (FaultScript.Crash _) {
        // the client gets no answer, and sends it again
      }
      fresh.faults.clear();
      // when
      fresh.identify(message);
      // then
      assertEquals(List.of("u-1"), fresh.found("ann"), "step " + step);
      assertEquals(List.of("u-1"), fresh.found("u"), "step " + step);
    }
  }

  @Test
  void newest_isByLastSeen() {
    // given
    world.track(world.userEvent("old", Optional.empty(), "e1", 1));
    world.track(world.userEvent("new", Optional.empty(), "e2", 40_000));
    world.track(world.userEvent("mid", Optional.empty(), "e3", 20_000));
    world.drain();
    // then
    assertEquals(List.of("new", "mid", "old"), world.newest());
  }

  @Test
  void timeline_hasEachEventOnceOnWhateverPages() {
    // given
    var all = new ArrayList<String>();
    for (int i = 1; i <= 40; i++) {
      var id = "e%02d".formatted(i);
      all.addFirst(id);
      world.track(
          i % 3 == 0 ? world.userEvent("ann", Optional.empty(), id, i) : world.event(A, id, i));
    }
    world.drain();
    world.identify(world.login("ann", A, 100));
    all.addFirst("login-ann-anon_a-100");
    for (int limit : List.of(1, 2, 7, 41, 100)) {
      // then: while the copies wait
      assertEquals(all.subList(1, all.size()), world.timelineByPages("ann", limit));
    }
    world.drain();
    for (int limit : List.of(1, 2, 7, 41, 100)) {
      // then: and when they are made
      assertEquals(all, world.timelineByPages("ann", limit));
    }
    assertEquals(41, new HashSet<>(all).size());
  }

  @Test
  void person_isFoundByAnyId() {
    // given
    world.track(world.event(A, "e1", 1));
    identify("ann", A, 2);
    // when
    var byUser = world.person("ann").orElseThrow();
    var byAnonymous = world.person(A).orElseThrow();
    // then
    assertEquals(new UserId("ann"), byAnonymous.user());
    assertEquals(Optional.of(A), byAnonymous.resolvedFrom());
    assertEquals(Optional.empty(), byUser.resolvedFrom());
    assertEquals(Optional.empty(), world.person("nobody"));
    // when
    world.drain();
    // then
    assertEquals(Optional.of(World.at(1)), world.person("ann").orElseThrow().firstSeen());
    assertEquals(Optional.of(World.at(2)), world.person("ann").orElseThrow().lastSeen());
  }

  @Test
  void batch_decidesEachAndTakesAllInOneRecord() {
    // given
    var messages =
        List.of(
            world.event(A, "e1", 1),
            world.login("ann", A, 2),
            world.login("bob", A, 3),
            world.logout(A, 4));
    // when
    world.batch(messages);
    // then
    assertEquals(1, world.stream.records().size());
    world.drain();
    assertEquals(List.of("e1<", "login-ann-anon_a-2"), world.timeline("ann"));
    assertEquals(Set.of("login-bob-anon_a-3"), Set.copyOf(world.timeline("bob")));
  }
}
