package crowd.core.erase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.World;
import crowd.core.identify.IdentifyOutcome;
import crowd.core.identity.UserId;
import crowd.core.message.MessageType;
import crowd.core.quarantine.Quarantine;
import crowd.core.run.Attempts;
import crowd.core.run.Pause;
import crowd.core.store.Item;
import crowd.core.store.memory.FaultScript;
import crowd.core.store.memory.Faults.Fate;
import crowd.core.store.memory.Faults.Operation;
import crowd.core.store.memory.Faults.Step;
import crowd.core.stream.Envelope;
import crowd.core.table.TableKeys;
import crowd.core.unlink.UnlinkOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An erased person is gone, and nothing brings him back. */
class EraseTest {

  /** The world's clock at its beginning, in the seconds of {@link World#at}. */
  private static final int DAY = 24 * 60 * 60;

  private static final List<String> STRINGS =
      List.of("ann", "anon_a", "anon_b", "ann@x.org", "e1", "e2", "u1", "t1");

  private final World world = new World();
  private final List<Envelope> history = new ArrayList<>();

  /** A person with two anonymous ids, an email, an untimed event, a switch and another user. */
  private void ann() {
    world.track(world.event("anon_a", "e1", 1));
    world.identify(world.login("ann", "anon_a", 2));
    world.identify(world.traits("ann", "{'email':'ann@x.org','name':'Ann'}", "t1", 3));
    world.track(world.event("anon_b", "e2", 4));
    world.track(world.userEvent("ann", Optional.of("anon_b"), "u1", 5));
    world.track(
        world.message(
            MessageType.TRACK,
            "{'anonymous_id':'anon_a','event':'untimed','message_id':'untimed'}"));
    world.identify(world.login("bob", "anon_bob", 6));
    world.identify(world.login("ann", "anon_bob", 7));
    world.identify(world.login("bob", "anon_a", 8));
    consumeAll();
  }

  private void consumeAll() {
    var records = world.stream.records();
    history.addAll(records);
    world.drain();
  }

  /** What is left in the table of the person's own strings. */
  private List<String> leftovers() {
    return world.memory.dump().stream()
        .map(Item::toString)
        .filter(item -> STRINGS.stream().anyMatch(string -> holds(item, string)))
        .toList();
  }

  /** As a word: a message id may be part of another. */
  private static boolean holds(String item, String string) {
    return item.matches("(?s).*\\b" + java.util.regex.Pattern.quote(string) + "\\b.*");
  }

  private void replay() {
    world.consume(history);
    world.consume(history.reversed());
    world.settleDown();
  }

  @Test
  void erase_isSeenAtOnce() {
    // given
    ann();
    // when
    assertEquals(EraseOutcome.ERASED, world.erase("ann"));
    // then
    assertEquals(Optional.empty(), world.person("ann"));
    assertEquals(Optional.empty(), world.person("anon_a"));
    assertEquals(List.of(), world.timeline("ann"));
    assertEquals(List.of(), world.found("ann"));
    assertEquals(List.of("bob"), world.newest());
  }

  @Test
  void erase_leavesNoByte() {
    // given
    ann();
    // when
    world.erase("ann");
    world.settleDown();
    // then: bob's own message that names ann's id is bob's
    assertEquals(List.of(), withoutBobs(leftovers()));
    assertEquals(List.of("login-bob-anon_bob-6", "login-bob-anon_a-8"), world.timeline("bob"));
  }

  /** The messages of the other user that name one of her ids belong to him. */
  private static List<String> withoutBobs(List<String> items) {
    return items.stream().filter(item -> !item.contains("shop#u#bob")).toList();
  }

  @Test
  void anonymousEvent_afterErase_isNobodys() {
    // given: no sweep has released the id yet, so that its event is copied
    ann();
    world.erase("ann");
    world.wait(Duration.ofSeconds(1));
    world.track(world.event("anon_b", "after", 20));
    world.drain();
    // when
    world.settleDown();
    // then
    assertEquals(List.of(), world.copies("ann"));
    assertEquals(Optional.empty(), world.person("ann"));
  }

  @Test
  void anonymousEvent_afterErase_isHersWhoClaimsTheIdAfterIt() {
    // given
    ann();
    world.erase("ann");
    world.wait(Duration.ofSeconds(1));
    world.track(world.event("anon_b", "after", 20));
    world.drain();
    // when: she comes again before the last sweep
    world.reconcile();
    world.identify(world.login("ann", "anon_b", 21));
    world.settleDown();
    // then
    assertEquals(List.of("after"), world.copies("ann"));
    assertEquals(List.of("after<", "login-ann-anon_b-21"), world.timeline("ann"));
  }

  @Test
  void replay_bringsNothingBack() {
    // given
    ann();
    world.erase("ann");
    // when: while the tombstones stand, and long after
    replay();
    world.wait(Duration.ofDays(6));
    replay();
    // then
    assertEquals(Optional.empty(), world.person("ann"));
    assertEquals(Optional.empty(), world.person("anon_a"));
    assertEquals(List.of(), withoutBobs(leftovers()));
  }

  /** Her anonymous id has the name of another user: an erased name is not an erased user. */
  @Test
  void replay_ofAUserWhoHasTheNameOfAnErasedId_staysHis() {
    // given
    world.identify(world.login("ann", "bob", 1));
    world.track(world.userEvent("bob", Optional.empty(), "his", 2));
    consumeAll();
    world.erase("ann");
    world.settleDown();
    // when: long after
    world.wait(Duration.ofDays(6));
    replay();
    // then
    assertEquals(List.of("his"), world.timeline("bob"));
    assertEquals(Optional.empty(), world.person("ann"));
  }

  /** And the other way around: her name is the anonymous id of somebody else. */
  @Test
  void replay_ofAnIdThatHasTheNameOfAnErasedUser_staysItsOwners() {
    // given
    world.track(world.event("ann", "his", 1));
    world.identify(world.login("bob", "ann", 2));
    world.identify(world.login("ann", "anon_a", 3));
    consumeAll();
    world.erase("ann");
    world.settleDown();
    // when: long after
    world.wait(Duration.ofDays(6));
    replay();
    // then
    assertEquals(List.of("his<", "login-bob-ann-2"), world.timeline("bob"));
    assertEquals(
        1,
        world.memory.dump().stream()
            .filter(row -> row.key().pk().equals("shop#a#ann"))
            .filter(row -> row.key().sk().startsWith("E#"))
            .count());
  }

  /** What was decided is about his anonymous id, which has his own name. */
  @Test
  void erase_ofWhoClaimedAnotherUsersIdThatIsNamedLikeHim_leavesNoByte() {
    // given
    world.identify(world.login("bob", "bob", 1));
    world.identify(world.login("ann", "bob", 2));
    consumeAll();
    // when
    world.erase("ann");
    world.settleDown();
    // then
    assertEquals(List.of(), leftovers());
  }

  @Test
  void lateRecord_afterErase() {
    // given: an event that is still on its way when its person is erased
    ann();
    world.track(world.userEvent("ann", Optional.empty(), "late", 9));
    world.track(world.event("anon_a", "late-too", 9));
    // when
    world.erase("ann");
    world.reconcile();
    consumeAll();
    world.settleDown();
    // then
    assertEquals(Optional.empty(), world.person("ann"));
    assertEquals(List.of(), withoutBobs(leftovers()));
  }

  @Test
  void c106_sameIdAgain_isSomebodyNew() {
    // given
    ann();
    world.erase("ann");
    world.wait(Duration.ofSeconds(1));
    // when: at once, before anything was swept, with an id of before and a new one
    var again = world.identify(world.login("ann", "anon_b", 20));
    world.track(world.event("anon_b", "new-b", 19));
    world.track(world.event("anon_c", "new-c", 21));
    world.identify(world.login("ann", "anon_c", 22));
    consumeAll();
    // then
    assertEquals(IdentifyOutcome.Ending.CREATED, ending(again));
    var expected = List.of("new-b<", "login-ann-anon_b-20", "new-c<", "login-ann-anon_c-22");
    assertEquals(expected, world.timeline("ann"));
    assertEquals("{}", world.traits("ann"));
    // and the sweeps leave it, and a repeat of the stream adds nothing
    world.settleDown();
    assertEquals(expected, world.timeline("ann"));
    replay();
    assertEquals(expected, world.timeline("ann"));
    assertEquals(List.of(), world.found("ann@x.org"));
    assertEquals(2, world.profile("ann").links());
  }

  private static IdentifyOutcome.Ending ending(IdentifyOutcome outcome) {
    if (outcome instanceof IdentifyOutcome.Decided(var ending, _, _)) {
      return ending;
    }
    throw new AssertionError("not decided");
  }

  @Test
  void erase_ofAMergedUser_erasesThePerson() {
    // given
    ann();
    world.alias(world.alias("old", "ann", 9));
    world.track(world.userEvent("old", Optional.empty(), "of-old", 10));
    consumeAll();
    // when
    world.erase("old");
    // then
    assertEquals(Optional.empty(), world.person("ann"));
    assertEquals(Optional.empty(), world.person("old"));
    world.settleDown();
    replay();
    assertEquals(List.of(), withoutBobs(leftovers()));
  }

  @Test
  void quarantinedRecord_losesThePersonsMessages() {
    // given: a record of a version that nobody understands, with a message of each of two users
    ann();
    var quarantine = new Quarantine(world.store, new Attempts(Pause.NONE));
    var record =
        "{\"v\":9,\"messages\":[{\"user_id\":\"ann\"},{\"user_id\":\"bob\"},{\"anonymous_id\":\"anon_a\"}]}";
    quarantine.keep(world.now(), "1", base64(record), "another version");
    quarantine.keep(world.now(), "2", base64("no JSON, but \"anon_a\""), "no JSON");
    quarantine.keep(world.now(), "3", base64("no JSON, but \"annual\""), "no JSON");
    // when
    world.erase("ann");
    world.settleDown();
    // then
    var day = LocalDate.ofInstant(world.now(), ZoneOffset.UTC);
    assertEquals(
        Set.of("{\"messages\":[{\"user_id\":\"bob\"}],\"v\":9}", "no JSON, but \"annual\""),
        quarantine.list(day.minusDays(1), day).stream()
            .map(kept -> quarantine.find(kept.id()).orElseThrow())
            .map(contents -> new String(contents.bytes(), StandardCharsets.UTF_8))
            .collect(Collectors.toSet()));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void eventStoredBetweenTheMomentAndTheTombstone_isOfSomebodyNew() {
    // given: her event was received after the erasure read the clock, and is consumed before it
    // writes
    ann();
    world.faults.before(
        1,
        FaultScript.each(Operation.TRANSACT),
        () -> {
          world.wait(Duration.ofMillis(5));
          world.track(world.userEvent("ann", Optional.empty(), "new", 9));
          consumeAll();
        });
    // when
    world.erase("ann");
    world.settleDown();
    replay();
    // then
    assertEquals(List.of("new"), world.timeline("ann"));
    assertEquals("ann", world.person("ann").orElseThrow().user().value());
  }

  @Test
  void erase_ofNobody() {
    assertEquals(EraseOutcome.NOT_FOUND, world.erase("nobody"));
  }

  @Test
  void erase_twice() {
    // given
    ann();
    world.erase("ann");
    world.wait(Duration.ofMinutes(1));
    world.reconcile();
    // when, then
    assertEquals(EraseOutcome.ERASED, world.erase("ann"));
    world.identify(world.login("ann", "anon_z", 30));
    world.wait(Duration.ofMinutes(1));
    assertEquals(EraseOutcome.ERASED, world.erase("ann"));
    consumeAll();
    world.settleDown();
    replay();
    assertEquals(List.of(), withoutBobs(leftovers()));
  }

  /** What the first erasure finds of after it went with the second. */
  @Test
  void erase_againBeforeTheFirstSweep_leavesNoByteOfBetween() {
    // given
    ann();
    world.erase("ann");
    world.wait(Duration.ofSeconds(1));
    world.track(world.userEvent("ann", Optional.empty(), "u1", 20));
    consumeAll();
    world.wait(Duration.ofSeconds(1));
    // when
    assertEquals(EraseOutcome.ERASED, world.erase("ann"));
    world.settleDown();
    // then
    assertEquals(Optional.empty(), world.person("ann"));
    assertEquals(List.of(), withoutBobs(leftovers()));
  }

  /** The id was nobody's when she was erased, so its events stayed. */
  @Test
  void anonymousEvent_beforeErase_isHersWhoClaimsItsFreeIdAfterIt() {
    // given
    ann();
    world.track(world.event("anon_c", "before", 9));
    consumeAll();
    world.erase("ann");
    world.wait(Duration.ofSeconds(1));
    // when: she comes again before the last sweep
    world.identify(world.login("ann", "anon_c", 21));
    consumeAll();
    world.settleDown();
    // then
    assertEquals(List.of("before"), world.copies("ann"));
    assertEquals(List.of("before<", "login-ann-anon_c-21"), world.timeline("ann"));
  }

  @Test
  void erase_whileLinking() {
    // given: a link that is decided while the erasure is
    ann();
    world.faults.before(1, FaultScript.each(Operation.TRANSACT), () -> world.erase("ann"));
    // when: received before the erasure, so it is not of somebody new
    var outcome = world.identify(world.login("ann", "anon_d", 30));
    // then: sent again, it is
    assertEquals(new IdentifyOutcome.Unavailable(), outcome);
    world.settleDown();
    assertEquals(Optional.empty(), world.person("ann"));
    assertEquals(Optional.empty(), world.alias("anon_d").owner());
  }

  @Test
  void unlink_beforeTheJob_comesTooLate() {
    // given
    ann();
    world.erase("ann");
    world.wait(Duration.ofSeconds(1));
    // when
    assertEquals(UnlinkOutcome.NOT_LINKED, world.unlink("ann", "anon_a"));
    world.settleDown();
    // then
    assertEquals(List.of(), withoutBobs(leftovers()));
  }

  @Test
  void unlink_afterErase_isNotForgottenWithTheTombstones() {
    // given: another claims her id before the last sweep, and is unlinked
    ann();
    world.erase("ann");
    world.reconcile();
    world.wait(Duration.ofSeconds(1));
    world.track(world.userEvent("bob", Optional.of("anon_b"), "his", 5));
    consumeAll();
    world.wait(Duration.ofSeconds(1));
    assertEquals(UnlinkOutcome.UNLINKED, world.unlink("bob", "anon_b"));
    world.settleDown();
    // when
    replay();
    // then
    assertEquals(Optional.empty(), world.person("anon_b"));
  }

  /** Her id still said that he claimed it, and the line by which he is found had gone with her. */
  @Test
  void erase_ofWhoClaimedAnErasedUsersId_leavesNoByte() {
    // given
    ann();
    world.erase("ann");
    world.settleDown();
    // when
    world.erase("bob");
    world.settleDown();
    // then
    assertEquals(List.of(), rowsWith("bob"));
  }

  @Test
  void erase_ofWhoClaimedAnUnlinkedIdOfAnErasedUser_leavesNoByte() {
    // given
    ann();
    world.unlink("ann", "anon_a");
    world.erase("ann");
    world.settleDown();
    // when
    world.erase("bob");
    world.settleDown();
    // then
    assertEquals(List.of(), rowsWith("bob"));
  }

  private List<String> rowsWith(String string) {
    return world.memory.dump().stream()
        .map(Item::toString)
        .filter(item -> holds(item, string))
        .toList();
  }

  /** No event tells of it, and the line of the refusal names who is erased first. */
  @Test
  void erase_ofWhoseAliasWasRefused_afterTheOwners_leavesNoByte() {
    // given
    world.track(world.event("anon_a", "e1", 1));
    world.identify(world.login("owner", "anon_a", 2));
    world.alias(world.alias("anon_a", "ann", 3));
    consumeAll();
    world.wait(Duration.ofSeconds(1));
    world.unlink("owner", "anon_a");
    world.erase("owner");
    world.settleDown();
    // when
    world.erase("ann");
    world.settleDown();
    // then: the id was nobody's
    assertEquals(List.of(), rowsWith("ann"));
    assertEquals(List.of(), rowsWith("owner"));
  }

  @Test
  void reset_afterErase_isNotForgottenWithTheTombstones() {
    // given
    ann();
    world.erase("ann");
    world.wait(Duration.ofSeconds(10));
    world.reset(world.logout("anon_b", DAY + 2));
    world.track(world.userEvent("bob", Optional.of("anon_b"), "his", DAY + 5));
    world.settleDown();
    // when
    consumeAll();
    replay();
    // then
    assertEquals(Optional.empty(), world.person("anon_b"));
  }

  @Test
  void reset_beforeErase_doesNotRefuseWhoComesAfterIt() {
    // given
    ann();
    world.reset(world.logout("anon_b", 12));
    consumeAll();
    world.erase("ann");
    world.reconcile();
    world.wait(Duration.ofSeconds(1));
    // when
    world.identify(world.login("bob", "anon_b", 25));
    consumeAll();
    // then
    assertEquals(Optional.of("bob"), world.alias("anon_b").owner().map(UserId::value));
  }

  @Test
  void claim_behindAResetOfBeforeErase_beforeTheJob_findsTheIdFree() {
    // given
    ann();
    world.reset(world.logout("anon_b", 12));
    consumeAll();
    world.erase("ann");
    world.wait(Duration.ofSeconds(1));
    // when
    world.identify(world.login("bob", "anon_b", 25));
    // then
    assertEquals(Optional.of("bob"), world.alias("anon_b").owner().map(UserId::value));
  }

  @Test
  void switch_beforeTheJob_findsTheIdFree() {
    // given
    ann();
    world.erase("ann");
    world.wait(Duration.ofSeconds(1));
    // when
    world.identify(world.login("bob", "anon_b", 10));
    consumeAll();
    world.settleDown();
    // then: what is left tells of bob
    assertEquals(Optional.of(new UserId("bob")), world.alias("anon_b").owner());
    assertEquals(
        List.of(),
        withoutBobs(leftovers()).stream().filter(item -> !item.contains("sk=@")).toList());
  }

  @Test
  void thirdClaim_beforeTheJob_findsTheIdFree() {
    // given
    ann();
    world.erase("ann");
    world.wait(Duration.ofSeconds(1));
    // when
    world.identify(world.login("cid", "anon_a", 1));
    consumeAll();
    world.settleDown();
    // then: what is left tells of him
    assertEquals(Optional.of(new UserId("cid")), world.alias("anon_a").owner());
    assertEquals(
        List.of(),
        withoutBobs(leftovers()).stream()
            .filter(item -> !item.contains("shop#u#cid") && !item.contains("sk=@"))
            .toList());
  }

  @Test
  void erase_crashingAnywhere_isFinishedByTheNext() {
    for (int step = 1; step < 400; step++) {
      var test = new EraseTest();
      test.ann();
      test.world.erase("ann");
      test.world.wait(Duration.ofSeconds(1));
      // when: the first sweep crashes at this step
      if (!crashes(test.world, step)) {
        return;
      }
      test.world.settleDown();
      // then
      assertEquals(List.of(), withoutBobs(test.leftovers()), "crash at step " + step);
    }
    throw new AssertionError("no end of steps");
  }

  /** Her own line leads to his: it may not go before it. */
  @Test
  void erase_whenALineWithAnotherIsThrottledAndTheSweepCrashes_isFinishedByTheNext() {
    // given
    ann();
    world.erase("ann");
    world.wait(Duration.ofSeconds(1));
    var withBob = writesTo(TableKeys.userPartition(World.SHOP, new UserId("bob")));
    world.faults.fate(1, withBob, Fate.THROTTLED);
    // when
    assertTrue(crashes(world, 2, withBob));
    world.settleDown();
    // then
    assertEquals(List.of(), leftovers().stream().filter(row -> row.contains("sk=H#")).toList());
  }

  private static Predicate<Step> writesTo(String partition) {
    return step ->
        step.operation() == Operation.WRITE
            && step.keys().stream().anyMatch(key -> key.pk().equals(partition));
  }

  private static boolean crashes(World world, int step) {
    return crashes(world, step, FaultScript.any());
  }

  private static boolean crashes(World world, int step, Predicate<Step> steps) {
    world.faults.crashBefore(step, steps);
    try {
      world.reconcile();
      return false;
    } catch (FaultScript.Crash _) {
      return true;
    } finally {
      world.faults.clear();
    }
  }

  @Test
  void messages_areStillOfWhomTheyWere() {
    // given: the other user's messages that name her id are his
    ann();
    world.erase("ann");
    world.settleDown();
    replay();
    // then
    assertEquals(
        List.of("login-bob-anon_bob-6", "login-bob-anon_a-8"),
        Stream.of("bob").flatMap(user -> world.timeline(user).stream()).toList());
    assertEquals(1, world.alias("anon_bob").claims().size());
  }
}
