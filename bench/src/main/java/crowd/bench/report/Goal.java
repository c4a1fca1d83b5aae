package crowd.bench.report;

import java.util.Locale;

/**
 * A figure that is to stay at or below a limit.
 *
 * @param name a word
 * @param unit a word
 */
public record Goal(String name, double value, String unit, double limit) {

  public boolean isMet() {
    return value <= limit;
  }

  public String line() {
    return String.format(
        Locale.ROOT,
        "%s %s %s %s (<= %s)",
        name,
        Figures.of(value),
        unit,
        isMet() ? "PASS" : "FAIL",
        Figures.plain(limit));
  }
}
