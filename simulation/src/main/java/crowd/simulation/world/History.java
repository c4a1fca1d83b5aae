package crowd.simulation.world;

import crowd.core.claim.Claims;
import crowd.core.identify.IdentifyOutcome.Ending;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.merge.MergedIn;
import crowd.core.merge.Unions;
import crowd.core.profile.Profile;
import crowd.core.store.Item;
import crowd.core.store.StoreUnavailableException;
import crowd.core.store.Write;
import crowd.core.store.memory.InMemoryStore;
import crowd.core.table.MergeRow;
import crowd.core.table.ProfileRow;
import crowd.simulation.oracle.Attempt;
import crowd.simulation.oracle.Browser;
import crowd.simulation.oracle.CopyLog;
import crowd.simulation.oracle.DecisionLog;
import crowd.simulation.oracle.ErasureLog;
import crowd.simulation.oracle.Findings;
import crowd.simulation.oracle.Ledger;
import crowd.simulation.oracle.Oracle;
import crowd.simulation.oracle.PeopleLog;
import crowd.simulation.oracle.Person;
import crowd.simulation.oracle.Violation;
import crowd.simulation.oracle.Violation.Kind;
import crowd.simulation.schedule.Invocation;
import crowd.simulation.schedule.Order;
import crowd.simulation.schedule.Scheduler;
import crowd.simulation.schedule.SeededChoices;
import crowd.simulation.schedule.Strand;
import crowd.simulation.schedule.Trace;
import crowd.simulation.workload.Request;
import crowd.simulation.workload.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One history: clients send, functions run, things go wrong, until all requests are acknowledged;
 * then nothing goes wrong any more, and the world has to come to rest in the state that the oracle
 * expects.
 */
public final class History {

  /** Slices after which things stop going wrong. */
  private static final int CHAOS_SLICES = 400;

  /** Slices in which the world has to come to rest then. */
  private static final int REST_SLICES = 20_000;

  private static final int DEATH_WITHIN = 150;
  private static final long RECONCILER_EVERY = Duration.ofMinutes(5).toMillis();
  private static final int MOST_CONSUMERS = 3;
  private static final int MOST_RECONCILERS = 2;
  private static final int CLOCK_WITHIN = 60_000;
  private static final long DAYS = Duration.ofDays(3).toMillis();

  private final Plan plan;
  private final SeededChoices choices;
  private final Chaos chaos;
  private final Scheduler scheduler;
  private final Findings findings = new Findings();
  private final Ledger ledger;
  private final DecisionLog decisions;
  private final PeopleLog people;
  private final ErasureLog erasures;
  private final Oracle oracle;
  private final Watch watch;
  private final StoreFaults faults;
  private final InMemoryStore memory;
  private final SimulatedStream stream;
  private final Cloud cloud;
  private final Api api;
  private final Consumer consumer;
  private final ProductReader reader;
  private final Branches branches;
  private final Queue<Request> unsent = new ArrayDeque<>();
  private final Set<String> poison = new HashSet<>();
  private int consumers;
  private int reconcilers;
  private int started;
  private long calm;
  private boolean isGivenUp;

  public History(Plan plan, Trace trace, Branches branches) {
    this(plan, trace, branches, Cloud.Around.NOTHING);
  }

  /**
   * @param around what stands between the use cases and the store
   */
  History(Plan plan, Trace trace, Branches branches, Cloud.Around around) {
    this.plan = plan;
    this.branches = branches;
    var setting = plan.setting();
    choices = new SeededChoices(plan.schedule());
    chaos = new Chaos(choices, plan.without(), setting.faultsPerThousand());
    scheduler = new Scheduler(new Order.Uniform(choices), setting.fansOut(), trace);
    ledger = new Ledger(setting.retention());
    erasures = new ErasureLog();
    people = new PeopleLog(ledger, erasures, findings);
    decisions = new DecisionLog(ledger, people, erasures, findings);
    oracle =
        new Oracle(
            ledger,
            decisions,
            people,
            erasures,
            findings,
            Set.copyOf(setting.limitedUser().stream().toList()));
    faults =
        new StoreFaults(
            scheduler,
            chaos,
            branches,
            decisions,
            people,
            new CopyLog(decisions, erasures, findings));
    memory = faults.store();
    watch = faults.watch();
    stream = new SimulatedStream(scheduler, chaos, branches, watch);
    cloud = Cloud.on(around.wrap(memory), stream, scheduler, setting, watch);
    api =
        new Api(
            cloud,
            stream,
            scheduler,
            ledger,
            decisions,
            people,
            Duration.ofMillis(setting.retention()),
            branches);
    consumer = new Consumer(cloud.store(), cloud.project(), branches);
    reader = new ProductReader(cloud.store());
  }

  /** Runs it to its end. */
  public Optional<Violation> run() {
    var requests = plan.requests();
    int first =
        plan.setting().hasSecondPart() ? requests.size() - requests.size() / 3 : requests.size();
    plan.setting().limitedUser().ifPresent(this::limit);
    plan.setting().crowdedUser().ifPresent(this::crowd);
    part(requests.subList(0, first));
    if (plan.setting().hasSecondPart()) {
      scheduler.advance(DAYS);
      if (chaos.allows(FaultKind.LATE_DUPLICATE)) {
        var records = stream.all();
        for (int i = 0; i < records.size(); i++) {
          if (choices.oneIn(2)) {
            stream.putBack(List.of(records.get(i)));
          }
        }
      }
      part(requests.subList(first, requests.size()));
    }
    look(() -> oracle.checkEnd(memory.dump(), reader, poison));
    return findings.first();
  }

  /**
   * Runs it to some moment in the middle, ends every invocation there, loses the stream, and lets
   * the reconciler pass.
   *
   * @return aliases that wait after these passes
   */
  public long dieThenReconcile(int passes) {
    unsent.addAll(plan.requests());
    beginChaos();
    for (long end = 1L + choices.next(DEATH_WITHIN); scheduler.slices() < end; ) {
      scheduler.advance(1 + choices.next(40));
      faults.land();
      arrive();
      var strand = scheduler.pick();
      if (strand != null && !interrupts(strand)) {
        scheduler.run(strand);
      } else if (strand == null && !startClient() && !startConsumer()) {
        break;
      }
    }
    endChaos();
    isGivenUp = true;
    scheduler.killAll();
    faults.catchUpIndexes();
    for (int pass = 0; pass < passes; pass++) {
      scheduler.advance(RECONCILER_EVERY);
      cloud.reconcile().run(Instant.MAX);
    }
    // A last look at trimmed copies is no backlog: it waits on purpose, for much longer.
    return faults.tap().waitingAliases(scheduler.now() + Claims.LOOK_AFTER.toMillis());
  }

  /** Gives a user all the links but one that he may have. */
  private void limit(String user) {
    for (var website : Workload.WEBSITES) {
      var id = new WebsiteId(website);
      var unseen = Profile.unseen(id, new UserId(user));
      var full =
          new Profile(
              id,
              unseen.user(),
              0,
              unseen.traits(),
              unseen.firstSeen(),
              unseen.lastSeen(),
              Claims.MAX_LINKS - 1,
              unseen.linkHour(),
              0,
              null,
              unseen.erasedAt(),
              false,
              unseen.rest());
      memory.write(ProfileRow.write(full));
    }
  }

  /** Makes a user one with as many others as may be. */
  private void crowd(String user) {
    var rows = new HashMap<Person, Item>();
    var writes = new ArrayList<Write>();
    for (var website : Workload.WEBSITES) {
      var id = new WebsiteId(website);
      for (int i = 1; i < Unions.MAX_MEMBERS; i++) {
        var other = new UserId("crowd" + i);
        var merged = ProfileRow.write(Profile.unseen(id, other).mergedInto(new UserId(user)));
        if (merged instanceof Write.Put(var row, _)) {
          rows.put(new Person(website, other.value()), row);
        }
        writes.add(merged);
        writes.add(
            MergeRow.write(new MergedIn(id, new UserId(user), other, scheduler.clock(), "crowd")));
      }
    }
    people.assume(rows);
    writes.forEach(memory::write);
  }

  private void part(List<Request> requests) {
    unsent.addAll(requests);
    beginChaos();
    if (chaos.happensOneIn(FaultKind.POISON, 8)) {
      poison.add(stream.add(Poison.bytes(choices), List.of()).sequenceNumber());
    }
    calm = scheduler.slices() + CHAOS_SLICES;
    scheduler.runAll(this::next);
  }

  /** What happens until a function goes on; null if nothing happens any more. */
  private @Nullable Strand next() {
    while (findings.isEmpty()) {
      if (scheduler.slices() > calm) {
        endChaos();
      }
      if (scheduler.slices() > calm + REST_SLICES) {
        findings.add(Kind.OTHER, "the world does not come to rest");
      }
      scheduler.advance(1 + choices.next(40));
      faults.land();
      arrive();
      var strand = scheduler.pick();
      if (strand != null && !interrupts(strand)) {
        return strand;
      } else if (strand == null && !wake()) {
        return null;
      }
    }
    return null;
  }

  private void beginChaos() {
    chaos.set(true);
    if (plan.setting().isPct()) {
      scheduler.order(new Order.Pct(choices));
    }
  }

  /** PCT may starve one strand for which all others wait: the world rests on a fair schedule. */
  private void endChaos() {
    chaos.set(false);
    scheduler.order(new Order.Uniform(choices));
  }

  /** Something new begins, now and then. */
  private void arrive() {
    switch (choices.next(12)) {
      case 0 -> startConsumer();
      case 1, 2 -> startClient();
      case 3 -> {
        if (chaos.isOn() && choices.oneIn(10)) {
          startReconciler();
        }
      }
      default -> {}
    }
  }

  private boolean interrupts(Strand strand) {
    var invocation = strand.invocation();
    if (invocation.isDead() || !chaos.strikes()) {
      return false;
    }
    if (choices.oneIn(6) && chaos.allows(FaultKind.CRASH)) {
      watch.crashed(strand);
      scheduler.kill(invocation, "crashes");
      return true;
    }
    if (choices.oneIn(6) && chaos.allows(FaultKind.FREEZE)) {
      scheduler.note("freezes", invocation.name());
      invocation.freezeUntil(scheduler.now() + 1 + choices.next(90_000));
      return true;
    }
    return false;
  }

  /** Nobody can run: lets the next thing happen; false if there is none. */
  private boolean wake() {
    if (startClient() || startConsumer()) {
      return true;
    }
    if (!scheduler.isIdle()) {
      scheduler.advanceTo(scheduler.nextWake());
      return true;
    }
    endChaos();
    faults.catchUpIndexes();
    long landing = faults.nextLanding();
    long due = faults.tap().nextDue();
    if (landing == Long.MAX_VALUE && due == Long.MAX_VALUE) {
      return false;
    }
    if (landing <= due) {
      scheduler.advanceTo(landing);
    } else {
      scheduler.advanceTo(due + 2 * CLOCK_WITHIN);
      startReconciler();
    }
    return true;
  }

  private boolean startClient() {
    var request = unsent.poll();
    if (request == null) {
      return false;
    }
    send(request);
    return true;
  }

  /** Sends a request, again and again until it is acknowledged. */
  private void send(Request request) {
    if (isGivenUp) {
      return;
    }
    var invocation = invocation(Invocation.Kind.API, () -> send(request));
    scheduler.start(
        invocation,
        () -> {
          scheduler.note("takes", request.label());
          scheduler.explain(request::about);
          var answer = attempt(() -> api.execute(request));
          scheduler.pause();
          if (answer.isEmpty() || chaos.happens(FaultKind.LOST_ANSWER)) {
            send(request);
            return;
          }
          scheduler.note("answers", answer.get().endings().values().toString());
          answer.get().taken().forEach(Attempt::acknowledge);
          answer.get().endings().forEach((one, ending) -> checkAnswer(one, ending, invocation));
          if (!answer.get().isComplete()) {
            send(request);
          }
        });
  }

  /** Read your own merge. */
  private void checkAnswer(Attempt attempt, Ending ending, Invocation invocation) {
    var id = attempt.message().anonymous();
    var user = attempt.message().user();
    if (id == null || user == null) {
      return;
    }
    var browser = new Browser(attempt.message().website(), id);
    switch (ending) {
      case CREATED, LINKED, UPDATED, UNCHANGED -> {
        watch.answeredOwn(invocation);
        if (!decisions.everOwned(browser, user)) {
          findings.add(Kind.OTHER, attempt.message() + " was answered " + ending);
        } else if (user.equals(decisions.state(browser).owner())
            && !watch.isHalfWay(browser)
            && !watch.isHalfWay(new Person(browser.website(), user))
            && people.state(new Person(browser.website(), user)).erasedAt() == Long.MIN_VALUE) {
          // A store that shows a transaction item by item may show the owner before the link. The
          // identify whose transaction it is has not answered then; one beside it may have.
          scheduler.atomically(() ->
              look(() -> oracle.checkNow(browser, user, reader.timeline(browser.website(), user))));
        }
      }
      case RETIRED -> {
        branches.reached(Branch.RETIRED);
        noteRefused(attempt);
      }
      case USER_SWITCH, REFUSED_LIMIT -> {}
    }
  }

  /** Nothing goes wrong for who looks from outside: what he cannot read is itself wrong. */
  private void look(Runnable check) {
    try {
      check.run();
    } catch (StoreUnavailableException e) {
      findings.add(Kind.OTHER, "a reader was told: " + e.getMessage());
    }
  }

  private boolean startConsumer() {
    if (stream.isEmpty() || consumers >= MOST_CONSUMERS) {
      return false;
    }
    var records = stream.take();
    consumers++;
    var invocation =
        invocation(
            Invocation.Kind.CONSUMER,
            () -> {
              consumers--;
              stream.putBack(records);
            });
    scheduler.start(
        invocation,
        () -> {
          scheduler.note("consumes", sequenceNumbers(records));
          records.forEach(this::noteDelivery);
          var deadline =
              Instant.ofEpochMilli(invocation.begunAt() + plan.setting().timeForCopies());
          int done = attempt(() -> consumer.consume(records, deadline)).orElse(0);
          scheduler.pause();
          consumers--;
          stream.putBack(records.subList(done, records.size()));
          for (var record : records.subList(0, done)) {
            record.done(owners(record));
            record.attempts().forEach(Attempt::consume);
            record.attempts().forEach(this::noteRefused);
            if (record.deliveries() < 3 && chaos.happensOneIn(FaultKind.DUPLICATE, 10)) {
              stream.putBack(List.of(record));
            }
          }
        });
    return true;
  }

  private void noteDelivery(StreamRecord record) {
    for (var attempt : record.attempts()) {
      if (erasures.takes(attempt)) {
        noteErased(attempt);
      }
    }
    if (record.ownersWhenDone() != null && !record.ownersWhenDone().equals(owners(record))) {
      branches.reached(Branch.DUPLICATE_AFTER_OWNER_CHANGED);
    } else if (record.ownersWhenDone() == null && record.deliveries() > 1) {
      branches.reached(Branch.RECORD_CAME_AGAIN);
    }
  }

  private void noteErased(Attempt attempt) {
    branches.reached(Branch.ERASED_CAME_AGAIN);
    var user = attempt.message().user();
    if (user != null && !people.state(new Person(attempt.message().website(), user)).isThere()) {
      branches.reached(Branch.ERASED_CAME_AGAIN_AFTER_THE_END);
    }
  }

  /** A claim from before an unlink came, and the id, free as it is, stayed nobody's. */
  private void noteRefused(Attempt attempt) {
    if (decisions.isTakenBack(attempt)) {
      branches.reached(Branch.ZOMBIE_LINK_REFUSED_AFTER_UNLINK);
    }
  }

  /** Whose the anonymous ids in a record are now. */
  private String owners(StreamRecord record) {
    var owners = new StringBuilder();
    for (var attempt : record.attempts()) {
      var id = attempt.message().anonymous();
      if (id != null) {
        owners.append(decisions.state(new Browser(attempt.message().website(), id)).owner());
      }
    }
    return owners.toString();
  }

  private static String sequenceNumbers(List<StreamRecord> records) {
    var numbers = new StringBuilder();
    records.forEach(record -> numbers.append(record.sequenceNumber()).append(' '));
    return numbers.toString();
  }

  private void startReconciler() {
    if (reconcilers >= MOST_RECONCILERS) {
      return;
    }
    if (++reconcilers > 1) {
      branches.reached(Branch.TWO_RECONCILERS);
    }
    var invocation = invocation(Invocation.Kind.RECONCILER, () -> reconcilers--);
    scheduler.start(
        invocation,
        () -> {
          attempt(() -> cloud.reconcile().run(Instant.MAX));
          reconcilers--;
        });
  }

  private Invocation invocation(Invocation.Kind kind, Runnable whenKilled) {
    long ahead =
        chaos.happensOneIn(FaultKind.CLOCK, 8) ? choices.next(2 * CLOCK_WITHIN) - CLOCK_WITHIN : 0;
    return new Invocation(
        kind,
        kind.word() + ++started,
        ahead,
        killed -> {
          if (killed.isOverdue(scheduler.now())) {
            branches.reached(Branch.TIMED_OUT);
          }
          whenKilled.run();
        });
  }

  /** Empty if the store was not to be reached: the function ends with an error. */
  private <T> Optional<T> attempt(java.util.function.Supplier<T> work) {
    try {
      return Optional.of(work.get());
    } catch (StoreUnavailableException _) {
      return Optional.empty();
    } catch (RuntimeException e) {
      findings.add(Kind.OTHER, "a use case threw " + e);
      return Optional.empty();
    }
  }
}
