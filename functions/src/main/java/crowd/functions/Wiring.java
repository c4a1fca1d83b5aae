package crowd.functions;

import crowd.aws.Backoff;
import crowd.aws.Clients;
import crowd.aws.DynamoStore;
import crowd.aws.KinesisStream;
import crowd.aws.Unsent;
import crowd.core.audit.Audit;
import crowd.core.batch.Batch;
import crowd.core.claim.Claims;
import crowd.core.directory.Directory;
import crowd.core.erase.Erase;
import crowd.core.erase.Erasing;
import crowd.core.erase.Ledger;
import crowd.core.fingerprint.Browsers;
import crowd.core.identify.Identify;
import crowd.core.merge.AliasUser;
import crowd.core.merge.Merge;
import crowd.core.message.Ids;
import crowd.core.message.RandomIds;
import crowd.core.observe.Metrics;
import crowd.core.person.People;
import crowd.core.person.Search;
import crowd.core.project.Converge;
import crowd.core.project.Project;
import crowd.core.project.Settle;
import crowd.core.quarantine.Quarantine;
import crowd.core.quarantine.Redrive;
import crowd.core.reconcile.Reconcile;
import crowd.core.reset.Reset;
import crowd.core.run.Attempts;
import crowd.core.run.Tasks;
import crowd.core.store.Store;
import crowd.core.stream.AppendOutcome;
import crowd.core.stream.Envelope;
import crowd.core.stream.Stream;
import crowd.core.timeline.Timeline;
import crowd.core.track.Track;
import crowd.core.unlink.Unlink;
import crowd.core.website.FirstEvents;
import crowd.core.website.Websites;
import crowd.functions.http.Access;
import crowd.functions.http.Edge;
import crowd.functions.http.Invocations;
import crowd.functions.http.Log;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.regions.Region;

/** Puts the parts together: the only class that names a port and its adapter. */
public final class Wiring {

  private final Store store;
  private final Stream stream;
  private final InstantSource clock;
  private final Ids ids;
  private final Log log;
  private final Metrics metrics;
  private final Invocations invocations;
  private final Attempts attempts = new Attempts(new Backoff());
  private final Tasks tasks = new VirtualThreads();
  private final Websites websites;

  /** With any adapters: for tests and the local run. */
  public Wiring(
      Store store, Stream stream, InstantSource clock, Ids ids, Log log, Metrics metrics) {
    this(store, stream, clock, ids, log, metrics, Invocations.NONE);
  }

  private Wiring(
      Store store,
      Stream stream,
      InstantSource clock,
      Ids ids,
      Log log,
      Metrics metrics,
      Invocations invocations) {
    this.store = store;
    this.stream = stream;
    this.clock = clock;
    this.ids = ids;
    this.log = log;
    this.metrics = metrics;
    this.invocations = invocations;
    this.websites = new Websites(store, clock);
  }

  /** On Lambda, for functions that only read and write the table. Its client is primed. */
  public static Wiring fromEnvironment() {
    var config = Config.ofTable(Config.environment());
    var clients = Clients.in(Region.of(config.region()));
    clients.prime(config.tableName());
    return of(config, clients);
  }

  /**
   * As {@link #fromEnvironment}, for functions that put messages on the stream too; after a call
   * before the first one.
   *
   * @param rehearsal makes that call, of a function on the wiring that it is given, which leads
   *     nowhere
   */
  public static Wiring withStream(Consumer<Wiring> rehearsal) {
    return primed(List.of(Wiring::primeQuery, Wiring::primeStream, rehearsing(rehearsal)));
  }

  /** For functions that put messages on the stream and read rows by their keys, too. */
  public static Wiring withRowsAndStream() {
    return primed(List.of(Wiring::primeQuery, Wiring::primeRows, Wiring::primeStream));
  }

  /** As {@link #withStream(Consumer)}, for functions that also read rows by their keys. */
  public static Wiring withRowsAndStream(Consumer<Wiring> rehearsal) {
    return primed(
        List.of(Wiring::primeQuery, Wiring::primeRows, Wiring::primeStream, rehearsing(rehearsal)));
  }

  /**
   * @param primings what the first call shall find done
   */
  private static Wiring primed(List<BiConsumer<Config, Clients>> primings) {
    var config = Config.ofTableAndStream(Config.environment());
    var clients = Clients.in(Region.of(config.region()));
    // Beside each other: most of each is waiting for a connection.
    var _ =
        new VirtualThreads()
            .all(
                primings.stream()
                    .<Supplier<Boolean>>map(one -> () -> done(one, config, clients))
                    .toList());
    return of(config, clients);
  }

  private static void primeQuery(Config config, Clients clients) {
    clients.prime(config.tableName());
  }

  private static void primeRows(Config config, Clients clients) {
    clients.primeRows(config.tableName());
  }

  private static void primeStream(Config config, Clients clients) {
    config.streamName().ifPresent(clients::primeStream);
  }

  private static boolean done(BiConsumer<Config, Clients> priming, Config config, Clients clients) {
    priming.accept(config, clients);
    return true;
  }

  private static BiConsumer<Config, Clients> rehearsing(Consumer<Wiring> call) {
    return (config, clients) -> call.accept(nowhere(config, clients));
  }

  /** Composes all requests of a call, sends none, and is answered from memory. */
  private static Wiring nowhere(Config config, Clients clients) {
    var clock = InstantSource.system();
    return reporting(
        Rehearsal.nobody(),
        Unsent.store(table(config, clients), Rehearsal.table(clock)),
        stream(config, clients).map(Unsent::stream).orElseThrow(),
        clock,
        new RandomIds());
  }

  private static Wiring of(Config config, Clients clients) {
    return reporting(
        System.out,
        table(config, clients),
        stream(config, clients).<Stream>map(stream -> stream).orElse(Wiring::none),
        InstantSource.system(),
        new RandomIds());
  }

  private static DynamoStore table(Config config, Clients clients) {
    return new DynamoStore(clients.dynamoDb(), config.tableName());
  }

  private static Optional<KinesisStream> stream(Config config, Clients clients) {
    return config.streamName().map(name -> new KinesisStream(clients.kinesis(), name));
  }

  private static AppendOutcome none(Envelope envelope) {
    throw new IllegalStateException("this function is told of no stream");
  }

  /**
   * With any adapters, and logs and metrics as they are on Lambda.
   *
   * @param out takes both, a line each
   */
  public static Wiring reporting(
      PrintStream out, Store store, Stream stream, InstantSource clock, Ids ids) {
    var metrics = new EmfMetrics(out, clock);
    return new Wiring(store, stream, clock, ids, new JsonLog(out), metrics, metrics);
  }

  /** On Lambda, for a function that needs neither the table nor the stream. */
  public static Edge edgeAlone() {
    var clock = InstantSource.system();
    var metrics = new EmfMetrics(System.out, clock);
    return new Edge(new RandomIds(), clock, new JsonLog(System.out), metrics, metrics);
  }

  /** The same, but for who gets its logs and metrics. */
  public Wiring with(Log log, Metrics metrics, Invocations invocations) {
    return new Wiring(store, stream, clock, ids, log, metrics, invocations);
  }

  public Edge edge() {
    return new Edge(ids, clock, log, metrics, invocations);
  }

  public Access access() {
    return new Access(websites, metrics);
  }

  public Identify identify() {
    return new Identify(claims(), new Browsers(store, attempts), stream, metrics);
  }

  public Track track() {
    return new Track(stream, metrics);
  }

  public Reset reset() {
    return new Reset(store, stream, attempts, clock, ids, metrics);
  }

  public Batch batch() {
    return new Batch(identify(), reset(), aliasUser(), track(), stream, tasks, metrics);
  }

  public AliasUser aliasUser() {
    return new AliasUser(store, merge(), identify(), metrics);
  }

  public Merge merge() {
    return new Merge(store, attempts, clock, metrics);
  }

  public Unlink unlink() {
    return new Unlink(store, attempts, clock, metrics);
  }

  public Erase erase() {
    return new Erase(store, attempts, clock, metrics);
  }

  public Project project() {
    return new Project(store, claims(), converge(), ledger(), attempts, tasks, clock, metrics);
  }

  public FirstEvents firstEvents() {
    return new FirstEvents(store);
  }

  public Reconcile reconcile() {
    return new Reconcile(
        store,
        converge(),
        unlink(),
        new Erasing(store, ledger(), attempts, clock),
        tasks,
        clock,
        metrics);
  }

  private Ledger ledger() {
    return new Ledger(store, websites::pseudonym);
  }

  public Audit audit() {
    var settle = new Settle(store, attempts, metrics);
    return new Audit(store, settle, reconcile(), attempts, tasks, clock, metrics);
  }

  public Quarantine quarantine() {
    return new Quarantine(store, attempts);
  }

  public Redrive redrive() {
    return new Redrive(quarantine(), stream);
  }

  public Timeline timeline() {
    return new Timeline(store);
  }

  public People people() {
    return new People(store, timeline());
  }

  public Search search() {
    return new Search(store, new Directory(store), people(), tasks);
  }

  private Claims claims() {
    return new Claims(store, attempts, clock, metrics);
  }

  private Converge converge() {
    return new Converge(store, attempts, clock, metrics);
  }
}
