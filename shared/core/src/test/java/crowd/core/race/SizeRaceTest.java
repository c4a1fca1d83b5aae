package crowd.core.race;

import static crowd.core.race.State.A;
import static crowd.core.race.State.ANN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.World;
import crowd.core.claim.Claims;
import crowd.core.identify.IdentifyOutcome;
import crowd.core.identify.IdentifyOutcome.Ending;
import crowd.core.identity.CopyState;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Races 35 and 36: more events or ids than anybody has. */
class SizeRaceTest {

  private static final int MOST_COPIED = 150;
  private static final int EVENTS = 320;

  private static String name(int i) {
    return "e%03d".formatted(i);
  }

  @Test
  void race35_moreEventsOnOneIdThanAreCopied() {
    // given
    var world = new World(UnaryOperator.identity(), MOST_COPIED);
    track(world, 1, EVENTS);
    world.identify(world.login(ANN, A, 5000));
    // when
    world.drain();
    // then: copied are a few, shown are all, in pages of any size
    assertEquals(CopyState.LAZY, world.alias(A).copies());
    assertEquals(MOST_COPIED / 100 * 100 + 100, world.copies(ANN).size());
    var expected = timeline(EVENTS);
    assertEquals(expected, world.timeline(ANN));
    var names = new ArrayList<>(List.of("login-ann-anon_a-5000"));
    names.addAll(IntStream.rangeClosed(1, EVENTS).mapToObj(i -> name(EVENTS + 1 - i)).toList());
    assertEquals(names, world.timelineByPages(ANN, 7));
    // when: it is taken back
    world.wait(Duration.ofMillis(1));
    world.unlink(ANN, A);
    // then
    assertEquals(List.of("login-ann-anon_a-5000"), world.timeline(ANN));
    world.settleDown();
    assertEquals(List.of(), world.copies(ANN));
  }

  private static void track(World world, int from, int to) {
    world.batch(IntStream.rangeClosed(from, to).mapToObj(i -> world.event(A, name(i), i)).toList());
    world.drain();
  }

  private static List<String> timeline(int events) {
    var all =
        new ArrayList<>(IntStream.rangeClosed(1, events).mapToObj(i -> name(i) + "<").toList());
    all.add("login-ann-anon_a-5000");
    return all;
  }

  @Test
  void race35_anEventThatComesWhileTheIdGetsTooLarge() {
    Steps.atEvery(count -> {
      // given
      var world = new World(UnaryOperator.identity(), 50);
      track(world, 1, 110);
      world.identify(world.login(ANN, A, 5000));
      // when: at every fifth call, which is often enough and quick
      boolean came =
          Steps.during(
              world,
              5 * count,
              world::drain,
              () -> {
                world.track(world.event(A, name(111), 111));
                world.consume(world.stream.drain());
              });
      world.settleDown();
      // then
      assertEquals(timeline(111), world.timeline(ANN), "step " + 5 * count);
      assertEquals(CopyState.LAZY, world.alias(A).copies());
      return came;
    });
  }

  @Test
  void race36_moreIdsOfOneUserThanAnybodyHas() {
    // given
    var world = new World();
    for (int i = 0; i < Claims.MAX_LINKS; i++) {
      if (i % Claims.MAX_LINKS_AN_HOUR == 0) {
        world.wait(Duration.ofHours(1));
      }
      world.track(world.event("anon_" + i, "e" + i, i));
      world.identify(world.login(ANN, "anon_" + i, 10_000 + i));
    }
    world.drain();
    world.wait(Duration.ofHours(1));
    // when
    var refused = ending(world, "anon_more");
    world.settleDown();
    // then
    assertEquals(Ending.REFUSED_LIMIT, refused);
    assertEquals(Claims.MAX_LINKS, world.person(ANN).orElseThrow().links().size());
    var timeline = world.timelineByPages(ANN, 100);
    assertEquals(2 * Claims.MAX_LINKS + 1, timeline.size());
    assertEquals(
        IntStream.range(0, Claims.MAX_LINKS)
            .mapToObj(i -> "e" + (Claims.MAX_LINKS - 1 - i))
            .toList(),
        timeline.subList(Claims.MAX_LINKS + 1, timeline.size()));
    // when: one is taken back
    world.unlink(ANN, "anon_0");
    // then: there is room for one
    assertEquals(Ending.LINKED, ending(world, "anon_more"));
    assertEquals(Ending.REFUSED_LIMIT, ending(world, "anon_and_more"));
  }

  private static Ending ending(World world, String id) {
    return assertInstanceOf(
            IdentifyOutcome.Decided.class, world.identify(world.login(ANN, id, 20_000)))
        .ending();
  }

  @Test
  void race36_theLastTwoOfAnHourAtOnce() {
    Steps.atEvery(step -> {
      // given: room for one more
      var world = new World();
      for (int i = 1; i < Claims.MAX_LINKS_AN_HOUR; i++) {
        world.identify(world.login(ANN, "anon_" + i, i));
      }
      assertTrue(world.now().truncatedTo(ChronoUnit.HOURS).equals(world.now()));
      var endings = new ArrayList<Ending>();
      // when
      boolean came =
          Steps.during(
              world,
              step,
              () -> endings.add(ending(world, "anon_x")),
              () -> endings.add(ending(world, "anon_y")));
      // then: one of the two, and both are told
      assertEquals(
          List.of(Ending.LINKED, Ending.REFUSED_LIMIT), endings.stream().sorted().toList());
      assertEquals(Claims.MAX_LINKS_AN_HOUR, world.profile(ANN).links());
      assertEquals(Claims.MAX_LINKS_AN_HOUR, world.person(ANN).orElseThrow().links().size());
      return came;
    });
  }
}
