package crowd.local.schedule;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final Rate rate = new Rate(Duration.ofMinutes(5), NOON);

  private boolean isDueAfter(long seconds) {
    return rate.isDue(NOON.plusSeconds(seconds));
  }

  @Test
  void isDue_atTheStartAndAtEveryPeriod_once() {
    assertTrue(isDueAfter(0));
    assertFalse(isDueAfter(0));
    assertFalse(isDueAfter(299));
    assertTrue(isDueAfter(300));
    assertFalse(isDueAfter(301));
    assertTrue(isDueAfter(601));
  }

  @Test
  void isDue_afterALongSleep_onceForAllThatWasMissed() {
    assertTrue(isDueAfter(0));
    assertTrue(isDueAfter(3_601));
    assertFalse(isDueAfter(3_602));
    assertTrue(isDueAfter(3_900));
  }

  @Test
  void isDue_clockSetBack_waits() {
    assertTrue(isDueAfter(0));
    assertFalse(isDueAfter(-3_600));
    assertTrue(isDueAfter(300));
  }
}
