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
import crowd.local.function.LocalFunction;
import crowd.local.function.LocalFunctions;
import crowd.local.http.HttpFront;
import crowd.local.kinesis.KinesisLocal;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The product on this machine: table, stream, functions, API, schedule. */
public final class LocalStack implements AutoCloseable {

  private static final String STREAM = "crowd";
  private static final int SHARDS = 4;

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
    try {
      stack.begin(template, port, data, kinesis);
      return stack;
    } catch (IOException | InterruptedException | RuntimeException e) {
      stack.close();
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

  private void begin(Template template, int wanted, Optional<Path> data, boolean kinesis)
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
    var feed = kinesis ? onKinesis() : onLog(folder);
    var wiring =
        new Wiring(table.store(), feed.stream(), clock, new RandomIds(), console, Metrics.NONE);
    var functions = LocalFunctions.of(template, wiring);
    var source = consume(template, feed, functions, new FailureFile(folder.failures()));
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

  /**
   * @param stream where the functions put what they accept
   * @param source where it is read again
   * @param drain how long the end of the run may take to read all of it
   */
  private record Feed(Stream stream, RecordSource source, Duration drain) {}

  /** What is not read at the end is there at the next start. */
  private Feed onLog(DataFolder folder) throws IOException {
    var log = parts.add(FileLog.open(folder.stream(), console::say));
    return new Feed(log, new FileLogSource(log, "consumer"), Duration.ofSeconds(5));
  }

  /** What is not read at the end is gone: the emulator keeps nothing. */
  private Feed onKinesis() throws IOException, InterruptedException {
    var kinesis = parts.add(KinesisLocal.start(tools));
    kinesis.createStream(STREAM, SHARDS);
    return new Feed(
        new KinesisStream(kinesis.client(), STREAM),
        new KinesisSource(kinesis.client(), STREAM),
        Duration.ofSeconds(60));
  }

  private EventSource consume(
      Template template,
      Feed feed,
      Map<String, LocalFunction> functions,
      FailureDestination failures)
      throws IOException {
    var mapping = template.eventSource();
    var function = functions.get(mapping.function());
    if (function == null) {
      throw new IllegalArgumentException("an event source without a function");
    }
    var settings =
        EventSourceSettings.of(
            mapping,
            function.resource().timeout(),
            "arn:aws:kinesis:us-east-1:000000000000:stream/" + STREAM);
    var source =
        EventSource.start(settings, feed.source(), function, failures, console::say);
    parts.add(() -> {
      if (!source.drain(feed.drain())) {
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
      Template template, Map<String, LocalFunction> functions, EventSource source) {
    var waiting = new HashMap<>(functions);
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
    parts.add(() -> {
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    });
    return folder;
  }
}
