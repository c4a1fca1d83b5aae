package crowd.core.race;

import static crowd.core.race.State.A;
import static crowd.core.race.State.ANN;
import static crowd.core.race.State.BOB;
import static crowd.core.store.memory.FaultScript.each;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import crowd.core.World;
import crowd.core.identify.IdentifyOutcome;
import crowd.core.identify.IdentifyOutcome.Ending;
import crowd.core.identity.CopyState;
import crowd.core.message.Message;
import crowd.core.message.MessageType;
import crowd.core.race.State.Of;
import crowd.core.race.State.OfId;
import crowd.core.store.memory.Faults.Fate;
import crowd.core.store.memory.Faults.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Races 10 and 12 to 16, 20 and 29: who gets an anonymous id, and what of it. */
class ClaimRaceTest {

  private static Ending identify(World world, Message message) {
    return assertInstanceOf(IdentifyOutcome.Decided.class, world.identify(message)).ending();
  }

  private static World withEvent(String name, int second) {
    var world = new World();
    world.track(world.event(A, name, second));
    world.drain();
    return world;
  }

  @Test
  void race10_twoUsersClaimOneId_retriedAfterALostReply() {
    for (var fate : List.of(Fate.REPLY_LOST, Fate.REQUEST_LOST)) {
      for (int lost = 1; lost <= 2; lost++) {
        // given: one of the two hears nothing of its link
        var world = withEvent("e1", 1);
        world.faults.fate(lost, each(Operation.TRANSACT), fate);
        var bobs = new Ending[1];
        world.faults.before(
            1, each(Operation.TRANSACT), () -> bobs[0] = identify(world, world.login(BOB, A, 3)));
        // when
        var anns = identify(world, world.login(ANN, A, 2));
        // and both say it again
        var again =
            List.of(
                identify(world, world.login(ANN, A, 2)), identify(world, world.login(BOB, A, 3)));
        world.settleDown();
        // then: bob's transaction is the first that can take effect
        assertEquals(
            List.of(Ending.USER_SWITCH, Ending.CREATED), List.of(anns, bobs[0]), fate + " " + lost);
        assertEquals(List.of(Ending.USER_SWITCH, Ending.UNCHANGED), again);
        assertEquals(
            new State(
                new Of(List.of("login-ann-anon_a-2"), List.of(), 0),
                new Of(List.of("e1<", "login-bob-anon_a-3"), List.of("e1"), 1),
                OfId.ownedBy(BOB, ANN, BOB)),
            State.in(world));
      }
    }
  }

  @Test
  void race12_identifyInOneTabWhileResetInTheOther() {
    for (int reset : List.of(1, 5)) {
      Steps.atEvery(step -> {
        // given: events on both sides of the reset
        var world = withEvent("e0", 0);
        world.track(world.event(A, "e9", 9));
        world.drain();
        // when
        boolean came =
            Steps.during(
                world,
                step,
                () -> world.identify(world.login(ANN, A, 3)),
                () -> world.reset(world.logout(A, reset)));
        world.settleDown();
        // then: by the time of the two, if the identify came behind; else by who was first
        boolean linked = world.alias(A).owner().isPresent();
        if (reset == 5 || !came) {
          assertEquals(true, linked, "step " + step);
        }
        assertEquals(
            linked
                ? new State(
                    new Of(List.of("e0<", "login-ann-anon_a-3"), List.of("e0"), 1),
                    Of.NOBODY,
                    OfId.ownedBy(ANN, ANN))
                : new State(
                    new Of(List.of("login-ann-anon_a-3"), List.of(), 0), Of.NOBODY, OfId.nobodys()),
            State.in(world));
        return came;
      });
    }
  }

  @Test
  void race13_resetFirstAnOlderIdentifyDeliveredLater() {
    for (boolean byTrack : List.of(false, true)) {
      Steps.atEvery(step -> {
        // given
        var world = withEvent("e1", 1);
        var claim =
            byTrack ? world.userEvent(ANN, Optional.of(A), "both", 2) : world.login(ANN, A, 2);
        world.track(world.event(A, "e9", 9));
        world.reset(world.logout(A, 5));
        // when: it comes while the reset is consumed
        boolean came = Steps.during(world, step, world::drain, () -> world.send(claim));
        world.settleDown();
        // then
        assertEquals(
            new State(
                new Of(List.of("e1<", claim.messageId()), List.of("e1"), 1),
                Of.NOBODY,
                OfId.ownedBy(ANN, ANN)),
            State.in(world));
        return came;
      });
    }
  }

  @Test
  void race14_aStaleTabAfterTheReset() {
    Steps.atEvery(step -> {
      // given
      var world = withEvent("e1", 1);
      world.identify(world.login(ANN, A, 2));
      world.drain();
      world.reset(world.logout(A, 5));
      // when: a tab goes on with the old id, for the next user, while the reset is consumed
      boolean came =
          Steps.during(
              world,
              step,
              world::drain,
              () -> {
                world.track(world.event(A, "e6", 6));
                assertEquals(Ending.RETIRED, identify(world, world.login(BOB, A, 7)));
                world.track(world.userEvent(BOB, Optional.of(A), "e8", 8));
              });
      world.settleDown();
      // then
      assertEquals(
          new State(
              new Of(List.of("e1<", "login-ann-anon_a-2"), List.of("e1"), 1),
              new Of(List.of("login-bob-anon_a-7", "e8"), List.of(), 0),
              OfId.ownedBy(ANN, ANN)),
          State.in(world));
      return came;
    });
  }

  @Test
  void race15_sharedComputerWithoutReset() {
    Steps.atEvery(step -> {
      // given
      var world = withEvent("e1", 1);
      world.identify(world.login(ANN, A, 2));
      world.track(world.event(A, "e3", 3));
      world.track(world.event(A, "e6", 6));
      // when: the next user comes while what ann did is consumed
      boolean came =
          Steps.during(
              world,
              step,
              world::drain,
              () -> assertEquals(Ending.USER_SWITCH, identify(world, world.login(BOB, A, 5))));
      world.track(world.userEvent(BOB, Optional.of(A), "e7", 7));
      world.settleDown();
      // then
      assertEquals(
          new State(
              new Of(List.of("e1<", "login-ann-anon_a-2", "e3"), List.of("e1", "e3"), 1),
              new Of(List.of("login-bob-anon_a-5", "e7"), List.of(), 0),
              OfId.ownedBy(ANN, ANN, BOB)),
          State.in(world));
      return came;
    });
  }

  @Test
  void race16_anAnonymousIdBakedIntoACachedPage() {
    Steps.atEvery(step -> {
      // given
      var world = withEvent("e1", 1);
      world.identify(world.login(ANN, A, 2));
      world.identify(world.login(BOB, A, 3));
      // when: the third comes while the first two are consumed, and then very many
      boolean came =
          Steps.during(world, step, world::drain, () -> world.identify(world.login("cid", A, 4)));
      for (int i = 0; i < 10; i++) {
        assertEquals(Ending.RETIRED, identify(world, world.login("user" + i, A, 5 + i)));
      }
      assertEquals(Ending.RETIRED, identify(world, world.login(ANN, A, 20)));
      world.settleDown();
      // then
      assertEquals(
          new State(
              new Of(List.of("login-ann-anon_a-2", "login-ann-anon_a-20"), List.of(), 0),
              new Of(List.of("login-bob-anon_a-3"), List.of(), 0),
              new OfId(Optional.empty(), CopyState.NONE, List.of(), true)),
          State.in(world));
      return came;
    });
  }

  @Test
  void race20_clocksThatAreYearsOff() {
    // given: one browser's clock is a quarter of a century behind, another's a day ahead; both say
    // what it was when they sent
    var world = new World();
    var json =
        "{'anonymous_id':'%s','event':'%s','message_id':'%2$s','timestamp':'%s','sent_at':'%s'}";
    var behind = Duration.ofDays(9000);
    var ahead = Duration.ofHours(23);
    var sent = world.now();
    // when
    world.track(
        world.message(
            MessageType.TRACK,
            json.formatted(A, "behind", sent.minus(behind).minusSeconds(20), sent.minus(behind))));
    world.track(
        world.message(
            MessageType.TRACK,
            json.formatted(A, "ahead", sent.plus(ahead).minusSeconds(10), sent.plus(ahead))));
    world.identify(world.login(ANN, A, 24 * 3600 - 5));
    world.track(world.event(A, "right", 24 * 3600 - 15));
    world.settleDown();
    // then: by its time each is ann's; it is shown by what its sender wrote
    assertEquals(
        new State(
            new Of(
                List.of("behind<", "right<", "login-ann-anon_a-86395", "ahead<"),
                List.of("behind", "right", "ahead"),
                1),
            Of.NOBODY,
            OfId.ownedBy(ANN, ANN)),
        State.in(world));
    assertEquals(
        List.of(sent.minusSeconds(20), sent.minusSeconds(15), sent.minusSeconds(10)),
        world.events(ANN).stream()
            .map(event -> event.message())
            .filter(message -> message.type() == MessageType.TRACK)
            .map(Message::time)
            .sorted()
            .toList());
  }

  @Test
  void race29_throttledIsNotTakenForExists() {
    for (var fate : List.of(Fate.THROTTLED, Fate.CONFLICT)) {
      for (var operation : List.of(Operation.TRANSACT, Operation.WRITE, Operation.PUT_ALL)) {
        for (int n = 1; n <= 6; n++) {
          // given
          var world = new World();
          world.track(world.event(A, "e1", 1));
          world.faults.fate(n, each(operation), fate);
          // when
          var outcome = world.identify(world.login(ANN, A, 2));
          world.drain();
          world.track(world.event(A, "e3", 3));
          world.drain();
          world.faults.clear();
          world.settleDown();
          // then
          assertEquals(
              Ending.CREATED, assertInstanceOf(IdentifyOutcome.Decided.class, outcome).ending());
          assertEquals(
              new State(
                  new Of(List.of("e1<", "login-ann-anon_a-2", "e3"), List.of("e1", "e3"), 1),
                  Of.NOBODY,
                  OfId.ownedBy(ANN, ANN)),
              State.in(world),
              fate + " " + operation + " " + n);
        }
      }
    }
  }
}
