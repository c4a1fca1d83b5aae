package crowd.local.template;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Numbers and words that AWS takes, and refuses only when it is deployed. */
final class Limits {

  /** An HTTP API gives a request up after this, so a function that goes on works for nobody. */
  private static final int API_SECONDS = 29;

  private static final Set<String> RUNTIMES = Set.of("java25", "provided.al2023");
  private static final Set<String> PROCESSORS = Set.of("arm64", "x86_64");
  private static final Set<Integer> LOG_DAYS =
      Set.of(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557);

  private record Range(int least, int most) {}

  private static final Map<String, Range> OF_FUNCTION =
      Map.ofEntries(
          entry("MemorySize", new Range(128, 10_240)),
          entry("Timeout", new Range(1, 900)),
          entry("EventInvokeConfig.MaximumRetryAttempts", new Range(0, 2)),
          entry("EventInvokeConfig.MaximumEventAgeInSeconds", new Range(60, 21_600)));

  private static final Map<String, Map<String, Range>> OF_EVENT =
      Map.of(
          "Kinesis",
          Map.of(
              "BatchSize", new Range(1, 10_000),
              "MaximumBatchingWindowInSeconds", new Range(0, 300),
              "ParallelizationFactor", new Range(1, 10),
              "MaximumRetryAttempts", new Range(0, 10_000),
              "MaximumRecordAgeInSeconds", new Range(60, 604_800)),
          "Schedule",
          Map.of(
              "RetryPolicy.MaximumRetryAttempts", new Range(0, 185),
              "RetryPolicy.MaximumEventAgeInSeconds", new Range(60, 86_400)),
          "HttpApi",
          Map.of());

  private static final Map<String, Map<String, Range>> OF_RESOURCE =
      Map.of(
          "AWS::Kinesis::Stream",
          Map.of("RetentionPeriodHours", new Range(24, 8_760)),
          "AWS::SQS::Queue",
          Map.of("MessageRetentionPeriod", new Range(60, 1_209_600)),
          "AWS::DynamoDB::Table",
          Map.of("PointInTimeRecoverySpecification.RecoveryPeriodInDays", new Range(1, 35)));

  private final Node template;
  private final List<String> broken = new ArrayList<>();

  Limits(Node template) {
    this.template = template;
  }

  List<String> broken() {
    var globals = template.get("Globals").get("Function");
    oneOf(globals.get("Runtime"), RUNTIMES);
    globals.get("Architectures").elements().forEach(node -> oneOf(node, PROCESSORS));
    for (var resource : template.get("Resources").fields().values()) {
      var type = resource.get("Type").text();
      var properties = resource.get("Properties");
      ranges(properties, OF_RESOURCE.getOrDefault(type, Map.of()));
      switch (type) {
        case Resources.FUNCTION -> function(properties);
        case "AWS::Logs::LogGroup" -> oneOf(properties.get("RetentionInDays"), LOG_DAYS);
        case "AWS::CloudWatch::Alarm" -> alarm(properties);
        default -> {}
      }
    }
    return broken;
  }

  private void function(Node properties) {
    if (properties.get("Runtime").isPresent()) {
      oneOf(properties.get("Runtime"), RUNTIMES);
    }
    for (var required : List.of("MemorySize", "Timeout")) {
      if (!properties.get(required).isPresent()) {
        broken.add(properties.get(required).path() + ": missing");
      }
    }
    ranges(properties, OF_FUNCTION);
    for (var event : properties.get("Events").fields().values()) {
      var type = event.get("Type").text();
      if (!OF_EVENT.containsKey(type)) {
        broken.add(event.path() + ": unknown event " + type);
      }
      ranges(event.get("Properties"), OF_EVENT.getOrDefault(type, Map.of()));
      if (type.equals("HttpApi")) {
        range(properties.get("Timeout"), new Range(1, API_SECONDS));
      }
    }
  }

  private void alarm(Node properties) {
    period(properties.get("Period"));
    properties
        .get("Metrics")
        .elements()
        .forEach(metric -> period(metric.get("MetricStat").get("Period")));
  }

  private void period(Node period) {
    if (period.isPresent() && (period.number() <= 0 || period.number() % 60 != 0)) {
      broken.add(period.path() + ": " + period.number() + " is not whole minutes");
    }
  }

  private void ranges(Node owner, Map<String, Range> ranges) {
    ranges.forEach((path, range) -> {
      var node = owner;
      for (var step : path.split("\\.", -1)) {
        node = node.get(step);
      }
      range(node, range);
    });
  }

  private void range(Node node, Range range) {
    for (var value : values(node)) {
      if (!(value instanceof Integer number) || number < range.least || number > range.most) {
        var problem =
            "%s: %s is not %d to %d".formatted(node.path(), value, range.least, range.most);
        if (!broken.contains(problem)) {
          broken.add(problem);
        }
      }
    }
  }

  private void oneOf(Node node, Set<?> allowed) {
    var values = values(node);
    if (values.isEmpty()) {
      broken.add(node.path() + ": missing");
    }
    for (var value : values) {
      if (!allowed.contains(value)) {
        broken.add(node.path() + ": " + value + " is none that AWS has");
      }
    }
  }

  /** What stands there, or all that the parameter may be that stands there. */
  private Set<@Nullable Object> values(Node node) {
    var values = new LinkedHashSet<@Nullable Object>();
    if (node.value() instanceof Intrinsic(var name, String parameter) && name.equals("Ref")) {
      var declared = template.get("Parameters").get(parameter);
      values.add(declared.get("Default").value());
      declared.get("AllowedValues").elements().forEach(allowed -> values.add(allowed.value()));
    } else {
      values.add(node.value());
    }
    values.removeIf(Objects::isNull);
    return values;
  }
}
