package crowd.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {

  @Test
  void run_withSeedsOfTheProduct_findsNothing() {
    // when
    var report = Simulation.run(0, 2_000, 2);
    // then
    assertEquals(List.of(), report.failures());
  }
}
