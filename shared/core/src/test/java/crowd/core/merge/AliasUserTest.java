package crowd.core.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import crowd.core.World;
import crowd.core.history.Decided;
import crowd.core.history.Decided.Kind;
import crowd.core.identify.IdentifyOutcome;
import crowd.core.identity.UserId;
import crowd.core.store.memory.FaultScript;
import crowd.core.store.memory.Faults.Fate;
import crowd.core.store.memory.Faults.Operation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** R4: users are merged by pointer, read as one, and taken apart again exactly. */
class AliasUserTest {

  private final World world = new World();

  private void users(String... users) {
    for (int i = 0; i < users.length; i++) {
      world.track(world.event("anon_" + users[i], "before-" + users[i], 10 * i + 1));
      world.identify(world.login(users[i], "anon_" + users[i], 10 * i + 2));
      world.identify(
          world.traits(users[i], "{'last':'" + users[i] + "'}", "t-" + users[i], 10 * i + 3));
    }
    world.drain();
  }

  private MergeOutcome merge(String previous, String user) {
    if (world.alias(world.alias(previous, user, 50)) instanceof AliasOutcome.Merged(var outcome)) {
      return outcome;
    }
    throw new AssertionError("claimed");
  }

  private List<String> members(String user) {
    return world.person(user).orElseThrow().merged().stream()
        .map(merged -> merged.user().value())
        .toList();
  }

  private String root(String id) {
    return world.person(id).orElseThrow().user().value();
  }

  @Test
  void alias_unitesTimelinesTraitsAndIds() {
    // given
    users("ann", "bob");
    // when
    assertEquals(MergeOutcome.MERGED, merge("bob", "ann"));
    // then
    var ann = world.person("ann").orElseThrow();
    assertEquals(
        List.of(
            "before-ann<",
            "login-ann-anon_ann-2",
            "t-ann",
            "before-bob<",
            "login-bob-anon_bob-12",
            "t-bob"),
        world.timeline("ann"));
    assertEquals("{\"last\":\"bob\"}", crowd.core.json.JsonText.write(ann.traits().values()));
    assertEquals(2, ann.links().size());
    assertEquals(List.of("bob"), members("ann"));
    assertEquals("ann", root("bob"));
    assertEquals("ann", root("anon_bob"));
    assertEquals(List.of("ann"), world.newest());
    assertEquals(List.of("ann"), world.found("bob"));
  }

  @Test
  void undo_leavesBothAsTheyWere() {
    // given
    users("ann", "bob");
    var before =
        List.of(
            world.timeline("ann"), world.timeline("bob"), world.traits("ann"), world.traits("bob"));
    merge("bob", "ann");
    // when
    assertEquals(MergeOutcome.UNMERGED, world.unmerge("bob", "ann"));
    // then
    assertEquals(
        before,
        List.of(
            world.timeline("ann"),
            world.timeline("bob"),
            world.traits("ann"),
            world.traits("bob")));
    assertEquals(List.of(), members("ann"));
    assertEquals("bob", root("bob"));
    assertEquals(List.of(Kind.MERGED_IN, Kind.UNMERGED_FROM), kinds("ann"));
    assertEquals(List.of(Kind.MERGED, Kind.UNMERGED), kinds("bob"));
    assertEquals(MergeOutcome.UNCHANGED, world.unmerge("bob", "ann"));
  }

  private List<Kind> kinds(String user) {
    return world.person(user).orElseThrow().history().stream().map(Decided::kind).toList();
  }

  @Test
  void alias_twice() {
    // given
    users("ann", "bob");
    merge("bob", "ann");
    var after = world.memory.dump();
    // when, then
    assertEquals(MergeOutcome.UNCHANGED, merge("bob", "ann"));
    assertEquals(after, world.memory.dump());
  }

  @Test
  void alias_withALostReply() {
    // given
    users("ann", "bob");
    world.faults.fate(1, FaultScript.each(Operation.TRANSACT), Fate.REPLY_LOST);
    // when, then
    assertEquals(MergeOutcome.MERGED, merge("bob", "ann"));
    assertEquals(List.of(Kind.MERGED_IN), kinds("ann"));
  }

  @Test
  void chain_inEitherOrder() {
    for (boolean reversed : List.of(false, true)) {
      var one = new AliasUserTest();
      one.users("a", "b", "c");
      // when
      if (reversed) {
        one.merge("b", "c");
        one.merge("a", "b");
      } else {
        one.merge("a", "b");
        one.merge("b", "c");
      }
      // then
      assertEquals(List.of("c", "c", "c"), List.of(one.root("a"), one.root("b"), one.root("c")));
      assertEquals(9, one.world.timeline("c").size());
    }
  }

  @Test
  void cycle_isOnePerson() {
    // given
    users("a", "b");
    merge("a", "b");
    // when, then
    assertEquals(MergeOutcome.UNCHANGED, merge("b", "a"));
    assertEquals(List.of("b", "b"), List.of(root("a"), root("b")));
  }

  @Test
  void cycleOfThree_atOnce() {
    // given: while a goes to b, b goes to c, and while that happens, c goes to a
    users("a", "b", "c");
    world.faults.before(
        1,
        FaultScript.each(Operation.TRANSACT),
        () -> {
          world.faults.before(1, FaultScript.each(Operation.TRANSACT), () -> merge("c", "a"));
          merge("b", "c");
        });
    // when
    merge("a", "b");
    // then: one of the three stands for all
    assertEquals(root("a"), root("b"));
    assertEquals(root("b"), root("c"));
    assertEquals(9, world.timeline(root("a")).size());
  }

  @Test
  void unknownUser_isOneWithTheOtherOnceHeComes() {
    // given: a user id that nobody has seen
    users("ann");
    merge("old", "ann");
    // when
    world.track(world.userEvent("old", Optional.empty(), "e9", 60));
    world.drain();
    // then
    assertEquals("ann", root("old"));
    assertEquals(
        List.of("before-ann<", "login-ann-anon_ann-2", "t-ann", "e9"), world.timeline("ann"));
  }

  @Test
  void unknownId_mayTurnOutToBeAnonymous() {
    // given
    users("ann");
    merge("6f1c", "ann");
    // when
    world.track(world.event("6f1c", "e9", 40));
    world.drain();
    // then: the same as if the event had come first
    assertEquals(
        List.of("before-ann<", "login-ann-anon_ann-2", "t-ann", "e9<"), world.timeline("ann"));
  }

  @Test
  void unknownId_whenTheFirstTryEndsHalfWay_isBothAfterTheSecond() {
    // given: it ends once the id is claimed, before the users are merged
    users("ann");
    world.faults.crashBefore(2, FaultScript.each(Operation.TRANSACT));
    assertThrows(FaultScript.Crash.class, () -> merge("old", "ann"));
    assertEquals(Optional.of(new UserId("ann")), world.alias("old").owner());
    // when
    assertEquals(MergeOutcome.MERGED, merge("old", "ann"));
    // then: whichever it turns out to be
    world.track(world.userEvent("old", Optional.empty(), "e8", 60));
    world.track(world.event("old", "e9", 40));
    world.drain();
    assertEquals("ann", root("old"));
    assertEquals(
        List.of("before-ann<", "login-ann-anon_ann-2", "t-ann", "e9<", "e8"),
        world.timeline("ann"));
  }

  @Test
  void anonymousId_isClaimed() {
    // given
    users("ann", "bob");
    world.track(world.event("6f1c", "e9", 40));
    world.drain();
    // when
    var mine = world.alias(world.alias("6f1c", "ann", 50));
    var others = world.alias(world.alias("6f1c", "bob", 51));
    world.drain();
    // then
    assertEquals(IdentifyOutcome.Ending.LINKED, ending(mine));
    assertEquals(IdentifyOutcome.Ending.USER_SWITCH, ending(others));
    assertEquals(
        List.of("before-ann<", "login-ann-anon_ann-2", "t-ann", "e9<"), world.timeline("ann"));
  }

  private static IdentifyOutcome.Ending ending(AliasOutcome outcome) {
    if (outcome instanceof AliasOutcome.Claimed(IdentifyOutcome.Decided(var ending, _, _))) {
      return ending;
    }
    throw new AssertionError("not claimed");
  }

  @Test
  void tooManyUsers_areRefused() {
    // given
    users("ann");
    for (int i = 1; i < Unions.MAX_MEMBERS; i++) {
      assertEquals(MergeOutcome.MERGED, merge("old" + i, "ann"));
    }
    // when, then
    assertEquals(MergeOutcome.REFUSED_LIMIT, merge("bob", "ann"));
    assertEquals(Unions.MAX_MEMBERS - 1, members("ann").size());
  }

  @Test
  void unlink_byTheRootOfTheOwner() {
    // given
    users("ann", "bob");
    merge("bob", "ann");
    // when
    world.unlink("ann", "anon_bob");
    // then
    assertEquals(
        List.of("before-ann<", "login-ann-anon_ann-2", "t-ann", "login-bob-anon_bob-12", "t-bob"),
        world.timeline("ann"));
  }
}
