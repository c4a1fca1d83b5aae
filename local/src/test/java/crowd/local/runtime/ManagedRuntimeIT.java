package crowd.local.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import crowd.aws.Clients;
import crowd.aws.DynamoStore;
import crowd.aws.TableSchema;
import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.website.WebsiteAdmin;
import crowd.local.Project;
import crowd.local.dev.Demo;
import crowd.local.dynamo.DynamoDbLocal;
import crowd.local.runtime.RuntimeApi.Said;
import crowd.local.template.FunctionResource;
import crowd.local.template.TemplateReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * functions.jar, one process for each function of template.yaml, with the environment that the
 * template gives it and the client that the managed runtime has.
 */
class ManagedRuntimeIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The classes that the managed runtime brings along. */
  private static final List<String> OF_THE_RUNTIME =
      List.of(
          "aws-lambda-java-runtime-interface-client",
          "aws-lambda-java-core",
          "aws-lambda-java-serialization",
          "utils-lite");

  private static final DynamoDbLocal DYNAMO = DynamoDbLocal.inMemory(DynamoDbLocal.ANY_PORT);
  private static final SdkHttpClient HTTP = Clients.newHttp();
  private static final DynamoDbClient CLIENT = DYNAMO.client(HTTP);

  @TempDir private Path folder = Path.of("");

  private static Map<String, FunctionResource> functions = Map.of();

  @BeforeAll
  static void read() throws IOException {
    functions = TemplateReader.read(Project.file("template.yaml")).functions();
  }

  @AfterAll
  static void close() {
    CLIENT.close();
    HTTP.close();
    DYNAMO.close();
  }

  /**
   * @param events sample events in their order, each as the one before leaves the table, and how
   *     each is answered
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "IdentifyFunction  | identify 200, identify-browser 200",
        "TrackFunction     | track 200",
        "ResetFunction     | reset 200",
        "BatchFunction     | batch 200",
        "CompatFunction    | compat 200, compat-batch 200, compat-settings 200",
        "UsersFunction     | users 200, user 404, user-events 404, website 200",
        "ManageFunction    | alias 200, unlink 200, erase 202",
        "PagesFunction     | pages 200, pages-openapi 200, pages-unknown 404",
        "ConsumerFunction  | consumer {\"batchItemFailures\":[]}",
        "ReconcileFunction | reconcile ok",
        "AuditFunction     | audit ok"
      })
  void function_startsAndAnswersItsSampleEvents(String name, String events) throws Exception {
    // given
    var expected = new LinkedHashMap<String, String>();
    for (var event : events.split(", ", -1)) {
      var words = event.split(" ", 2);
      expected.put(words[0], words[1]);
    }
    var table = "crowd-" + name;
    TableSchema.createTable(CLIENT, table);
    Demo.addTo(new WebsiteAdmin(new DynamoStore(CLIENT, table), InstantSource.system()));
    var function = function(name);
    var answers = new LinkedHashMap<String, String>();
    // when
    try (var stream = new AcceptingStream();
        var api = new RuntimeApi(function.timeout())) {
      var process = start(function, environment(function, table, stream), api);
      try {
        for (var event : expected.keySet()) {
          var text = Files.readString(Project.file("events/" + event + ".json"));
          answers.put(event, summary(api.call(text, PATIENCE)));
        }
        // Who is told of the stream asks for it, if only to warm up; nobody else does.
        assertEquals(function.environment().contains("STREAM_NAME"), !stream.asked().isEmpty());
      } catch (AssertionError e) {
        throw new AssertionError(e.getMessage() + "; " + Files.readString(log()), e);
      } finally {
        end(process);
      }
    }
    // then
    assertEquals(expected, answers, () -> "see the log: " + said());
  }

  @Test
  void function_withoutItsVariables_saysWhichAreMissing() throws Exception {
    // given
    var function = function("TrackFunction");
    try (var stream = new AcceptingStream();
        var api = new RuntimeApi(function.timeout())) {
      var environment = environment(function, "crowd", stream);
      environment.keySet().removeAll(function.environment());
      var process = start(function, environment, api);
      // when
      try {
        var said = api.call("{}", PATIENCE);
        // then
        var error = said instanceof Said.NotStarted(var text) ? text : said.toString();
        assertTrue(
            error.contains("bad configuration: TABLE_NAME is not set; STREAM_NAME is not set"),
            error);
      } finally {
        end(process);
      }
    }
  }

  private static FunctionResource function(String name) {
    var function = functions.get(name);
    if (function == null) {
      throw new AssertionError("no function " + name);
    }
    return function;
  }

  @Test
  void functions_areAllThoseOfTheTemplate() throws Exception {
    var source =
        ManagedRuntimeIT.class
            .getDeclaredMethod(
                "function_startsAndAnswersItsSampleEvents", String.class, String.class)
            .getAnnotation(CsvSource.class);
    assertEquals(
        functions.keySet(),
        Arrays.stream(source.value())
            .map(line -> line.split(" ", 2)[0])
            .collect(Collectors.toSet()));
  }

  private static Map<String, String> environment(
      FunctionResource function, String table, AcceptingStream stream) {
    var ours = Map.of("TABLE_NAME", table, "STREAM_NAME", "crowd");
    var environment = new HashMap<String, String>();
    function
        .environment()
        .forEach(variable -> environment.put(variable, ours.getOrDefault(variable, "")));
    environment.put("AWS_REGION", "eu-central-1");
    environment.put("AWS_ACCESS_KEY_ID", "local");
    environment.put("AWS_SECRET_ACCESS_KEY", "local");
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", DYNAMO.endpoint().toString());
    environment.put("AWS_ENDPOINT_URL_KINESIS", stream.endpoint());
    environment.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "" + function.memoryMegabytes());
    environment.put("LAMBDA_TASK_ROOT", "/");
    environment.put("_HANDLER", function.handler());
    return environment;
  }

  /** As the managed runtime starts Java. */
  private Process start(FunctionResource function, Map<String, String> environment, RuntimeApi api)
      throws IOException {
    var classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(path -> OF_THE_RUNTIME.stream().anyMatch(path::contains))
            .collect(Collectors.joining(File.pathSeparator));
    var builder =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx" + function.memoryMegabytes() * 3 / 4 + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Project.file("functions/target/functions.jar") + File.pathSeparator + classPath,
                AWSLambda.class.getName(),
                function.handler())
            .redirectErrorStream(true)
            .redirectOutput(log().toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
    return builder.start();
  }

  private Path log() {
    return folder.resolve("log");
  }

  private String said() {
    try {
      return Files.readString(log());
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void end(Process process) throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
  }

  /** The status of an answer to HTTP; {@code ok} of a run on a schedule; else all of it. */
  private static String summary(Said said) {
    if (!(said instanceof Said.Response(var payload))
        || !(JsonReader.readOwn(payload) instanceof Json.Obj answer)) {
      return said.toString();
    }
    if (answer.get("statusCode").orElse(Json.Null.VALUE) instanceof Json.Num(var status)) {
      return status;
    }
    return answer.get("batchItemFailures").isPresent() ? payload : "ok";
  }
}
