package crowd.core.unlink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.core.World;
import crowd.core.history.Decided;
import crowd.core.history.Decided.Kind;
import crowd.core.store.memory.FaultScript;
import crowd.core.store.memory.Faults.Fate;
import crowd.core.store.memory.Faults.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
