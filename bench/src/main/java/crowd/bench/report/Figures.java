package crowd.bench.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Collection;

/** Numbers as people read them, and what is made of many. */
public final class Figures {

  private static final MathContext THREE_DIGITS = new MathContext(3);

  private Figures() {}

  /** With three digits that count; a dash for what cannot be said, as how far one value spreads. */
  public static String of(double value) {
    if (!Double.isFinite(value)) {
      return "-";
    }
    return plain(new BigDecimal(value).round(THREE_DIGITS).doubleValue());
  }

  public static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  public static double median(Collection<Double> values) {
    return quantile(values, 0.5);
  }

  /** Between the two nearest, in proportion. */
  public static double quantile(Collection<Double> values, double q) {
    var sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    double place = q * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = (int) Math.ceil(place);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
