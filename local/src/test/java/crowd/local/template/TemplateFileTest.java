package crowd.local.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import crowd.core.observe.Counter;
import crowd.core.store.Attributes;
import crowd.core.store.Index;
import crowd.local.Project;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** template.yaml against the code, which no linter can compare. */
class TemplateFileTest {

  /** IAM knows no resource for these, so they stand on {@code "*"}. */
  private static final Set<String> WITHOUT_RESOURCE =
      Set.of("xray:PutTraceSegments", "xray:PutTelemetryRecords");

  private Template template = EMPTY;
  private Map<String, Node> resources = Map.of();

  private static final Template EMPTY =
      new Template(
          Map.of(),
          List.of(),
          new Cors(List.of(), List.of(), List.of(), List.of(), Duration.ZERO),
          new EventSourceMapping("", 0, Duration.ZERO, 0, 0, Duration.ZERO, false, false),
          List.of(),
          new TableResource(new TableResource.Keys("", ""), Map.of(), ""));

  @BeforeEach
  void read() throws IOException {
    var file = Project.file("template.yaml");
    template = TemplateReader.read(file);
    resources = TemplateYaml.read(file).get("Resources").fields();
  }

  @Test
  void routes_areThoseOfTheContract() {
    // given
    var expected = new TreeMap<String, String>();
    Map.ofEntries(
            Map.entry("/identify", "Identify"),
            Map.entry("/track", "Track"),
            Map.entry("/reset", "Reset"),
            Map.entry("/batch", "Batch"),
            Map.entry("/v1/{call}", "Compat"),
            Map.entry("/beacon/v1/batch", "Compat"),
            Map.entry("/api/s/{call}", "Compat"),
            Map.entry("/api/s/s2s/{call}", "Compat"),
            Map.entry("/v1/projects/{key}/settings", "Compat"),
            Map.entry("/sourceConfig", "Compat"),
            Map.entry("/users", "Users"),
            Map.entry("/users/{id}", "Users"),
            Map.entry("/users/{id}/events", "Users"),
            Map.entry("/website", "Users"),
            Map.entry("/alias", "Manage"),
            Map.entry("/users/{id}/unlink", "Manage"),
            Map.entry("/health", "Pages"),
            Map.entry("/openapi.json", "Pages"))
        .forEach((path, function) -> {
          expected.put("ANY " + path, function + "Function");
          expected.put("ANY " + path + "/", function + "Function");
        });
    // Besides the functions that take any other method there.
    expected.put("DELETE /users/{id}", "ManageFunction");
    expected.put("DELETE /users/{id}/", "ManageFunction");
    expected.put("$default", "PagesFunction");
    // Files have one address each.
    expected.put("ANY /", "PagesFunction");
    expected.put("ANY /assets/{file}", "PagesFunction");
    expected.put("ANY /sdk/{file}", "PagesFunction");
    // then
    assertEquals(
        expected,
        template.routes().stream()
            .collect(Collectors.toMap(Route::key, Route::function, (a, b) -> a + b, TreeMap::new)));
  }

  @Test
  void handlers_exist() throws ReflectiveOperationException {
    for (var function : template.functions().values()) {
      var handler = Class.forName(function.handler(), false, getClass().getClassLoader());
      assertTrue(RequestStreamHandler.class.isAssignableFrom(handler), function.name());
      assertEquals(0, handler.getConstructor().getParameterCount());
    }
  }

  @Test
  void environment_isWhatEachFunctionReads() {
    // given
    Map<String, Variable> none = Map.of();
    Map<String, Variable> table = Map.of("TABLE_NAME", new Variable.Ref("Table"));
    Map<String, Variable> both =
        Map.of("TABLE_NAME", new Variable.Ref("Table"), "STREAM_NAME", new Variable.Ref("Stream"));
    // then
    assertEquals(
        Map.ofEntries(
            Map.entry("IdentifyFunction", both),
            Map.entry("TrackFunction", both),
            Map.entry("ResetFunction", both),
            Map.entry("BatchFunction", both),
            Map.entry("CompatFunction", both),
            Map.entry("ManageFunction", both),
            Map.entry("UsersFunction", table),
            Map.entry("ConsumerFunction", table),
            Map.entry("ReconcileFunction", table),
            Map.entry("AuditFunction", table),
            Map.entry("PagesFunction", none)),
        template.functions().values().stream()
            .collect(Collectors.toMap(FunctionResource::name, FunctionResource::environment)));
  }

  @Test
  void functions_haveLimitsARoleALogAndAnAlarmEach() {
    for (var function : template.functions().values()) {
      // given
      var properties = resource(function.name()).get("Properties");
      var stem = function.name().replaceFirst("Function$", "");
      // then
      assertEquals(List.of(stem + "Role"), properties.get("Role").resource().stream().toList());
      assertEquals(
          List.of(stem + "Log"),
          properties.get("LoggingConfig").get("LogGroup").resource().stream().toList());
      assertTrue(resource(stem + "Log").get("Properties").get("RetentionInDays").isPresent(), stem);
      var alarm = resource(stem + "Errors").get("Properties");
      assertEquals("Errors", alarm.get("MetricName").text());
      assertEquals(
          List.of(function.name()),
          alarm.get("Dimensions").elements().stream()
              .flatMap(dimension -> dimension.get("Value").resource().stream())
              .toList());
    }
  }

  @Test
  void timeouts_areThoseOfTheirKind() {
    assertEquals(
        Map.ofEntries(
            Map.entry("IdentifyFunction", 10L),
            Map.entry("TrackFunction", 10L),
            Map.entry("ResetFunction", 10L),
            Map.entry("BatchFunction", 10L),
            Map.entry("CompatFunction", 10L),
            Map.entry("ManageFunction", 10L),
            Map.entry("UsersFunction", 10L),
            Map.entry("PagesFunction", 10L),
            Map.entry("ConsumerFunction", 60L),
            Map.entry("ReconcileFunction", 600L),
            Map.entry("AuditFunction", 600L)),
        template.functions().values().stream()
            .collect(
                Collectors.toMap(
                    FunctionResource::name, function -> function.timeout().toSeconds())));
  }

  @Test
  void policies_nameTheirActionsAndResources() {
    // given
    var wild = new ArrayList<String>();
    // when
    for (var statement : allowedByRolesAndPolicies()) {
      var actions = texts(statement.get("Action"));
      for (var action : actions) {
        if (action.contains("*")) {
          wild.add(statement.path() + ": " + action);
        }
      }
      if (texts(statement.get("Resource")).contains("*")
          && !WITHOUT_RESOURCE.containsAll(actions)) {
        wild.add(statement.path() + ": resource *");
      }
    }
    // then
    assertEquals(List.of(), wild);
  }

  @Test
  void roles_ofFunctionsThatOnlyReadOrPassOn_writeNoTable() {
    for (var stem : List.of("Users", "Track", "Pages")) {
      var actions =
          allowed(resource(stem + "Role")).stream()
              .flatMap(statement -> texts(statement.get("Action")).stream())
              .filter(action -> action.matches("dynamodb:(Put|Update|Delete|BatchWrite).*"))
              .toList();
      assertEquals(List.of(), actions, stem);
    }
  }

  @Test
  void roles_touchTheStreamExactlyWhereItIsNamed() {
    for (var function : template.functions().values()) {
      var stem = function.name().replaceFirst("Function$", "");
      var puts =
          allowed(resource(stem + "Role")).stream()
              .anyMatch(statement -> texts(statement.get("Action")).contains("kinesis:PutRecord"));
      assertEquals(function.environment().containsKey("STREAM_NAME"), puts, stem);
    }
  }

  @Test
  void table_hasTheKeysThatTheCodeUses() {
    // given
    var indexes = new TreeMap<String, TableResource.Keys>();
    for (var index : Index.values()) {
      indexes.put(
          index.name().toLowerCase(Locale.ROOT),
          new TableResource.Keys(index.hash(), index.range()));
    }
    // then
    assertEquals(
        new TableResource(new TableResource.Keys("pk", "sk"), indexes, Attributes.TTL),
        template.table());
  }

  @Test
  void alarms_onOurOwnMetrics_nameCountersThatExist() {
    // given
    var counters =
        Arrays.stream(Counter.values())
            .map(TemplateFileTest::camelCase)
            .collect(Collectors.toCollection(TreeSet::new));
    // when
    var unknown = new ArrayList<String>();
    var seen = new ArrayList<String>();
    for (var resource : resources.values()) {
      if (resource.get("Type").text().equals("AWS::CloudWatch::Alarm")) {
        var properties = resource.get("Properties");
        var metrics = new ArrayList<>(List.of(properties));
        properties
            .get("Metrics")
            .elements()
            .forEach(metric -> metrics.add(metric.get("MetricStat").get("Metric")));
        for (var metric : metrics) {
          if (metric.get("Namespace").optionalText().orElse("").equals("Crowd")) {
            var name = metric.get("MetricName").text();
            (counters.contains(name) ? seen : unknown).add(name);
          }
        }
      }
    }
    // then
    assertEquals(List.of(), unknown);
    assertTrue(seen.contains("QuarantinedRecords") && seen.contains("OldestWaitingSeconds"));
  }

  @Test
  void cors_neverOffersTheKeyHeader() {
    assertTrue(template.cors().allowHeaders().stream().noneMatch("x-crowd-key"::equalsIgnoreCase));
  }

  @Test
  void alarms_addUpNoMoreMetricsThanAnAlarmMay() {
    for (var resource : resources.values()) {
      var stats =
          resource.get("Properties").get("Metrics").elements().stream()
              .filter(metric -> metric.get("MetricStat").isPresent())
              .count();
      assertTrue(stats <= 10, resource.path());
    }
  }

  private static String camelCase(Counter counter) {
    return Arrays.stream(counter.name().split("_", -1))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }

  private Node resource(String name) {
    var resource = resources.get(name);
    if (resource == null) {
      throw new AssertionError("no resource " + name);
    }
    return resource;
  }

  private List<Node> allowedByRolesAndPolicies() {
    return resources.values().stream()
        .filter(resource ->
            Set.of("AWS::IAM::Role", "AWS::IAM::ManagedPolicy")
                .contains(resource.get("Type").text()))
        .flatMap(resource -> allowed(resource).stream())
        .toList();
  }

  /** The statements that allow something. */
  private static List<Node> allowed(Node resource) {
    var properties = resource.get("Properties");
    var documents = new ArrayList<>(List.of(properties.get("PolicyDocument")));
    properties
        .get("Policies")
        .elements()
        .forEach(policy -> documents.add(policy.get("PolicyDocument")));
    return documents.stream()
        .flatMap(document -> document.get("Statement").elements().stream())
        .filter(statement -> statement.get("Effect").text().equals("Allow"))
        .toList();
  }

  /** One text, or a list of them; what is computed by CloudFormation is left out. */
  private static List<String> texts(Node node) {
    return node.value() instanceof List<?>
        ? node.elements().stream().flatMap(element -> element.optionalText().stream()).toList()
        : node.optionalText().stream().toList();
  }
}
