package crowd.core.unlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import crowd.core.World;
import crowd.core.history.Decided;
import crowd.core.history.Decided.Kind;
import crowd.core.identify.IdentifyOutcome;
import crowd.core.identity.Ownership;
import crowd.core.store.memory.FaultScript;
import crowd.core.store.memory.Faults.Fate;
import crowd.core.store.memory.Faults.Operation;
import crowd.core.stream.Envelope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A link is taken back exactly, and whatever was on its way does not bring it back. */
class UnlinkTest {

  private static final String A = "anon_a";

  private final World world = new World();

  /** What readers and the table hold of a user and of who he might be confused with. */
  private List<Object> seen(String user) {
    return List.of(
        world.timeline(user),
        world.copies(user),
        world.traits(user),
        world.profile(user).firstSeen(),
        world.profile(user).lastSeen(),
        world.profile(user).links());
  }

  @Test
  void unlink_leavesWhatWouldBeThereWithoutTheLink() {
    // given: one world with a link, which is taken back, and one that never had it
    var never = new World();
    for (var one : List.of(world, never)) {
      one.track(one.event(A, "e1", 1));
      one.track(one.userEvent("ann", Optional.empty(), "u1", 3));
      one.identify(one.traits("ann", "{'plan':'pro'}", "t1", 4));
    }
    world.identify(world.login("ann", A, 2));
    never.identify(never.traits("ann", "{}", "login-ann-anon_a-2", 2));
    world.drain();
    never.drain();
    assertEquals(List.of("e1<", "login-ann-anon_a-2", "u1", "t1"), world.timeline("ann"));
    // when
    assertEquals(UnlinkOutcome.UNLINKED, world.unlink("ann", A));
    // then: at once for readers, and in the end in the table
    assertEquals(never.timeline("ann"), world.timeline("ann"));
    world.settleDown();
    assertEquals(
        List.of(
            never.timeline("ann"),
            never.copies("ann"),
            never.traits("ann"),
            never.profile("ann").firstSeen(),
            never.profile("ann").lastSeen(),
            never.profile("ann").links()),
        seen("ann"));
    assertEquals(Optional.empty(), world.alias(A).owner());
  }

  @Test
  void unlink_byAClockThatIsBehindTheLinks_isNotUndoneByAReplay() {
    // given
    world.track(world.event(A, "e1", 1));
    world.track(world.userEvent("ann", Optional.of(A), "mine", 2));
    var records = world.stream.drain();
    world.consume(records);
    // when
    world.wait(Duration.ofSeconds(-5));
    assertEquals(UnlinkOutcome.UNLINKED, world.unlink("ann", A));
    world.consume(records);
    world.settleDown();
    // then
    assertEquals(Optional.empty(), world.alias(A).owner());
    assertEquals(List.of("mine"), world.timeline("ann"));
  }

  @Test
  void eventThatComesWhileTheTimesAreReadAnew_isSeen() {
    // given: her anonymous event at 1 is taken back; a new one of her own at 1 moves no time, for
    // the profile still spans it
    world.track(world.event(A, "e1", 1));
    world.identify(world.login("ann", A, 2));
    world.drain();
    world.unlink("ann", A);
    world.faults.before(
        1,
        FaultScript.each(Operation.WRITE, World.profileKey("ann")),
        () -> {
          world.track(world.userEvent("ann", Optional.empty(), "u1", 1));
          world.drain();
        });
    // when
    world.wait(Duration.ofSeconds(1));
    world.reconcile();
    // then
    assertEquals(List.of("u1", "login-ann-anon_a-2"), world.timeline("ann"));
    assertEquals(World.at(1), world.profile("ann").firstSeen());
  }

  @Test
  void unlinkedId_isFreeForTheNextClaim() {
    // given
    world.track(world.event(A, "e1", 1));
    world.identify(world.login("ann", A, 2));
    world.drain();
    world.unlink("ann", A);
    // when
    world.identify(world.login("bob", A, 3));
    world.settleDown();
    // then
    assertEquals(List.of("login-ann-anon_a-2"), world.timeline("ann"));
    assertEquals(List.of("e1<", "login-bob-anon_a-3"), world.timeline("bob"));
    assertEquals(List.of(), world.copies("ann"));
    assertEquals(List.of("e1"), world.copies("bob"));
  }

  @Test
  void repeatOfWhatLinkedIt_linksNothing() {
    // given: linked by an event with both ids, and claimed by another user
    world.track(world.event(A, "e1", 1));
    world.track(world.userEvent("ann", Optional.of(A), "u1", 2));
    world.track(world.userEvent("bob", Optional.of(A), "b1", 4));
    var records = world.stream.records();
    world.drain();
    world.wait(Duration.ofMillis(1));
    world.unlink("ann", A);
    world.settleDown();
    var after = world.memory.dump();
    // when: the whole stream again, in both directions
    world.consume(records);
    world.consume(records.reversed());
    world.settleDown();
    // then
    assertEquals(after, world.memory.dump());
    assertEquals(List.of(List.of("u1"), List.of("b1")), timelines("ann", "bob"));
    // when: it is claimed anew, in one record with a repeat
    var anew = world.userEvent("ann", Optional.of(A), "u2", 3);
    var repeat = records.get(1).messages().getFirst();
    world.consume(List.of(new Envelope(World.SHOP, List.of(anew, repeat))));
    world.consume(records);
    // then
    assertEquals(List.of(List.of("e1<", "u1", "u2"), List.of("b1")), timelines("ann", "bob"));
    assertEquals(
        Optional.of(World.at(3)),
        Optional.ofNullable(world.alias(A).ownership()).map(Ownership::claimedAt));
  }

  private List<List<String>> timelines(String... users) {
    return Stream.of(users).map(world::timeline).toList();
  }

  @Test
  void unlinkWhileIdentifyIsOnItsWay() {
    // given
    world.identify(world.login("ann", A, 2));
    var again = world.login("ann", A, 3);
    world.faults.before(
        1,
        FaultScript.each(Operation.GET),
        () -> {
          world.wait(Duration.ofMillis(1));
          world.unlink("ann", A);
        });
    // when, then: as if it had come just before the unlink
    assertEquals(
        IdentifyOutcome.Ending.RETIRED,
        assertInstanceOf(IdentifyOutcome.Decided.class, world.identify(again)).ending());
    assertEquals(Optional.empty(), world.alias(A).owner());
  }

  @Test
  void unlink_again() {
    // given
    world.identify(world.login("ann", A, 2));
    world.unlink("ann", A);
    var after = world.memory.dump();
    // when, then
    assertEquals(UnlinkOutcome.NOT_LINKED, world.unlink("ann", A));
    assertEquals(UnlinkOutcome.NOT_LINKED, world.unlink("bob", A));
    assertEquals(after, world.memory.dump());
  }

  @Test
  void unlink_ofAnothersId() {
    // given
    world.identify(world.login("ann", A, 2));
    // when, then
    assertEquals(UnlinkOutcome.NOT_LINKED, world.unlink("bob", A));
    assertEquals(List.of(A), linked("ann"));
  }

  private List<String> linked(String user) {
    return world.person(user).orElseThrow().links().stream()
        .map(link -> link.anonymousId().value())
        .toList();
  }

  @Test
  void unlink_withALostReply() {
    // given
    world.identify(world.login("ann", A, 2));
    world.drain();
    world.faults.fate(1, FaultScript.each(Operation.TRANSACT), Fate.REPLY_LOST);
    // when, then: it knows its own work, and does it once
    assertEquals(UnlinkOutcome.UNLINKED, world.unlink("ann", A));
    assertEquals(1, world.person("ann").orElseThrow().history().size());
    assertEquals(0, world.profile("ann").links());
  }

  @Test
  void unlink_thatSawTheLinkHalfVisible() throws InterruptedException {
    // given: it reads the alias and not yet the profile, and writes when the link is whole
    var hasRead = new CountDownLatch(1);
    var isLinked = new CountDownLatch(1);
    var outcome = new AtomicReference<UnlinkOutcome>();
    var unlink = new Thread(() -> outcome.set(world.unlink("ann", A)));
    world.faults.between(
        1,
        FaultScript.each(Operation.TRANSACT),
        () -> {
          unlink.start();
          World.await(hasRead);
        });
    world.faults.before(
        2,
        FaultScript.each(Operation.TRANSACT),
        () -> {
          hasRead.countDown();
          World.await(isLinked);
        });
    // when
    world.identify(world.login("ann", A, 2));
    isLinked.countDown();
    unlink.join();
    // then
    assertEquals(UnlinkOutcome.UNLINKED, outcome.get());
    assertEquals(Optional.empty(), world.alias(A).owner());
    assertEquals(0, world.profile("ann").links());
  }

  @Test
  void unlink_leavesARow() {
    // given
    world.identify(world.login("ann", A, 2));
    world.wait(Duration.ofMinutes(1));
    // when
    world.unlink("ann", A);
    // then
    var history = world.person("ann").orElseThrow().history();
    assertEquals(
        List.of(
            new Decided(
                World.SHOP,
                world.profile("ann").user(),
                Kind.UNLINKED,
                A,
                null,
                world.now(),
                "unlink",
                "undo",
                Decided.by(world.alias(A).revision(), world.now()))),
        history);
  }

  @Test
  void userSwitch_leavesARowWithBoth() {
    // given
    world.identify(world.login("ann", A, 2));
    // when: the same claim three times
    for (int i = 0; i < 3; i++) {
      world.identify(world.login("bob", A, 3));
    }
    // then
    assertEquals(List.of(Kind.CLAIMED_BY_OTHER), kinds("ann"));
    assertEquals(List.of(Kind.USER_SWITCH), kinds("bob"));
  }

  @Test
  void thirdClaim_leavesARowWithOwnerAndClaimant() {
    // given
    world.identify(world.login("ann", A, 2));
    world.identify(world.login("bob", A, 3));
    // when
    world.identify(world.login("cid", A, 4));
    world.identify(world.login("cid", A, 5));
    // then
    assertEquals(List.of(Kind.CLAIMED_BY_OTHER, Kind.SHARED), kinds("ann"));
    assertEquals(List.of(Kind.SHARED, Kind.RETIRED), kinds("cid"));
    assertEquals(0, world.profile("ann").links());
  }

  @Test
  void refusedClaim_leavesOneRow() {
    // given
    world.reset(world.logout(A, 1));
    // when
    for (int i = 2; i < 5; i++) {
      world.identify(world.login("ann", A, i));
    }
    // then
    assertEquals(List.of(Kind.RETIRED), kinds("ann"));
  }

  @Test
  void tooManyLinks_leaveOneRowAnHour() {
    // when
    for (int i = 0; i < 30; i++) {
      world.identify(world.login("ann", "anon_" + i, i));
    }
    // then
    assertEquals(List.of(Kind.REFUSED_LIMIT), kinds("ann"));
  }

  private List<Kind> kinds(String user) {
    return world.person(user).orElseThrow().history().stream().map(Decided::kind).toList();
  }
}
