package crowd.local.surface;

import crowd.aws.Clients;
import crowd.aws.DynamoStore;
import crowd.aws.TableSchema;
import crowd.core.identity.WebsiteId;
import crowd.core.message.RandomIds;
import crowd.core.observe.Metrics;
import crowd.core.store.Store;
import crowd.core.website.KeyText;
import crowd.core.website.Website;
import crowd.core.website.WebsiteAdmin;
import crowd.functions.Wiring;
import crowd.local.dev.Demo;
import crowd.local.dynamo.DynamoDbLocal;
import crowd.local.eventsource.EventSource;
import crowd.local.eventsource.EventSourceSettings;
import crowd.local.eventsource.FileLogSource;
import crowd.local.folder.Folders;
import crowd.local.function.Invocation;
import crowd.local.function.LocalFunction;
import crowd.local.function.LocalFunctions;
import crowd.local.http.HttpFront;
import crowd.local.role.Guard;
import crowd.local.stream.FileLog;
import crowd.local.template.Call;
import crowd.local.template.FunctionResource;
import crowd.local.template.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The functions behind their HTTP front, on DynamoDB Local and the log of the local run, with a
 * clock that its user moves on. What was consumed can be consumed again, and all that is stored can
 * be looked through.
 */
public final class Stage implements AutoCloseable {

  private static final String TABLE = "crowd";

  /** For the consumer to take another batch. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Template template;
  private final DynamoDbLocal dynamo;
  private final SdkHttpClient http;
  private final DynamoDbClient client;
  private final List<DynamoDbClient> functionsClients = new ArrayList<>();
  private final Path folder;
  private final FileLog log;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Map<String, LocalFunction> functions;
  private final EventSource consumer;
  private final HttpFront front;
  private volatile Duration ahead;
  private final AtomicLong batches = new AtomicLong();
  private int replays;

  private Stage(
      Template template,
      UnaryOperator<SdkHttpClient> way,
      boolean isUpToDate,
      BiConsumer<FunctionResource, Call> witness)
      throws IOException {
    this.template = template;
    // A minute past a full hour: what is counted by the hour is not cut in two.
    var now = Instant.now();
    ahead = Duration.between(now, now.truncatedTo(ChronoUnit.HOURS).plusSeconds(3660));
    dynamo = DynamoDbLocal.inMemory(DynamoDbLocal.ANY_PORT);
    http = Clients.newHttp();
    client = dynamo.client(http);
    var functionsHttp = way.apply(http);
    TableSchema.createTable(client, TABLE);
    folder = Files.createTempDirectory("crowd-");
    log = FileLog.open(folder, lines::add);
    InstantSource clock = () -> Instant.now().plus(ahead);
    addDemo(new WebsiteAdmin(new DynamoStore(client, TABLE), clock));
    functions =
        LocalFunctions.of(
            template,
            function -> {
              var guard = Guard.of(function, witness);
              return new Wiring(
                  store(functionsHttp, guard),
                  guard.guarding(log),
                  clock,
                  new RandomIds(),
                  fields -> lines.add(fields.toString()),
                  Metrics.NONE);
            });
    consumer = consume("consumer");
    front = HttpFront.start(0, template, isUpToDate ? upToDate() : functions, clock, this::defect);
  }

  /** Its functions that are about people run when all that was acknowledged before is consumed. */
  static Stage start(Template template) {
    return start(template, UnaryOperator.identity(), true, (_, _) -> {});
  }

  /**
   * As above.
   *
   * @param witness told of each call to AWS that a function makes
   */
  static Stage start(Template template, BiConsumer<FunctionResource, Call> witness) {
    return start(template, UnaryOperator.identity(), true, witness);
  }

  /**
   * Its functions run when they are called.
   *
   * @param way what lies between the functions and DynamoDB, made of what leads there
   */
  public static Stage start(Template template, UnaryOperator<SdkHttpClient> way) {
    return start(template, way, false, (_, _) -> {});
  }

  private static Stage start(
      Template template,
      UnaryOperator<SdkHttpClient> way,
      boolean isUpToDate,
      BiConsumer<FunctionResource, Call> witness) {
    try {
      return new Stage(template, way, isUpToDate, witness);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DynamoStore store(SdkHttpClient functionsHttp, Guard guard) {
    var guarded = guard.before(dynamo.clientBuilder(functionsHttp)).build();
    functionsClients.add(guarded);
    return new DynamoStore(guarded, TABLE);
  }

  private static void addDemo(WebsiteAdmin admin) {
    admin.add(Website.starting(new WebsiteId(Demo.WEBSITE), Set.of(Website.LOOPBACK)));
    for (var key : List.of(Demo.SERVER_KEY, Demo.READ_KEY)) {
      admin.addKey(KeyText.parse(key).orElseThrow());
    }
  }

  /** A reader of the log, from its beginning if its name is new. */
  private EventSource consume(String reader) throws IOException {
    var mapping = template.eventSource();
    var function = Optional.ofNullable(functions.get(mapping.function())).orElseThrow();
    var settings =
        EventSourceSettings.of(
            mapping,
            function.resource().timeout(),
            "arn:aws:kinesis:us-east-1:000000000000:stream/crowd");
    return EventSource.start(
        settings,
        new FileLogSource(log, reader),
        counted(function),
        note -> lines.add("given up: " + note),
        lines::add);
  }

  private LocalFunction counted(LocalFunction function) {
    return new LocalFunction() {
      @Override
      public FunctionResource resource() {
        return function.resource();
      }

      @Override
      public Invocation invoke(String event) {
        var ending = function.invoke(event);
        if (ending instanceof Invocation.Answered) {
          batches.incrementAndGet();
        }
        return ending;
      }
    };
  }

  /** Who looks people up sees what was acknowledged before. */
  private Map<String, LocalFunction> upToDate() {
    var waiting = new HashMap<>(functions);
    template.routes().stream()
        .filter(route -> route.path().startsWith("/users"))
        .map(route -> route.function())
        .distinct()
        .forEach(name ->
            waiting.computeIfPresent(name, (_, function) -> function.after(this::consumeAll)));
    return waiting;
  }

  private void defect(String function, Invocation ending) {
    lines.add(function + " did not answer: " + ending);
  }

  public Api api() {
    return api(Witness.NOBODY);
  }

  Api api(Witness witness) {
    return new Api(front.port(), witness);
  }

  /** Has the consumer read all that is on the stream. */
  public void consumeAll() {
    drain(consumer);
  }

  /** Has the consumer read every record that ever was on the stream once more. */
  public void replay() {
    consumeAll();
    try (var again = consume("replay-" + ++replays)) {
      drain(again);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** However long it takes, if only something is read meanwhile. */
  private void drain(EventSource source) {
    try {
      long before;
      do {
        before = batches.get();
        if (source.drain(PATIENCE)) {
          return;
        }
      } while (batches.get() != before);
      throw new IllegalStateException("not all of the stream was read");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void pass(Duration time) {
    ahead = ahead.plus(time);
  }

  /** Lets the reconciler do all that waits, at once and when late sweeps are due. */
  public void settleDown() {
    for (int run = 0; run < 3; run++) {
      consumeAll();
      reconcile();
      pass(Duration.ofMinutes(21));
    }
  }

  private void reconcile() {
    for (var schedule : template.schedules()) {
      var function = Optional.ofNullable(functions.get(schedule.function())).orElseThrow();
      if (!(function.invoke("{}") instanceof Invocation.Answered)) {
        throw new IllegalStateException(schedule.function() + " did not end");
      }
    }
  }

  /** Has the reconciler run once, which may fail. */
  public void tryToReconcile() {
    for (var schedule : template.schedules()) {
      var function = Optional.ofNullable(functions.get(schedule.function())).orElseThrow();
      lines.add("" + function.invoke("{}"));
    }
  }

  /** Calls a function by its logical name, whatever leads to it. */
  Invocation invoke(String function, String event) {
    return Optional.ofNullable(functions.get(function)).orElseThrow().invoke(event);
  }

  /** The table as nobody's role limits it. */
  Store table() {
    return new DynamoStore(client, TABLE);
  }

  /** Every row of the table. */
  public List<Map<String, AttributeValue>> items() {
    return client.scanPaginator(scan -> scan.tableName(TABLE).consistentRead(true)).items().stream()
        .toList();
  }

  /** Every row of the table, with records that are kept aside in plain text. */
  public List<String> rows() {
    return items().stream()
        .map(row -> row + Optional.ofNullable(row.get("record")).map(Stage::plain).orElse(""))
        .toList();
  }

  private static String plain(AttributeValue record) {
    return new String(Base64.getDecoder().decode(record.s()), StandardCharsets.UTF_8);
  }

  /** All that the functions logged. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void close() throws IOException {
    front.close();
    consumer.close();
    log.close();
    functionsClients.forEach(DynamoDbClient::close);
    client.close();
    http.close();
    dynamo.close();
    Folders.delete(folder);
  }
}
