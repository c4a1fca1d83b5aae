package crowd.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class GoalTest {

  @Test
  void line_atTheLimit_passes() {
    assertEquals(
        "warm-track 1.4 x-raw PASS (<= 1.4)", new Goal("warm-track", 1.4, "x-raw", 1.4).line());
  }

  @Test
  void line_aboveTheLimitByLessThanItShows_fails() {
    assertEquals(
        "warm-track 1.4 x-raw FAIL (<= 1.4)", new Goal("warm-track", 1.4001, "x-raw", 1.4).line());
  }

  @Test
  void line_whatCannotBeSaid_fails() {
    assertEquals(
        "warm-track - x-raw FAIL (<= 1.4)",
        new Goal("warm-track", Double.NaN, "x-raw", 1.4).line());
  }
}
