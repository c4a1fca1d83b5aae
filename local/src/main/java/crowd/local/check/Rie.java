package crowd.local.check;

import crowd.aws.Clients;
import crowd.aws.DynamoStore;
import crowd.aws.TableSchema;
import crowd.core.json.JsonReader;
import crowd.core.website.WebsiteAdmin;
import crowd.local.dev.Demo;
import crowd.local.dynamo.DynamoDbLocal;
import crowd.local.function.Invocation;
import crowd.local.function.LocalFunction;
import crowd.local.kinesis.KinesisLocal;
import crowd.local.python.PinnedTools;
import crowd.local.runtime.EmulatedFunction;
import crowd.local.runtime.ManagedRuntime;
import crowd.local.runtime.PackagedFunction;
import crowd.local.template.FunctionResource;
import crowd.local.template.Template;
import crowd.local.template.TemplateReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Every function of the packaged jar answers its sample events behind AWS's own Runtime Interface
 * Emulator, of the package aws-sam-cli, as behind our Runtime API: which one of us two got it wrong
 * is not known then, but that one did. Size: times through all events.
 */
final class Rie implements Check {

  private static final String STREAM = "crowd";

  private final Path root = Path.of(System.getProperty("crowd.root", ".")).toAbsolutePath();
  private int events;
  private int differing;

  @Override
  public String name() {
    return "rie";
  }

  @Override
  public String about() {
    return "sample events to functions.jar behind AWS's Runtime Interface Emulator: other answers";
  }

  @Override
  public long ciSize() {
    return 1;
  }

  @Override
  public Figure run(long size) {
    try {
      for (long i = 0; i < size; i++) {
        compare();
      }
      return new Figure(differing + "/" + events, "other-answers", differing == 0 && events > 0);
    } catch (IOException e) {
      System.err.println("rie: " + e.getMessage());
      return new Figure("none", "other-answers", false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void compare() throws IOException, InterruptedException {
    var template = TemplateReader.read(root.resolve("template.yaml"));
    var emulator = emulator();
    var log = Files.createDirectories(root.resolve(".crowd/build")).resolve("rie.log").toFile();
    Files.deleteIfExists(log.toPath());
    try (var account = new Account(root)) {
      for (var entry : samples(template).entrySet()) {
        var resource = Objects.requireNonNull(template.functions().get(entry.getKey()));
        Map<String, String> ours;
        try (var function = account.packaged(resource)) {
          ours = answers(function, entry.getValue());
        }
        Map<String, String> theirs;
        try (var function = account.emulated(emulator, resource, log)) {
          theirs = answers(function, entry.getValue());
        }
        note(ours, theirs);
      }
    }
  }

  private void note(Map<String, String> ours, Map<String, String> theirs) {
    ours.forEach((event, answer) -> {
      events++;
      if (!answer.equals(theirs.get(event))) {
        differing++;
        System.err.println("rie: " + event + ": " + answer + "\n  but " + theirs.get(event));
      }
    });
  }

  /** The program, out of the package that the check of the template needs anyway. */
  private Path emulator() throws IOException, InterruptedException {
    var sam = PinnedTools.SAM.installed(root);
    var machine = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x86_64";
    try (var files = Files.walk(sam.folder().resolve("lib"))) {
      var found =
          files
              .filter(file -> file.endsWith("samcli/local/rapid/aws-lambda-rie-" + machine))
              .findFirst()
              .orElseThrow(() -> new IOException("aws-sam-cli has no emulator for " + machine));
      if (!Files.isExecutable(found) && !found.toFile().setExecutable(true)) {
        throw new IOException("not executable: " + found.getFileName());
      }
      return found;
    }
  }

  /**
   * The sample events of each function: those of its routes, or the one that is called as it is.
   */
  private Map<String, List<Path>> samples(Template template) throws IOException {
    var samples = new TreeMap<String, List<Path>>();
    try (var files = Files.list(root.resolve("events"))) {
      for (var file : files.sorted().toList()) {
        samples.computeIfAbsent(function(template, file), _ -> new ArrayList<>()).add(file);
      }
    }
    return samples;
  }

  private static String function(Template template, Path file) throws IOException {
    var route = JsonReader.readOwnObject(Files.readString(file)).text("routeKey");
    var stem = file.getFileName().toString().replaceFirst("\\.json$", "");
    return route.isPresent()
        ? template.routes().stream()
            .filter(candidate -> candidate.key().equals(route.get()))
            .findFirst()
            .orElseThrow(() -> new IOException("no route of " + file))
            .function()
        : template.function(stem).orElseThrow().name();
  }

  private static Map<String, String> answers(LocalFunction function, List<Path> events)
      throws IOException {
    var answers = new LinkedHashMap<String, String>();
    for (var event : events) {
      answers.put(
          event.getFileName().toString(), comparable(function.invoke(Files.readString(event))));
    }
    return answers;
  }

  /** Without what is another each time: ids that are made up, and times. */
  private static String comparable(Invocation ending) {
    var text =
        switch (ending) {
          case Invocation.Answered(var payload) -> payload;
          case Invocation.Failed(var cause) -> "failed: " + cause.getMessage();
          case Invocation.TimedOut() -> "timed out";
        };
    return text.replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "ID")
        .replaceAll("20\\d\\d-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME");
  }

  /** What the functions find around them: a new table at each start. */
  private static final class Account implements AutoCloseable {
    private final DynamoDbLocal dynamo = DynamoDbLocal.inMemory(DynamoDbLocal.ANY_PORT);
    private final SdkHttpClient http = Clients.newHttp();
    private final DynamoDbClient client = dynamo.client(http);
    private final KinesisLocal kinesis;
    private final ManagedRuntime runtime;
    private int tables;

    Account(Path root) throws IOException, InterruptedException {
      kinesis = KinesisLocal.start(root.resolve(".crowd/tools"));
      kinesis.createStream(STREAM, 1);
      runtime = ManagedRuntime.of(root.resolve("functions/target/functions.jar"));
    }

    PackagedFunction packaged(FunctionResource resource) {
      return new PackagedFunction(resource, runtime, variables(resource), 1, _ -> {});
    }

    EmulatedFunction emulated(Path emulator, FunctionResource resource, File log)
        throws IOException, InterruptedException {
      return EmulatedFunction.start(emulator, resource, runtime, variables(resource), log);
    }

    private Map<String, String> variables(FunctionResource resource) {
      var table = "crowd-" + ++tables;
      TableSchema.createTable(client, table);
      Demo.addTo(new WebsiteAdmin(new DynamoStore(client, table), InstantSource.system()));
      var variables = resource.variables(Map.of("Table", table, "Stream", STREAM));
      variables.put("AWS_REGION", KinesisLocal.REGION.id());
      variables.put("AWS_ENDPOINT_URL_DYNAMODB", dynamo.endpoint().toString());
      variables.put("AWS_ENDPOINT_URL_KINESIS", kinesis.endpoint().toString());
      return variables;
    }

    @Override
    public void close() throws IOException {
      runtime.close();
      kinesis.close();
      client.close();
      http.close();
      dynamo.close();
    }
  }
}
