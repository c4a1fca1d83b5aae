package crowd.local.template;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.observe.Counter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What alarms and dashboards look at is written by AWS or by the code, under that dimension. */
final class MetricNames {

  private static final String OURS = "Crowd";
  private static final String OUR_DIMENSION = "function";

  /** What {@code EmfMetrics} counts besides the counters. */
  private static final Set<String> OF_EVERY_CALL =
      Set.of("Calls", "ClientErrors", "ServerErrors", "Latency");

  /** By namespace and dimension. */
  private static final Map<String, Set<String>> OF_AWS =
      Map.of(
          "AWS/Lambda FunctionName",
          Set.of(
              "ConcurrentExecutions",
              "Duration",
              "Errors",
              "Invocations",
              "IteratorAge",
              "Throttles"),
          "AWS/Lambda EventSourceMappingUUID",
          Set.of(
              "DroppedEventCount", "OnFailureDestinationDeliveredEventCount", "PolledEventCount"),
          "AWS/Kinesis StreamName",
          Set.of(
              "IncomingBytes",
              "IncomingRecords",
              "GetRecords.IteratorAgeMilliseconds",
              "WriteProvisionedThroughputExceeded",
              "ReadProvisionedThroughputExceeded"),
          "AWS/ApiGateway ApiId",
          Set.of("4xx", "5xx", "Count", "Latency", "IntegrationLatency", "DataProcessed"),
          "AWS/DynamoDB TableName",
          Set.of(
              "ConsumedReadCapacityUnits",
              "ConsumedWriteCapacityUnits",
              "ReadThrottleEvents",
              "WriteThrottleEvents",
              "TransactionConflict"),
          "AWS/SQS QueueName",
          Set.of("ApproximateAgeOfOldestMessage", "ApproximateNumberOfMessagesVisible"));

  private static final int JSON_DEPTH = 16;

  private static final Pattern ID = Pattern.compile("\\bm\\d+\\b");

  private final Node template;
  private final Set<String> features;
  private final Set<String> counters;
  private final List<String> broken = new ArrayList<>();

  MetricNames(Node template) {
    this.template = template;
    this.features =
        template.get("Resources").fields().entrySet().stream()
            .filter(entry -> entry.getValue().get("Type").text().equals(Resources.FUNCTION))
            .map(entry -> entry.getKey().replaceFirst("Function$", "").toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    this.counters = new TreeSet<>(OF_EVERY_CALL);
    Arrays.stream(Counter.values()).forEach(counter -> counters.add(camelCase(counter)));
  }

  private static String camelCase(Counter counter) {
    return Arrays.stream(counter.name().split("_", -1))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }

  List<String> broken() {
    for (var resource : template.get("Resources").fields().values()) {
      switch (resource.get("Type").text()) {
        case "AWS::CloudWatch::Alarm" -> alarm(resource.get("Properties"));
        case "AWS::CloudWatch::Dashboard" -> dashboard(resource.get("Properties"));
        default -> {}
      }
    }
    return broken;
  }

  private void alarm(Node properties) {
    var metrics = properties.get("Metrics").elements();
    if (metrics.isEmpty()) {
      metric(properties);
      return;
    }
    var ids = new TreeSet<String>();
    var used = new TreeSet<String>();
    for (var metric : metrics) {
      ids.add(metric.get("Id").text());
      if (metric.get("MetricStat").isPresent()) {
        metric(metric.get("MetricStat").get("Metric"));
      }
      metric
          .get("Expression")
          .optionalText()
          .ifPresent(text -> ID.matcher(text).results().forEach(id -> used.add(id.group())));
    }
    ids.removeIf(id -> !ID.matcher(id).matches());
    if (!ids.equals(used)) {
      broken.add(properties.path() + ": has the metrics " + ids + " and computes with " + used);
    }
  }

  private void metric(Node metric) {
    var dimensions = metric.get("Dimensions").elements();
    if (dimensions.size() != 1) {
      broken.add(metric.path() + ": has not one dimension");
      return;
    }
    known(
        metric.path(),
        metric.get("Namespace").text(),
        metric.get("MetricName").text(),
        dimensions.getFirst().get("Name").text(),
        dimensions.getFirst().get("Value").optionalText().orElse(""));
  }

  private void known(String path, String namespace, String name, String dimension, String value) {
    boolean isKnown =
        namespace.equals(OURS)
            ? counters.contains(name) && dimension.equals(OUR_DIMENSION) && features.contains(value)
            : OF_AWS.getOrDefault(namespace + " " + dimension, Set.of()).contains(name);
    if (!isKnown) {
      broken.add(
          path + ": nobody writes %s %s of %s %s".formatted(namespace, name, dimension, value));
    }
  }

  private void dashboard(Node properties) {
    var body = properties.get("DashboardBody");
    if (!(body.value() instanceof Intrinsic(var name, String text)) || !name.equals("Sub")) {
      broken.add(body.path() + ": is no !Sub");
      return;
    }
    if (!(JsonReader.read(text.getBytes(StandardCharsets.UTF_8), JSON_DEPTH)
        instanceof JsonReader.Outcome.Read(Json json))) {
      broken.add(body.path() + ": is no JSON");
      return;
    }
    for (var widget : elements(field(json, "widgets"))) {
      for (var metric : elements(field(field(widget, "properties"), "metrics"))) {
        shown(body.path(), texts(metric));
      }
    }
  }

  /** A metric as a dashboard has it: namespace, name, one dimension; none if it is computed. */
  private void shown(String path, List<String> words) {
    if (words.size() == 4) {
      known(path, words.get(0), words.get(1), words.get(2), words.get(3));
    } else if (!words.isEmpty()) {
      broken.add(path + ": has not one dimension: " + words);
    }
  }

  private static Json field(Json json, String name) {
    return json instanceof Json.Obj object
        ? object.get(name).orElse(Json.Null.VALUE)
        : Json.Null.VALUE;
  }

  private static List<Json> elements(Json json) {
    return json instanceof Json.Arr(var values) ? values : List.of();
  }

  private static List<String> texts(Json json) {
    var texts = new ArrayList<String>();
    for (var element : elements(json)) {
      if (element instanceof Json.Text(var text)) {
        texts.add(text);
      }
    }
    return texts;
  }
}
