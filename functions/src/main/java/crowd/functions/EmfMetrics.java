package crowd.functions;

import crowd.core.json.Json;
import crowd.core.observe.Counter;
import crowd.core.observe.Metrics;
import crowd.functions.http.Invocations;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Counts of one call after the other, each written at its end as one line in CloudWatch's embedded
 * metric format: the log is the way to the metrics, so no call waits for them.
 *
 * <p>Namespace {@code Crowd}, dimension {@code function}. Names are those of {@link Counter} in
 * camel case ({@code AcceptedMessages}), and {@code Calls}, {@code ClientErrors}, {@code
 * ServerErrors}, {@code Latency}.
 */
final class EmfMetrics implements Metrics, Invocations {

  private static final String NAMESPACE = "Crowd";
  private static final String FUNCTION = "function";

  private static final Metric CALLS = Metric.of("Calls", "Count");
  private static final Metric CLIENT_ERRORS = Metric.of("ClientErrors", "Count");
  private static final Metric SERVER_ERRORS = Metric.of("ServerErrors", "Count");
  private static final Metric LATENCY = Metric.of("Latency", "Milliseconds");

  private final PrintStream out;
  private final InstantSource clock;
  private final Map<Counter, Long> counts = new EnumMap<>(Counter.class);
  private final Map<Counter, Metric> metrics = new EnumMap<>(Counter.class);

  EmfMetrics(PrintStream out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public void add(Counter counter, long n) {
    synchronized (counts) {
      counts.merge(counter, n, Long::sum);
    }
  }

  @Override
  public void ended(String function, int status, Duration took) {
    var values = new ArrayList<Value>();
    values.add(new Value(CALLS, 1));
    values.add(new Value(CLIENT_ERRORS, status / 100 == 4 ? 1 : 0));
    values.add(new Value(SERVER_ERRORS, status / 100 == 5 ? 1 : 0));
    values.add(new Value(LATENCY, took.toMillis()));
    synchronized (counts) {
      counts.forEach((counter, n) -> values.add(new Value(metric(counter), n)));
      counts.clear();
    }
    Lines.print(out, line(function, values));
  }

  /**
   * @param definition as it stands in each line that has a value of it
   */
  private record Metric(String name, Json definition) {

    static Metric of(String name, String unit) {
      var definition =
          Json.Obj.EMPTY.with("Name", new Json.Text(name)).with("Unit", new Json.Text(unit));
      return new Metric(name, definition);
    }
  }

  private record Value(Metric metric, long value) {}

  /** Called under the lock of the counts. */
  private Metric metric(Counter counter) {
    return metrics.computeIfAbsent(counter, unknown -> Metric.of(name(unknown), unit(unknown)));
  }

  private Json.Obj line(String function, List<Value> values) {
    var definitions = new ArrayList<Json>();
    var fields = new LinkedHashMap<String, Json>();
    for (var value : values) {
      definitions.add(value.metric().definition());
      fields.put(value.metric().name(), Json.Num.of(value.value()));
    }
    var directive =
        Json.Obj.EMPTY
            .with("Namespace", new Json.Text(NAMESPACE))
            .with("Dimensions", array(array(new Json.Text(FUNCTION))))
            .with("Metrics", new Json.Arr(definitions));
    fields.put(FUNCTION, new Json.Text(function));
    fields.put(
        "_aws",
        Json.Obj.EMPTY
            .with("Timestamp", Json.Num.of(clock.millis()))
            .with("CloudWatchMetrics", array(directive)));
    return new Json.Obj(fields);
  }

  private static Json array(Json value) {
    return new Json.Arr(List.of(value));
  }

  private static String name(Counter counter) {
    var name = new StringBuilder();
    for (var word : counter.name().split("_", -1)) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return name.toString();
  }

  private static String unit(Counter counter) {
    return counter == Counter.OLDEST_WAITING_SECONDS ? "Seconds" : "Count";
  }
}
