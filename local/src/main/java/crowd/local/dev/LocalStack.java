package crowd.local.dev;

import crowd.aws.KinesisStream;
import crowd.core.message.RandomIds;
import crowd.core.observe.Metrics;
import crowd.core.stream.Stream;
import crowd.core.website.WebsiteAdmin;
import crowd.functions.Wiring;
import crowd.local.console.Console;
import crowd.local.dynamo.DynamoDbLocal;
import crowd.local.eventsource.EventSource;
import crowd.local.eventsource.EventSourceSettings;
import crowd.local.eventsource.FailureDestination;
import crowd.local.eventsource.FailureFile;
import crowd.local.eventsource.FileLogSource;
import crowd.local.eventsource.KinesisSource;
import crowd.local.eventsource.RecordSource;
import crowd.local.folder.Folders;
import crowd.local.function.LocalFunction;
import crowd.local.function.LocalFunctions;
import crowd.local.http.HttpFront;
import crowd.local.kinesis.KinesisLocal;
import crowd.local.role.Guard;
import crowd.local.runtime.ManagedRuntime;
import crowd.local.runtime.PackagedFunction;
import crowd.local.schedule.ScheduleRunner;
import crowd.local.stream.FileLog;
import crowd.local.template.Route;
import crowd.local.template.Template;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The product on this machine: table, stream, functions, API, schedule. */
public final class LocalStack implements AutoCloseable {

  private static final String STREAM = "crowd";
  private static final int SHARDS = 4;

  /** Of each function at once. */
  private static final int PROCESSES = 4;

  /** What is not read of the emulator's stream at the end is gone: it keeps nothing. */
  private static final Duration LAST_READ = Duration.ofSeconds(60);

  /** How long a look waits at most for what was acknowledged before it. */
  private static final Duration CATCH_UP = Duration.ofSeconds(1);

  private final Parts parts = new Parts();
  private final Console console;
  private final Path tools;
  private int port;
  private Optional<WebsiteAdmin> admin = Optional.empty();

  private LocalStack(Console console, Path tools) {
    this.console = console;
    this.tools = tools;
  }

  /**
   * Starts everything; returns when the API answers.
   *
   * @param port of the API; 0 for any that is free
   * @param data where it is kept; empty to keep nothing
   * @param tools where fetched programs are kept
   * @param kinesis whether to run on the Kinesis emulator in place of the log
   * @throws java.net.BindException if the port is taken
   * @throws crowd.local.stream.FolderInUseException if another run has the data folder
   * @throws crowd.local.npm.ToolMissingException if the emulator cannot be had
   */
  public static LocalStack start(
      Template template,
      int port,
      Optional<Path> data,
      Path tools,
      boolean kinesis,
      Console console)
      throws IOException, InterruptedException {
    var stack = new LocalStack(console, tools);
    return stack.start(
        template,
        port,
        data,
        (table, folder) ->
            stack.inProcess(template, table, kinesis ? stack.onKinesis() : stack.onLog(folder)));
  }

  /**
   * As {@link #start}, with the functions of the packaged jar in processes of their own, on the
   * client of Lambda's managed runtime and on the Kinesis emulator.
   *
   * @throws IOException if the jar is not there, too
   */
  public static LocalStack startPackaged(
      Template template, int port, Optional<Path> data, Path tools, Path jar, Console console)
      throws IOException, InterruptedException {
    var stack = new LocalStack(console, tools);
    return stack.start(template, port, data, (table, _) -> stack.packaged(template, table, jar));
  }

  private LocalStack start(Template template, int port, Optional<Path> data, Setting setting)
      throws IOException, InterruptedException {
    try {
      begin(template, port, data, setting);
      return this;
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  public int port() {
    return port;
  }

  /** Its websites and their keys. */
  public WebsiteAdmin websites() {
    return admin.orElseThrow();
  }

  /**
   * Takes no more requests, lets those under way and the batch under way end. What was acknowledged
   * and is not in the table yet is in the log, for the next start.
   */
  @Override
  public void close() {
    parts.end(failure -> console.say("did not end cleanly: " + failure));
  }

  private void begin(Template template, int wanted, Optional<Path> data, Setting setting)
      throws IOException, InterruptedException {
    checkFree(wanted);
    var clock = InstantSource.system();
    var folder = parts.add(DataFolder.take(data.isPresent() ? data.get() : passing()));
    var dynamo =
        data.isPresent()
            ? DynamoDbLocal.inFolder(DynamoDbLocal.ANY_PORT, folder.table())
            : DynamoDbLocal.inMemory(DynamoDbLocal.ANY_PORT);
    var table = parts.add(LocalTable.serve(dynamo));
    admin = Optional.of(new WebsiteAdmin(table.store(), clock));
    Demo.addTo(admin.get());
    var engine = setting.on(table, folder);
    var functions = engine.functions();
    var source = consume(template, engine, new FailureFile(folder.failures()));
    parts.add(new ScheduleRunner(template.schedules(), functions, clock, console::defect)).start();
    port =
        parts
            .add(
                HttpFront.start(
                    wanted,
                    template,
                    upToDate(template, functions, source),
                    clock,
                    console::defect))
            .port();
    folder.announce(table.endpoint());
  }

  /** Makes the functions, on a table and a stream. */
  private interface Setting {
    Engine on(LocalTable table, DataFolder folder) throws IOException, InterruptedException;
  }

  /**
   * @param functions by logical name
   * @param source where what they put on the stream is read again
   * @param drain how long the end of the run may take to read all of it
   */
  private record Engine(
      Map<String, ? extends LocalFunction> functions, RecordSource source, Duration drain) {}

  /**
   * @param stream where the functions put what they accept
   */
  private record Feed(Stream stream, RecordSource source, Duration drain) {}

  private Engine inProcess(Template template, LocalTable table, Feed feed) {
    var functions =
        LocalFunctions.of(
            template,
            function -> {
              var guard = Guard.of(function);
              return new Wiring(
                  table.store(guard),
                  guard.guarding(feed.stream()),
                  InstantSource.system(),
                  new RandomIds(),
                  console,
                  Metrics.NONE);
            });
    return new Engine(functions, feed.source(), feed.drain());
  }

  private Engine packaged(Template template, LocalTable table, Path jar)
      throws IOException, InterruptedException {
    var runtime = parts.add(ManagedRuntime.of(jar));
    var kinesis = newKinesis();
    var ids = Map.of("Table", table.name(), "Stream", STREAM);
    var printed = new PrintedLines(console);
    var functions = new HashMap<String, PackagedFunction>();
    for (var resource : template.functions().values()) {
      var variables = resource.variables(ids);
      variables.put("AWS_REGION", KinesisLocal.REGION.id());
      variables.put("AWS_ENDPOINT_URL_DYNAMODB", table.endpoint().toString());
      variables.put("AWS_ENDPOINT_URL_KINESIS", kinesis.endpoint().toString());
      functions.put(
          resource.name(),
          parts.add(new PackagedFunction(resource, runtime, variables, PROCESSES, printed)));
    }
    return new Engine(functions, new KinesisSource(kinesis.client(), STREAM), LAST_READ);
  }

  /** What is not read at the end is there at the next start. */
  private Feed onLog(DataFolder folder) throws IOException {
    var log = parts.add(FileLog.open(folder.stream(), console::say));
    return new Feed(log, new FileLogSource(log, "consumer"), Duration.ofSeconds(5));
  }

  private Feed onKinesis() throws IOException, InterruptedException {
    var client = newKinesis().client();
    return new Feed(
        new KinesisStream(client, STREAM), new KinesisSource(client, STREAM), LAST_READ);
  }

  private KinesisLocal newKinesis() throws IOException, InterruptedException {
    var kinesis = parts.add(KinesisLocal.start(tools));
    kinesis.createStream(STREAM, SHARDS);
    return kinesis;
  }

  private EventSource consume(Template template, Engine engine, FailureDestination failures)
      throws IOException {
    var mapping = template.eventSource();
    var function = engine.functions().get(mapping.function());
    if (function == null) {
      throw new IllegalArgumentException("an event source without a function");
    }
    var settings =
        EventSourceSettings.of(
            mapping,
            function.resource().timeout(),
            "arn:aws:kinesis:us-east-1:000000000000:stream/" + STREAM);
    var source = EventSource.start(settings, engine.source(), function, failures, console::say);
    parts.add(() -> {
      if (!source.drain(engine.drain())) {
        console.say("not all of the stream was read");
      }
      source.close();
    });
    return source;
  }

  /**
   * Lets whoever looks people up see what was acknowledged before, as far as the stream can be read
   * in a moment: a newcomer who tracks and then looks should find it. On AWS nothing waits.
   */
  private static Map<String, LocalFunction> upToDate(
      Template template, Map<String, ? extends LocalFunction> functions, EventSource source) {
    var waiting = new HashMap<String, LocalFunction>(functions);
    template.routes().stream()
        .filter(route -> route.path().startsWith("/users"))
        .map(Route::function)
        .distinct()
        .forEach(name ->
            waiting.computeIfPresent(name, (_, function) -> function.after(() -> catchUp(source))));
    return waiting;
  }

  private static void catchUp(EventSource source) {
    try {
      // What is not there by then comes later, as it does on AWS.
      var _ = source.drain(CATCH_UP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Before anything slow: a taken port is to be heard of at once. */
  private static void checkFree(int port) throws IOException {
    new ServerSocket(port, 0, InetAddress.getLoopbackAddress()).close();
  }

  /** A folder that goes when the run ends. */
  private Path passing() throws IOException {
    var folder = Files.createTempDirectory("crowd-");
    parts.add(() -> Folders.delete(folder));
    return folder;
  }
}
