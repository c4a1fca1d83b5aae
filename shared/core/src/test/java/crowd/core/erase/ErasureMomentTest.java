package crowd.core.erase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.World;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import crowd.core.message.Message;
import crowd.core.message.MessageType;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.memory.FaultScript;
import crowd.core.store.memory.Faults.Fate;
import crowd.core.store.memory.Faults.Operation;
import crowd.core.table.EventRow;
import crowd.core.table.TableKeys;
import crowd.core.unlink.UnlinkOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an erasure takes and what it leaves, where clocks differ and others decide beside it. */
class ErasureMomentTest {

  /** A clock that is behind another is so by this. */
  private static final Duration BEHIND = Duration.ofSeconds(-5);

  private static final Duration SOON = Duration.ofSeconds(1);

  /** The world's clock at its beginning, in the seconds of {@link World#at}. */
  private static final int DAY = 24 * 60 * 60;

  private final World world = new World();

  /** A person with an event of before she was known. */
  private void ann() {
    world.track(world.event("anon_a", "e1", 1));
    world.identify(world.login("ann", "anon_a", 2));
    world.drain();
  }

  private List<String> leftovers(String string) {
    return world.memory.dump().stream()
        .map(Item::toString)
        .filter(item -> item.contains(string))
        .toList();
  }

  private Optional<String> owner(String anonymousId) {
    return world.alias(anonymousId).owner().map(UserId::value);
  }

  private Message untimed() {
    return world.message(
        MessageType.TRACK, "{'user_id':'ann','event':'untimed','message_id':'untimed'}");
  }

  @Test
  void erase_byAClockThatIsBehind_takesWhatWasLinked() {
    // given
    ann();
    world.wait(BEHIND);
    // when
    assertEquals(EraseOutcome.ERASED, world.erase("ann"));
    world.settleDown();
    // then
    assertEquals(Optional.empty(), owner("anon_a"));
    assertEquals(List.of(), leftovers("ann"));
    assertEquals(List.of(), leftovers("e1"));
  }

  @Test
  void erase_byAClockThatIsBehind_takesWhoWasMerged() {
    // given
    ann();
    world.track(world.userEvent("old", Optional.empty(), "u1", 3));
    world.drain();
    world.wait(SOON);
    world.alias(world.alias("old", "ann", 4));
    world.drain();
    world.wait(BEHIND);
    // when
    assertEquals(EraseOutcome.ERASED, world.erase("old"));
    world.settleDown();
    // then
    assertEquals(List.of(), leftovers("#M#"));
    assertEquals(List.of(), leftovers("sk=M#"));
    assertEquals(List.of(), leftovers("MERGED"));
  }

  @Test
  void link_byAClockThatIsBehind_isOfSomebodyNew() {
    // given: received after the erasure
    ann();
    world.erase("ann");
    world.wait(SOON);
    var login = world.login("ann", "anon_b", 5);
    world.wait(BEHIND);
    // when
    world.identify(login);
    world.settleDown();
    // then
    assertEquals(Optional.of("ann"), owner("anon_b"));
    assertEquals(1, world.profile("ann").links());
  }

  /** Somebody new in the place of one who was erased, before the last sweep, and another user. */
  private void annAnewAndOld() {
    ann();
    world.erase("ann");
    world.wait(SOON);
    world.identify(world.traits("ann", "{'plan':'pro'}", "t1", 5));
    world.track(world.userEvent("old", Optional.empty(), "u1", 3));
    world.drain();
  }

  @Test
  void merge_byAClockThatIsBehind_isOfSomebodyNew() {
    // given
    annAnewAndOld();
    var merge = world.alias("old", "ann", 6);
    world.wait(BEHIND);
    // when
    world.alias(merge);
    world.settleDown();
    // then
    assertEquals("ann", world.person("old").orElseThrow().user().value());
    assertEquals(1, leftovers("sk=M#old").size());
  }

  @Test
  void unlink_byAClockThatIsBehind_isTold() {
    // given: somebody new, before the last sweep
    ann();
    world.erase("ann");
    world.wait(SOON);
    world.identify(world.login("ann", "anon_b", 5));
    world.wait(BEHIND);
    // when
    assertEquals(UnlinkOutcome.UNLINKED, world.unlink("ann", "anon_b"));
    world.settleDown();
    // then
    assertEquals(1, leftovers("UNLINKED").size());
  }

  @Test
  void unmerge_byAClockThatIsBehind_isTold() {
    // given
    annAnewAndOld();
    world.alias(world.alias("ann", "old", 6));
    world.wait(BEHIND);
    // when
    world.unmerge("ann", "old");
    world.settleDown();
    // then
    assertEquals(1, leftovers("=UNMERGED]").size());
    assertEquals(1, leftovers("=UNMERGED_FROM]").size());
  }

  @Test
  void erase_besideAnUnmerge_ofOneWhoWasPartedMeanwhile() {
    // given
    ann();
    world.track(world.userEvent("old", Optional.empty(), "u1", 3));
    world.drain();
    world.alias(world.alias("old", "ann", 4));
    world.drain();
    world.wait(SOON);
    // when: he is parted once it is known who his root is
    world.faults.before(1, FaultScript.each(Operation.QUERY), () -> world.unmerge("old", "ann"));
    assertEquals(EraseOutcome.ERASED, world.erase("old"));
    world.settleDown();
    // then
    assertEquals(Optional.empty(), world.person("old"));
    assertEquals("ann", world.person("ann").orElseThrow().user().value());
  }

  /** No link leads to it any more. */
  @Test
  void idThatSomebodyNewHadAndLost_isSwept() {
    // given
    ann();
    world.erase("ann");
    world.wait(SOON);
    world.identify(world.login("ann", "anon_a", 5));
    world.wait(SOON);
    world.unlink("ann", "anon_a");
    // when
    world.settleDown();
    // then
    assertEquals(List.of(), leftovers("e1"));
  }

  /** The erasure finds the copy of before, and has not taken it away when there is another. */
  @Test
  void idOfNobody_claimedBySomebodyNewWithinTheSweep_keepsTheirCopies() {
    // given: the id had ceased to be hers
    var e1 = world.event("anon_a", "e1", 1);
    var copy = TableKeys.copy(World.SHOP, new UserId("ann"), new AnonymousId("anon_a"), e1);
    ann();
    world.wait(SOON);
    world.unlink("ann", "anon_a");
    world.erase("ann");
    world.wait(SOON);
    // when
    world.faults.before(
        1,
        FaultScript.each(Operation.WRITE, copy),
        () -> {
          world.identify(world.login("ann", "anon_a", 5));
          world.drain();
        });
    world.settleDown();
    // then
    assertEquals(List.of("e1<", "login-ann-anon_a-5"), world.timeline("ann"));
  }

  /** What the copy is of was received after both erasures. */
  @Test
  void copyThatLandsAfterALaterErasuresFirstSweep_isTakenByItsLateOne() {
    // given: bob has had the id after ann, and was erased after her
    ann();
    world.erase("ann");
    world.reconcile();
    world.wait(SOON);
    world.identify(world.login("bob", "anon_a", 5));
    world.drain();
    long epoch = world.alias("anon_a").epoch();
    world.wait(SOON);
    world.erase("bob");
    world.reconcile();
    world.wait(SOON);
    // when: ann's late sweep ends before his
    world.memory.write(
        EventRow.putCopy(
            World.SHOP,
            new UserId("bob"),
            new AnonymousId("anon_a"),
            world.event("anon_a", "e2", 6),
            epoch));
    world.wait(EraseJob.LATE_SWEEP_AFTER.minus(SOON.multipliedBy(2)));
    world.reconcile();
    world.settleDown();
    // then
    assertEquals(List.of(), world.copies("bob"));
    assertEquals(List.of(), leftovers("anon_a"));
  }

  /** The last sweep of the erasure is still to come. */
  @Test
  void claimOfBefore_onAnIdOfSomebodyNew_isToldToBoth() {
    // given: received before the erasure, and late
    ann();
    var claim = world.login("bob", "anon_b", 3);
    world.wait(SOON);
    world.erase("ann");
    world.wait(SOON);
    world.identify(world.login("ann", "anon_b", 5));
    // when
    world.identify(claim);
    world.settleDown();
    // then
    assertEquals(1, leftovers("=USER_SWITCH]").size());
    assertEquals(1, leftovers("other=Text[value=ann]").size());
    assertEquals(1, leftovers("=CLAIMED_BY_OTHER]").size());
  }

  @Test
  void claimOfBefore_madeAgainBeforeTheJob_findsTheIdFree() {
    // given
    ann();
    world.identify(world.login("bob", "anon_a", 4));
    world.drain();
    world.erase("ann");
    world.wait(SOON);
    // when: the same would change nothing if the owner were still there
    world.identify(world.login("bob", "anon_a", 5));
    // then
    assertEquals(Optional.of("bob"), owner("anon_a"));
  }

  @Test
  void switchDecidedAfterItsClaimantWasErased_goesWithHim() {
    // given
    ann();
    world.identify(world.login("bob", "anon_bob", 4));
    world.drain();
    world.wait(SOON);
    // when: he is erased between what his claim reads and what it writes
    world.faults.before(
        2,
        FaultScript.each(Operation.GET),
        () -> {
          world.wait(SOON);
          world.erase("bob");
          world.wait(SOON);
        });
    world.identify(world.login("bob", "anon_a", 5));
    world.settleDown();
    // then: nothing of ann's says that it was he
    assertEquals(List.of(), leftovers("bob"));
  }

  @Test
  void sharedId_tellsItsOwnerNothingOfWhoWasErased() {
    // given
    ann();
    world.identify(world.login("bob", "anon_a", 4));
    world.identify(world.login("cid", "anon_a", 5));
    world.drain();
    // when
    world.erase("cid");
    world.settleDown();
    // then
    assertEquals(List.of(), leftovers("cid"));
  }

  @Test
  void survivor_isKnownToAProfileThatWasMadeMeanwhile() {
    // given: stored between the moment and the tombstone
    ann();
    world.faults.before(
        1,
        FaultScript.each(Operation.TRANSACT),
        () -> {
          world.wait(SOON);
          world.track(world.userEvent("ann", Optional.empty(), "new", 9));
          world.drain();
        });
    world.erase("ann");
    world.wait(SOON);
    world.identify(world.login("ann", "anon_b", 50));
    // when
    world.settleDown();
    // then
    assertEquals(World.at(9), world.profile("ann").firstSeen());
  }

  /** Else the backfill of somebody new would copy it before it is found out. */
  @Test
  void oldRecord_isLookedUpBeforeItIsStored() {
    // given
    world.track(world.event("anon_a", "e1", 1));
    var old = world.stream.records();
    ann();
    world.erase("ann");
    world.settleDown();
    // when
    world.faults.clear();
    world.consume(old);
    // then
    assertEquals(
        List.of(),
        world.faults.steps().stream()
            .filter(step -> step.operation() == Operation.PUT_ALL)
            .toList());
  }

  @Test
  void untimedMessage_sentOnBothSides_isStoredOnce() {
    // given
    ann();
    world.track(untimed());
    var before = world.stream.drain();
    world.erase("ann");
    world.wait(SOON);
    world.track(untimed());
    world.drain();
    // when: the sending of before, and one of later
    world.consume(before);
    world.wait(SOON);
    world.track(untimed());
    world.drain();
    world.settleDown();
    // then
    assertEquals(List.of("untimed"), world.timeline("ann"));
  }

  /** The profile still seems to be the tombstone, and counts the link a moment later. */
  @Test
  void unlink_ofAHalfVisibleLinkOfSomebodyNew_isCounted() {
    // given
    ann();
    world.erase("ann");
    world.wait(SOON);
    world.faults.between(
        1, FaultScript.each(Operation.TRANSACT), () -> world.unlink("ann", "anon_b"));
    // when
    world.identify(world.login("ann", "anon_b", 5));
    world.settleDown();
    // then
    assertEquals(owner("anon_b").isPresent() ? 1 : 0, world.profile("ann").links());
  }

  /**
   * The profile still seems to be the tombstone when the copies are there, and is not when the
   * backfill ends.
   */
  @Test
  void backfill_ofAHalfVisibleLinkOfSomebodyNew_marksWhenHeWasSeen() throws InterruptedException {
    // given
    ann();
    world.erase("ann");
    world.wait(SOON);
    world.reconcile();
    world.track(world.event("anon_b", "early", 3));
    world.drain();
    var hasRead = new CountDownLatch(1);
    var isLinked = new CountDownLatch(1);
    var backfill = new Thread(world::reconcile);
    world.faults.between(
        1,
        FaultScript.each(Operation.TRANSACT),
        () -> {
          world.wait(Duration.ofMinutes(5));
          var profile = TableKeys.profile(World.SHOP, new UserId("ann"));
          var alias = TableKeys.alias(World.SHOP, new AnonymousId("anon_b"));
          world.faults.after(1, FaultScript.each(Operation.GET, profile), hasRead::countDown);
          world.faults.before(
              1, FaultScript.each(Operation.WRITE, alias), () -> World.await(isLinked));
          backfill.start();
          World.await(hasRead);
        });
    // when
    world.identify(world.login("ann", "anon_b", 5));
    isLinked.countDown();
    backfill.join();
    world.settleDown();
    // then
    assertEquals(World.at(3), world.profile("ann").firstSeen());
    assertEquals(List.of("early<", "login-ann-anon_b-5"), world.timeline("ann"));
  }

  /** It has the time of the first sending, which goes. */
  @Test
  void untimedMessage_firstSentBefore_isStoredOnce() {
    // given
    ann();
    world.track(untimed());
    world.drain();
    world.wait(SOON);
    world.faults.before(
        1,
        FaultScript.each(Operation.TRANSACT),
        () -> {
          world.wait(SOON);
          world.track(untimed());
          world.drain();
        });
    world.erase("ann");
    world.settleDown();
    // when: what came after it is delivered again
    world.wait(SOON);
    world.track(untimed());
    world.drain();
    // then
    assertEquals(List.of("untimed"), world.timeline("ann"));
  }

  @Test
  void untimedMessage_thatComesWhileTheTombstoneStands_leavesItsTimeToALaterOne() {
    // given
    ann();
    world.track(untimed());
    var before = world.stream.drain();
    world.erase("ann");
    world.wait(SOON);
    world.track(untimed());
    var after = world.stream.drain();
    world.consume(before);
    world.consume(after);
    // when: delivered again, each
    world.consume(before);
    world.consume(after);
    world.settleDown();
    world.consume(after);
    world.consume(before);
    world.consume(after);
    world.settleDown();
    // then
    assertEquals(1, leftovers("#untimed#").size());
  }

  /** Her line in the history went with the owner. */
  @Test
  void claim_onAnIdOfOneWhoWasErasedBefore_isWithdrawn() {
    // given
    ann();
    world.identify(world.login("bob", "anon_a", 4));
    world.drain();
    world.unlink("ann", "anon_a");
    world.wait(SOON);
    world.erase("ann");
    world.settleDown();
    assertEquals(1, world.alias("anon_a").claims().size());
    // when
    world.erase("bob");
    world.settleDown();
    // then
    assertEquals(List.of(), leftovers("bob"));
  }

  @Test
  void claimOfAnother_onAnIdThatGoes_isForgottenWithIt() {
    // given
    ann();
    world.identify(world.login("bob", "anon_a", 4));
    world.drain();
    world.erase("ann");
    world.reconcile();
    world.wait(SOON);
    // when
    world.identify(world.login("cid", "anon_a", 5));
    // then
    assertEquals(Set.of(new UserId("cid")), world.alias("anon_a").claims().keySet());
  }

  /** An earlier one holds until it is forgotten with her. */
  @Test
  void reset_beforeTheJob_sealsTheIdForWhoComesNext() {
    // given
    ann();
    world.reset(world.logout("anon_a", 5));
    world.drain();
    world.erase("ann");
    world.wait(SOON);
    // when
    world.reset(world.logout("anon_a", DAY + 1));
    world.settleDown();
    // then
    assertEquals(World.at(DAY + 1), world.alias("anon_a").sealedAt());
  }

  @Test
  void reset_ofBeforeThatComesLate_leavesOneOfAfterIt() {
    // given
    ann();
    world.erase("ann");
    world.wait(Duration.ofSeconds(9));
    world.reset(world.logout("anon_a", DAY + 5));
    // when
    world.reset(world.logout("anon_a", 5));
    world.settleDown();
    // then
    assertEquals(World.at(DAY + 5), world.alias("anon_a").sealedAt());
  }

  /** The id was nobody's between the two, and so was the event. */
  @Test
  void erase_twiceBeforeTheFirstSweep_leavesWhatWasNobodysInBetween() {
    // given
    ann();
    world.erase("ann");
    world.wait(SOON);
    world.track(world.event("anon_a", "between", 5));
    world.identify(world.login("ann", "anon_b", 6));
    world.drain();
    world.wait(SOON);
    world.erase("ann");
    // when: the later one is worked first
    var second =
        world.memory.dump().stream()
            .map(Item::key)
            .filter(key -> key.sk().startsWith("J#ERASE#"))
            .max(Comparator.comparing(Key::sk))
            .orElseThrow();
    world.erasing().work(World.SHOP, second);
    world.settleDown();
    // then
    assertEquals(1, leftovers("#between#").size());
    assertEquals(List.of(), leftovers("ann"));
  }

  /** The rows of before and of after lead from each of the two to the other. */
  @Test
  void erase_besideAMergeTheOtherWayRound() {
    // given
    ann();
    world.track(world.userEvent("old", Optional.empty(), "u1", 3));
    world.drain();
    world.alias(world.alias("old", "ann", 4));
    world.drain();
    world.wait(SOON);
    // when
    world.faults.before(
        2,
        FaultScript.each(Operation.QUERY),
        () -> {
          world.unmerge("old", "ann");
          world.alias(world.alias("ann", "old", 5));
        });
    assertEquals(EraseOutcome.ERASED, world.erase("old"));
    world.settleDown();
    // then
    assertEquals(Optional.empty(), world.person("old"));
    assertEquals(Optional.empty(), world.person("ann"));
  }

  /** The row that leads to the other appears after the profiles that the merge wrote. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void erase_besideAMerge_waitsUntilAllOfItIsThere(int rowsShown) {
    // given
    ann();
    world.track(world.userEvent("old", Optional.empty(), "u1", 3));
    world.drain();
    var answers = eraseBeside(rowsShown);
    // when
    world.alias(world.alias("old", "ann", 4));
    answers.add(world.erase("ann"));
    world.settleDown();
    // then
    assertEquals(List.of(EraseOutcome.UNAVAILABLE, EraseOutcome.ERASED), answers);
    assertEquals(List.of(), leftovers("#u#old"));
    assertEquals(List.of(), leftovers("#u#ann"));
  }

  /** The row of the link appears after the profile that counts it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void erase_besideALink_waitsUntilAllOfItIsThere(int rowsShown) {
    // given
    ann();
    var answers = eraseBeside(rowsShown);
    // when
    world.identify(world.login("ann", "anon_b", 4));
    world.drain();
    world.wait(BEHIND);
    answers.add(world.erase("ann"));
    world.settleDown();
    // then
    assertEquals(List.of(EraseOutcome.UNAVAILABLE, EraseOutcome.ERASED), answers);
    assertEquals(Optional.empty(), owner("anon_b"));
    assertEquals(List.of(), leftovers("#u#ann"));
  }

  /** Erases ann while the next transaction has shown so many of its rows. */
  private List<EraseOutcome> eraseBeside(int rowsShown) {
    var answers = new ArrayList<EraseOutcome>();
    var transaction = FaultScript.each(Operation.TRANSACT);
    world.faults.fate(1, transaction, Fate.PIECEMEAL);
    world.faults.between(rowsShown, transaction, () -> answers.add(world.erase("ann")));
    return answers;
  }

  /** What was received between the two is nobody's, whoever does the first one's work. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void erase_twiceBeforeTheFirstSweep_leavesWhatCameInBetween(boolean claimedAgain) {
    // given
    ann();
    world.erase("ann");
    world.wait(SOON);
    world.track(world.event("anon_a", "between", 3));
    world.identify(world.traits("ann", "{}", "t1", 4));
    world.drain();
    world.wait(SOON);
    // when
    assertEquals(EraseOutcome.ERASED, world.erase("ann"));
    world.wait(SOON);
    if (claimedAgain) {
      world.identify(world.login("ann", "anon_a", 5));
      world.drain();
    }
    world.settleDown();
    // then
    assertEquals(
        claimedAgain ? List.of("between<", "login-ann-anon_a-5") : List.of(),
        world.timeline("ann"));
    assertEquals(1, leftovers("pk=shop#a#anon_a, sk=E#").size());
  }

  /** Of somebody new with the user id of somebody who claimed it before. */
  @Test
  void claimOfAnother_madeAgainAfterTheErasure_counts() {
    // given
    ann();
    world.identify(world.login("bob", "anon_a", 3));
    world.drain();
    world.erase("bob");
    world.wait(SOON);
    world.identify(world.login("bob", "anon_a", 4));
    world.settleDown();
    // when
    world.identify(world.login("cid", "anon_a", 5));
    // then
    assertTrue(world.alias("anon_a").shared());
  }

  /** His event meets the tombstone, and the owner's erasure takes the lines of history. */
  @Test
  void claimOfAnother_whoseRecordComesAfterBothErasures_isForgotten() {
    // given
    ann();
    world.identify(world.login("bob", "anon_a", 3));
    world.unlink("ann", "anon_a");
    world.wait(SOON);
    world.erase("ann");
    world.reconcile();
    world.erase("bob");
    // when
    world.drain();
    world.settleDown();
    // then
    assertEquals(List.of(), leftovers("bob"));
  }
}
