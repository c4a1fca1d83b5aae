package crowd.core.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class AliasTest {

  private static final long SEED = Long.getLong("seed", 13);
  private static final UserId ANN = new UserId("ann");
  private static final UserId BOB = new UserId("bob");
  private static final UserId CYD = new UserId("cyd");

  private static final Alias OPEN =
      Alias.unclaimed(new WebsiteId("shop"), new AnonymousId("anon_a"));

  private static Instant at(int second) {
    return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(second);
  }

  private static Alias linked(int second) {
    return OPEN.linkedTo(
        new Ownership(ANN, at(second), at(second), "identify", "m"), at(second), at(second + 120));
  }

  @Test
  void r2_ownsUpToTheSealAndWhatHadNotExpiredAtTheLink() {
    var sealed = linked(10).reset(at(20), at(140));
    assertTrue(sealed.owns(at(20), Instant.MAX));
    assertFalse(sealed.owns(at(21), Instant.MAX));
    assertTrue(sealed.owns(at(1), at(11)));
    assertFalse(sealed.owns(at(1), at(10)));
    assertFalse(OPEN.owns(at(1), Instant.MAX));
  }

  @Test
  void r3_r6_claimable() {
    var owned = linked(10);
    var reset = owned.reset(at(20), at(140));
    var switched = owned.switched(BOB, at(15), at(15), at(135));
    var resetUnowned = OPEN.reset(at(20), at(140));
    assertEquals(Claimable.OPEN, OPEN.claimableBy(ANN, at(1)));
    assertEquals(Claimable.OWN, owned.claimableBy(ANN, at(99)));
    assertEquals(Claimable.OTHERS, owned.claimableBy(BOB, at(99)));
    assertEquals(Claimable.OTHERS, switched.claimableBy(BOB, at(99)));
    assertEquals(Claimable.OTHERS, reset.claimableBy(BOB, at(20)));
    assertEquals(Claimable.RETIRED, reset.claimableBy(BOB, at(21)));
    assertEquals(Claimable.OWN, reset.claimableBy(ANN, at(21)));
    assertEquals(Claimable.OPEN, resetUnowned.claimableBy(ANN, at(20)));
    assertEquals(Claimable.RETIRED, resetUnowned.claimableBy(ANN, at(21)));
    assertEquals(Claimable.RETIRED, owned.madeShared().claimableBy(ANN, at(1)));
  }

  @Test
  void r3_theThirdUserMakesItShared() {
    var two = linked(10).switched(BOB, at(15), at(15), at(135));
    assertFalse(linked(10).becomesSharedBy(BOB));
    assertFalse(two.becomesSharedBy(ANN));
    assertFalse(two.becomesSharedBy(BOB));
    assertTrue(two.becomesSharedBy(CYD));
    var shared = two.madeShared();
    assertEquals(two.epoch() + 1, shared.epoch());
    assertEquals(CopyState.NONE, shared.copies());
    assertEquals(Map.of(), shared.claims());
  }

  @Test
  void aSealStartsTheRightWorkOnTheCopies() {
    var pending = linked(10);
    var midway = pending.scannedTo("E#5", 100, at(200));
    assertEquals(CopyState.PENDING, midway.reset(at(20), at(140)).copies());
    assertEquals(null, midway.reset(at(20), at(140)).cursor());
    assertEquals(CopyState.TRIMMING, pending.settled(at(99)).reset(at(20), at(140)).copies());
    assertEquals(CopyState.LAZY, pending.lazy().reset(at(20), at(140)).copies());
    assertEquals(null, pending.lazy().reset(at(20), at(140)).due());
    var later = pending.reset(at(20), at(140));
    assertEquals(later, later.reset(at(30), at(150)), "a later seal changes nothing");
  }

  /** Resets and switches in any order, any number of times. */
  @Test
  void sealsAreAJoin() {
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < 2_000; i++) {
      // given
      int a = random.nextInt(100);
      int b = random.nextInt(100);
      int c = random.nextInt(100);
      List<UnaryOperator<Alias>> seals =
          List.of(
              alias -> alias.reset(at(a), at(500)),
              alias -> alias.reset(at(b), at(500)),
              alias -> alias.switched(BOB, at(c), at(c), at(500)));
      var inOrder = linked(10);
      var inReverse = linked(10);
      // when
      for (int j = 0; j < 3; j++) {
        inOrder = seals.get(j).apply(inOrder);
        inReverse = seals.get(2 - j).apply(seals.get(2 - j).apply(inReverse));
      }
      // then
      assertEquals(inOrder.sealedAt(), inReverse.sealedAt(), "seed " + SEED);
      assertEquals(inOrder.resetAt(), inReverse.resetAt(), "seed " + SEED);
      assertEquals(inOrder.claims(), inReverse.claims(), "seed " + SEED);
      assertEquals(at(Math.min(c, Math.min(a, b))), inOrder.sealedAt(), "seed " + SEED);
    }
  }
}
