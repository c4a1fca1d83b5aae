package crowd.core.race;

import static crowd.core.race.State.A;
import static crowd.core.race.State.ANN;
import static crowd.core.race.State.BOB;
import static crowd.core.store.memory.FaultScript.each;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.World;
import crowd.core.merge.MergeOutcome;
import crowd.core.race.State.Of;
import crowd.core.race.State.OfId;
import crowd.core.store.Item;
import crowd.core.store.memory.Faults.Fate;
import crowd.core.store.memory.Faults.Operation;
import crowd.core.unlink.UnlinkOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Races 11 and 31 to 33: what is taken back, erased or merged while something is on its way. */
class UndoRaceTest {

  private static final Duration A_MOMENT = Duration.ofMillis(1);
  private static final List<String> PEOPLE = List.of("a", "b", "c", "d", "e");

  /** Linked, with all copies made. */
  private static World linked() {
    var world = new World();
    world.track(world.event(A, "e1", 1));
    world.identify(world.login(ANN, A, 2));
    world.drain();
    return world;
  }

  private static void unlink(World world) {
    world.wait(A_MOMENT);
    world.unlink(ANN, A);
    world.wait(A_MOMENT);
  }

  @Test
  void race11_aTimedOutLinkThatLandsAfterAnUnlink() {
    for (boolean relinked : List.of(false, true)) {
      // given: the first sending of the link is on its way while the second takes effect
      var world = new World();
      world.track(world.event(A, "e1", 1));
      world.drain();
      world.faults.fate(1, each(Operation.TRANSACT), Fate.LATE);
      world.identify(world.login(ANN, A, 2));
      world.drain();
      unlink(world);
      if (relinked) {
        world.identify(world.login(BOB, A, 3));
      }
      // when
      world.memory.landLate();
      world.settleDown();
      // then
      var ann = new Of(List.of("login-ann-anon_a-2"), List.of(), 0);
      assertEquals(
          relinked
              ? new State(
                  ann,
                  new Of(List.of("e1<", "login-bob-anon_a-3"), List.of("e1"), 1),
                  OfId.ownedBy(BOB, BOB))
              : new State(ann, Of.NOBODY, OfId.nobodys()),
          State.in(world));
    }
  }

  @Test
  void race11_aCopyThatLandsAfterAnUnlink() {
    // given: the consumer hears nothing of its copy, and puts it again
    var world = new World();
    world.identify(world.login(ANN, A, 2));
    world.drain();
    world.track(world.event(A, "e1", 1));
    world.faults.fate(1, step -> isCopy(step.keys().iterator().next().sk()), Fate.LATE);
    world.drain();
    unlink(world);
    world.reconcile();
    // when: it lands after the first sweep
    world.memory.landLate();
    assertEquals(List.of("e1"), world.copies(ANN));
    assertEquals(List.of("login-ann-anon_a-2"), world.timeline(ANN));
    world.settleDown();
    // then
    assertEquals(
        new State(new Of(List.of("login-ann-anon_a-2"), List.of(), 0), Of.NOBODY, OfId.nobodys()),
        State.in(world));
  }

  private static boolean isCopy(String sk) {
    return sk.endsWith("#=" + A);
  }

  @Test
  void race31_unlinkWhileProjecting() {
    Steps.atEvery(step -> {
      // given
      var world = linked();
      world.track(world.event(A, "e3", 3));
      world.track(world.userEvent(ANN, Optional.of(A), "both", 4));
      // when
      boolean came = Steps.during(world, step, world::drain, () -> unlink(world));
      // then: at once for readers
      assertEquals(List.of("login-ann-anon_a-2", "both"), world.timeline(ANN));
      world.settleDown();
      assertEquals(
          new State(
              new Of(List.of("login-ann-anon_a-2", "both"), List.of(), 0),
              Of.NOBODY,
              OfId.nobodys()),
          State.in(world));
      return came;
    });
  }

  @Test
  void race31_relinkWhileTheFirstSweepRuns() {
    for (var user : List.of(ANN, BOB)) {
      Steps.atEvery(step -> {
        // given
        var world = linked();
        unlink(world);
        // when
        boolean came =
            Steps.during(
                world,
                step,
                world::reconcile,
                () -> {
                  world.identify(world.login(user, A, 5));
                  world.drain();
                });
        world.settleDown();
        // then
        assertEquals(
            user.equals(ANN)
                ? new State(
                    new Of(
                        List.of("e1<", "login-ann-anon_a-2", "login-ann-anon_a-5"),
                        List.of("e1"),
                        1),
                    Of.NOBODY,
                    OfId.ownedBy(ANN, ANN))
                : new State(
                    new Of(List.of("login-ann-anon_a-2"), List.of(), 0),
                    new Of(List.of("e1<", "login-bob-anon_a-5"), List.of("e1"), 1),
                    OfId.ownedBy(BOB, BOB)),
            State.in(world));
        return came;
      });
    }
  }

  @Test
  void race32_eraseWhileLinking() {
    Steps.atEvery(step -> {
      // given
      var world = linked();
      world.track(world.event("anon_d", "d1", 3));
      world.drain();
      var login = world.login(ANN, "anon_d", 4);
      // when
      boolean came = Steps.during(world, step, () -> world.identify(login), () -> world.erase(ANN));
      // then: the event of an id that did not become hers is nobody's
      assertEquals(Optional.empty(), world.person(ANN));
      world.settleDown();
      assertEquals(Set.of(), of(world, ANN));
      assertEquals(Optional.empty(), world.alias("anon_d").owner());
      return came;
    });
  }

  @Test
  void race32_lateEventsWhileTheSweepsRun_thenTheWholeStreamAgain() {
    Steps.atEvery(step -> {
      // given
      var world = linked();
      world.track(world.event(A, "late", 3));
      world.track(world.userEvent(ANN, Optional.of(A), "late-too", 4));
      world.identify(world.traits(ANN, "{'plan':'pro'}", "t1", 5));
      var late = world.stream.records();
      world.stream.drain();
      world.erase(ANN);
      // when
      boolean came = Steps.during(world, step, world::reconcile, () -> world.consume(late));
      world.settleDown();
      // then: nothing is left but that an id was erased
      assertEquals(List.of(), rows(world));
      // when
      world.wait(Duration.ofDays(6));
      world.consume(late);
      world.consume(late.reversed());
      world.settleDown();
      // then
      assertEquals(List.of(), rows(world));
      return came;
    });
  }

  private static List<Item> rows(World world) {
    return world.memory.dump().stream()
        .filter(item -> !item.key().pk().startsWith("shop#e#"))
        .toList();
  }

  /** What is left in the partition of a user. */
  private static Set<Item> of(World world, String user) {
    var left = new HashSet<>(rows(world));
    left.removeIf(item -> !item.key().pk().equals("shop#u#" + user));
    return left;
  }

  @Test
  void race33_threeMergesInACircleAtOnce() {
    for (int inner = 1; inner <= 4; inner++) {
      int transaction = inner;
      Steps.atEvery(step -> {
        // given
        var world = new World();
        for (var user : List.of("a", "b", "c")) {
          world.track(world.userEvent(user, Optional.empty(), "e-" + user, user.charAt(0)));
        }
        world.drain();
        // when: b goes to c while a goes to b, and c goes to a while that happens
        boolean came =
            Steps.during(
                world,
                step,
                () -> world.alias(world.alias("a", "b", 1)),
                () -> {
                  world.faults.before(
                      transaction,
                      each(Operation.GET),
                      () -> world.alias(world.alias("c", "a", 3)));
                  world.alias(world.alias("b", "c", 2));
                });
        world.alias(world.alias("c", "a", 3));
        // then: one person, with two pointers
        var roots =
            List.of("a", "b", "c").stream()
                .map(user -> world.person(user).orElseThrow().user().value())
                .distinct()
                .toList();
        assertEquals(1, roots.size(), "step " + step);
        assertEquals(List.of("e-a", "e-b", "e-c"), world.timeline(roots.getFirst()));
        assertEquals(2, world.person("a").orElseThrow().merged().size());
        // when: taken apart
        for (var user : List.of("a", "b", "c")) {
          world.unmerge(user, roots.getFirst());
        }
        // then
        for (var user : List.of("a", "b", "c")) {
          assertEquals(List.of("e-" + user), world.timeline(user));
        }
        return came;
      });
    }
  }

  @Test
  void race33_anUnmergeWhileTheOtherIsMergedOn() {
    Steps.atEvery(step -> {
      // given: a is one with b
      var world = new World();
      world.alias(world.alias("a", "b", 1));
      var answers = new ArrayList<MergeOutcome>();
      // when
      boolean came =
          Steps.during(
              world,
              step,
              () -> answers.add(world.unmerge("a", "b")),
              () -> world.alias(world.alias("b", "c", 2)));
      // then
      assertEquals(List.of(MergeOutcome.UNMERGED), answers);
      assertEquals("a", world.person("a").orElseThrow().user().value());
      return came;
    });
  }

  @Test
  void race33_anUnlinkWhileTheTwoArePartedAgain() {
    Steps.atEvery(step -> {
      // given: ann's id, and bob, who is one with her
      var world = linked();
      world.alias(world.alias(ANN, BOB, 3));
      var answers = new ArrayList<UnlinkOutcome>();
      // when: it is asked for in his name
      boolean came =
          Steps.during(
              world, step, () -> answers.add(world.unlink(BOB, A)), () -> world.unmerge(ANN, BOB));
      // then
      boolean isTaken = world.alias(A).owner().isEmpty();
      assertEquals(List.of(isTaken ? UnlinkOutcome.UNLINKED : UnlinkOutcome.NOT_LINKED), answers);
      return came;
    });
  }

  /** Somebody is looked up over two pointers while the second is taken and a third is made. */
  @Test
  void race33_theOneAboveHimGoesElsewhere() {
    for (var request : Request.values()) {
      var serial =
          List.of(
              state(List.of(request::of, UndoRaceTest::leave, UndoRaceTest::join)),
              state(List.of(UndoRaceTest::leave, request::of, UndoRaceTest::join)),
              state(List.of(UndoRaceTest::leave, UndoRaceTest::join, request::of)));
      Steps.atEvery(step -> {
        // given
        var world = merged();
        // when
        boolean came =
            Steps.during(
                world,
                step,
                () -> request.of(world),
                () -> {
                  leave(world);
                  join(world);
                });
        // then
        var state = state(world);
        assertTrue(serial.contains(state), request + " at step " + step + ": " + state);
        return came;
      });
    }
  }

  /** a, who is one with b, and with c through him; d and e. */
  private static World merged() {
    var world = new World();
    for (var user : PEOPLE) {
      world.track(world.userEvent(user, Optional.empty(), "e-" + user, user.charAt(0)));
    }
    world.drain();
    world.alias(world.alias("a", "b", 1));
    world.alias(world.alias("b", "c", 2));
    return world;
  }

  private static void leave(World world) {
    world.unmerge("b", "c");
  }

  private static void join(World world) {
    world.alias(world.alias("c", "d", 3));
  }

  private static Map<String, List<String>> state(List<Consumer<World>> requests) {
    var world = merged();
    requests.forEach(request -> request.accept(world));
    return state(world);
  }

  private static Map<String, List<String>> state(World world) {
    return PEOPLE.stream()
        .filter(user -> world.person(user).isPresent())
        .collect(toMap(user -> user, world::timeline));
  }

  private enum Request {
    UNMERGE_FROM_D {
      @Override
      void of(World world) {
        world.unmerge("a", "d");
      }
    },
    MERGE_INTO_E {
      @Override
      void of(World world) {
        world.alias(world.alias("a", "e", 4));
      }
    },
    ERASE {
      @Override
      void of(World world) {
        world.erase("a");
      }
    };

    abstract void of(World world);
  }
}
