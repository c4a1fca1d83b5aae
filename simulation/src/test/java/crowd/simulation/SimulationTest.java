package crowd.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.simulation.oracle.Violation;
import crowd.simulation.oracle.Violation.Kind;
import crowd.simulation.world.Plan;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SimulationTest {

  @Test
  void run_withTheProduct_findsNothing() {
    // when
    var report = Simulation.run(0, 500, 2);
    // then
    assertEquals(List.of(), report.failures());
  }

  @Test
  void traces_ofTheSameSeeds_areTheSame() {
    assertArrayEquals(Simulation.traces(0, 60), Simulation.traces(0, 60));
  }

  @Test
  void replay_ofASoundSeed_saysSo() {
    assertFalse(Replay.of(0).isFailing());
  }

  @Test
  void shrink_keepsWhatBreaksAndNothingElse() {
    // given: whatever asks for a reset breaks
    var shrinker =
        new Shrinker((plan, _) -> {
          boolean resets =
              plan.requests().stream()
                  .flatMap(request -> request.messages().stream())
                  .anyMatch(message -> message.isReset());
          return resets ? Optional.of(new Violation(Kind.LOST, "a reset")) : Optional.empty();
        });
    var failing = Plan.of(5);
    for (long seed = 6; !failing.toString().contains("reset"); seed++) {
      failing = Plan.of(seed);
    }
    // when
    var small = shrinker.shrink(failing, Kind.LOST);
    // then
    assertEquals(1, small.requests().size());
    assertTrue(small.toString().contains("reset"));
  }
}
