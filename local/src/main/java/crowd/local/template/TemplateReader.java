package crowd.local.template;

import crowd.local.template.TableResource.Keys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Makes a {@link Template} of template.yaml. */
public final class TemplateReader {

  private static final Pattern RATE = Pattern.compile("rate\\((\\d+) (minute|hour|day)s?\\)");

  private final Map<String, Node> resources;
  private final Map<String, FunctionResource> functions = new LinkedHashMap<>();
  private final List<Route> routes = new ArrayList<>();
  private final List<EventSourceMapping> eventSources = new ArrayList<>();
  private final List<Schedule> schedules = new ArrayList<>();

  private TemplateReader(Node template) {
    this.resources = template.get("Resources").fields();
  }

  /**
   * @throws IllegalArgumentException if a value is missing or of another kind; names its place
   */
  public static Template read(Path file) throws IOException {
    return read(TemplateYaml.read(file));
  }

  static Template read(Node template) {
    return new TemplateReader(template).read();
  }

  private Template read() {
    resources.forEach((name, resource) -> {
      if (type(resource).equals("AWS::Serverless::Function")) {
        function(name, resource);
      }
    });
    return new Template(
        functions,
        routes,
        cors(only("AWS::Serverless::HttpApi").get("CorsConfiguration")),
        one(eventSources, "event source"),
        schedules,
        table(only("AWS::DynamoDB::Table")));
  }

  private void function(String name, Node function) {
    var properties = function.get("Properties");
    functions.put(
        name,
        new FunctionResource(
            name,
            properties.get("Handler").text(),
            Duration.ofSeconds(properties.get("Timeout").number()),
            properties.get("MemorySize").number(),
            variables(properties.get("Environment").get("Variables")),
            new RoleReader(resources).of(function)));
    for (var event : properties.get("Events").fields().values()) {
      var settings = event.get("Properties");
      switch (type(event)) {
        case "HttpApi" -> routes.add(route(name, settings));
        case "Kinesis" -> eventSources.add(eventSource(name, settings));
        case "Schedule" -> schedules.add(new Schedule(name, rate(settings.get("Schedule").text())));
        default -> throw new IllegalArgumentException("template: unknown event " + event.path());
      }
    }
  }

  private static Map<String, Variable> variables(Node variables) {
    var environment = new LinkedHashMap<String, Variable>();
    variables
        .fields()
        .forEach((name, value) ->
            environment.put(
                name,
                value
                    .referred()
                    .<Variable>map(Variable.Ref::new)
                    .orElseGet(() -> new Variable.Text(value.text()))));
    return environment;
  }

  /** An event without path and method is what answers all that no other route does. */
  private static Route route(String function, Node settings) {
    return new Route(
        settings.get("Method").optionalText().orElse(Route.ANY).toUpperCase(Locale.ROOT),
        settings.get("Path").optionalText().orElse(Route.DEFAULT),
        function);
  }

  private static EventSourceMapping eventSource(String function, Node settings) {
    return new EventSourceMapping(
        function,
        settings.get("BatchSize").number(),
        Duration.ofSeconds(settings.get("MaximumBatchingWindowInSeconds").number()),
        settings.get("ParallelizationFactor").number(),
        settings.get("MaximumRetryAttempts").number(),
        Duration.ofSeconds(settings.get("MaximumRecordAgeInSeconds").number()),
        settings.get("BisectBatchOnFunctionError").isTrue(),
        settings.get("FunctionResponseTypes").texts().contains("ReportBatchItemFailures"));
  }

  static Duration rate(String expression) {
    var rate = RATE.matcher(expression);
    if (!rate.matches()) {
      throw new IllegalArgumentException("template: not a rate: " + expression);
    }
    var n = Long.parseLong(rate.group(1));
    return switch (rate.group(2)) {
      case "minute" -> Duration.ofMinutes(n);
      case "hour" -> Duration.ofHours(n);
      default -> Duration.ofDays(n);
    };
  }

  private static Cors cors(Node cors) {
    return new Cors(
        cors.get("AllowOrigins").texts(),
        cors.get("AllowMethods").texts(),
        cors.get("AllowHeaders").texts(),
        cors.get("ExposeHeaders").texts(),
        Duration.ofSeconds(cors.get("MaxAge").number()));
  }

  private static TableResource table(Node table) {
    var indexes = new LinkedHashMap<String, Keys>();
    for (var index : table.get("GlobalSecondaryIndexes").elements()) {
      indexes.put(index.get("IndexName").text(), keys(index));
    }
    return new TableResource(
        keys(table), indexes, table.get("TimeToLiveSpecification").get("AttributeName").text());
  }

  private static Keys keys(Node owner) {
    var names = new LinkedHashMap<String, String>();
    for (var key : owner.get("KeySchema").elements()) {
      names.put(key.get("KeyType").text(), key.get("AttributeName").text());
    }
    return new Keys(names.getOrDefault("HASH", ""), names.getOrDefault("RANGE", ""));
  }

  private Node only(String type) {
    return one(
        resources.values().stream()
            .filter(resource -> type(resource).equals(type))
            .map(resource -> resource.get("Properties"))
            .toList(),
        type);
  }

  private static <T> T one(List<T> found, String what) {
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          "template: expected one " + what + ", found " + found.size());
    }
    return found.getFirst();
  }

  private static String type(Node node) {
    return node.get("Type").text();
  }
}
