package crowd.simulation.world;

import crowd.core.erase.EraseOutcome;
import crowd.core.history.Because;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.merge.MergeOutcome;
import crowd.core.observe.Metrics;
import crowd.core.quarantine.Quarantine;
import crowd.core.run.Attempts;
import crowd.core.run.Pause;
import crowd.core.store.Item;
import crowd.core.store.MeteredStore;
import crowd.core.store.Units;
import crowd.core.store.memory.InMemoryStore;
import crowd.core.unlink.UnlinkOutcome;
import crowd.simulation.oracle.CopyLog;
import crowd.simulation.oracle.DecisionLog;
import crowd.simulation.oracle.ErasureLog;
import crowd.simulation.oracle.Findings;
import crowd.simulation.oracle.Ledger;
import crowd.simulation.oracle.PeopleLog;
import crowd.simulation.oracle.Reader;
import crowd.simulation.schedule.Order;
import crowd.simulation.schedule.Scheduler;
import crowd.simulation.schedule.SeededChoices;
import crowd.simulation.schedule.Trace;
import crowd.simulation.workload.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * A world in which nothing goes wrong, and nothing happens at once: what is called has ended when
 * the call returns. Time stands still unless it is told to pass.
 */
public final class CalmWorld {

  private static final Setting SETTING = Setting.calm();

  private final Scheduler scheduler;
  private final SimulatedStream stream;
  private final InMemoryStore memory;
  private final MeteredStore meter;
  private final Cloud cloud;
  private final Api api;
  private final Consumer consumer;
  private final ProductReader reader;

  public CalmWorld(long seed) {
    var choices = new SeededChoices(seed);
    var chaos = new Chaos(choices, Set.of(), 0);
    chaos.set(false);
    var branches = new Branches();
    var findings = new Findings();
    var ledger = new Ledger(SETTING.retention());
    var erasures = new ErasureLog();
    var people = new PeopleLog(ledger, erasures, findings);
    var decisions = new DecisionLog(ledger, people, erasures, findings);
    scheduler = new Scheduler(new Order.Uniform(choices), false, new Trace(false));
    var faults =
        new StoreFaults(
            scheduler,
            chaos,
            branches,
            decisions,
            people,
            new CopyLog(decisions, erasures, findings));
    memory = new InMemoryStore();
    stream = new SimulatedStream(scheduler, chaos, branches, faults.watch());
    meter = new MeteredStore(memory);
    cloud = Cloud.on(meter, stream, scheduler, SETTING, Metrics.NONE);
    api =
        new Api(
            cloud,
            stream,
            scheduler,
            ledger,
            decisions,
            people,
            Duration.ofMillis(SETTING.retention()),
            branches);
    consumer = new Consumer(cloud.store(), cloud.project(), branches);
    reader = new ProductReader(memory);
  }

  /**
   * @throws IllegalArgumentException if the request is refused
   */
  public void send(Request request) {
    api.execute(request);
  }

  /** Records that were put on the stream so far; each has its place among them for ever. */
  public int records() {
    return stream.all().size();
  }

  /** Has the consumer work on these records, in this order, as one batch. */
  public void deliver(List<Integer> places) {
    var batch = places.stream().map(place -> stream.all().get(place)).toList();
    if (consumer.consume(batch, Instant.MAX) < batch.size()) {
      throw new IllegalStateException("a record that has to come again though nothing went wrong");
    }
  }

  public void pass(Duration time) {
    scheduler.advance(time.toMillis());
  }

  public void reconcile() {
    cloud.reconcile().run(Instant.MAX);
  }

  /**
   * @return whether it was the user's
   */
  public boolean unlink(String website, String user, String anonymousId) {
    return cloud
            .unlink()
            .apply(
                new WebsiteId(website),
                new UserId(user),
                new AnonymousId(anonymousId),
                new Because("unlink", "unlink-" + anonymousId))
        == UnlinkOutcome.UNLINKED;
  }

  public MergeOutcome merge(String website, String user, String into) {
    return cloud
        .merge()
        .apply(
            new WebsiteId(website),
            new UserId(user),
            new UserId(into),
            scheduler.clock(),
            new Because("alias", "alias-" + user));
  }

  public MergeOutcome unmerge(String website, String user, String from) {
    return cloud
        .merge()
        .undo(
            new WebsiteId(website),
            new UserId(user),
            new UserId(from),
            new Because("unlink", "unmerge-" + user));
  }

  public EraseOutcome erase(String website, String user) {
    return cloud.erase().apply(new WebsiteId(website), new UserId(user));
  }

  /** Keeps a record aside that nobody can understand. */
  public void setAside(String sequenceNumber, String record) {
    new Quarantine(memory, new Attempts(Pause.NONE))
        .keep(
            scheduler.clock(),
            sequenceNumber,
            Base64.getEncoder().encodeToString(record.getBytes(StandardCharsets.UTF_8)),
            "not an envelope");
  }

  /** What DynamoDB would bill for a call. */
  public Units unitsOf(Runnable call) {
    return meter.unitsOf(call);
  }

  public List<Item> dump() {
    return memory.dump();
  }

  public Reader reader() {
    return reader;
  }
}
