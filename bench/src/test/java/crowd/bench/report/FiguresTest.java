package crowd.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {

  @Test
  void of_keepsThreeDigitsThatCount() {
    assertEquals(
        List.of("0.128", "1.4", "12300", "0", "-"),
        List.of(
            Figures.of(0.12849),
            Figures.of(1.4),
            Figures.of(12_345),
            Figures.of(0),
            Figures.of(Double.NaN)));
  }

  @Test
  void quantile_liesBetweenTheTwoNearest() {
    // given
    var values = List.of(4.0, 1.0, 3.0, 2.0);

    // then
    assertEquals(
        List.of(1.75, 2.5, 3.25),
        List.of(
            Figures.quantile(values, 0.25),
            Figures.median(values),
            Figures.quantile(values, 0.75)));
  }
}
