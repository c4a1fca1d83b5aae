package crowd.bench.report;

/**
 * A bar of the plot.
 *
 * @param value milliseconds
 */
public record Bar(String group, String label, double value) {}
