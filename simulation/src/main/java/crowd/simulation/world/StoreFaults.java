package crowd.simulation.world;

import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.WriteOutcome;
import crowd.core.store.memory.Faults;
import crowd.core.store.memory.InMemoryStore;
import crowd.simulation.oracle.CopyLog;
import crowd.simulation.oracle.DecisionLog;
import crowd.simulation.oracle.PeopleLog;
import crowd.simulation.schedule.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every step of the store: a point to switch at, a chance to go wrong, and what others see of it.
 */
final class StoreFaults implements Faults {

  /**
   * Milliseconds within which a write lands that its caller gave up. With the longest timeout of a
   * function and the difference of two clocks it stays below {@link
   * crowd.core.unlink.UnlinkJob#LATE_SWEEP_AFTER}.
   */
  static final long LANDS_WITHIN = 5 * 60_000;

  private final Scheduler scheduler;
  private final Chaos chaos;
  private final Watch watch;
  private final Tap tap;
  private final InMemoryStore store;
  private final List<LateWrite> late = new ArrayList<>();

  StoreFaults(
      Scheduler scheduler,
      Chaos chaos,
      Branches branches,
      DecisionLog decisions,
      PeopleLog people,
      CopyLog copies) {
    this.scheduler = scheduler;
    this.chaos = chaos;
    this.store = new InMemoryStore(this);
    this.watch = new Watch(branches, decisions, people, this::peek);
    this.tap = new Tap(decisions, people, copies, watch, this::peek);
  }

  /** In the order in which the store keeps them. */
  private record LateWrite(long lands, Set<Key> keys) {}

  private @Nullable Item peek(Key key) {
    return store.peek(key).orElse(null);
  }

  /** The store that goes wrong like this. */
  InMemoryStore store() {
    return store;
  }

  Watch watch() {
    return watch;
  }

  Tap tap() {
    return tap;
  }

  /**
   * An index query is no point to switch at: what it finds may be old anyway, as indexes lag, and
   * the row that it leads to is read at a point of its own. A pass of the reconciler looks at very
   * many indexes that hold nothing.
   */
  @Override
  public void before(Step step) {
    var strand = scheduler.current();
    if (strand != null && !isOfQuarantine(step)) {
      if (step.operation() != Operation.INDEX_QUERY) {
        scheduler.pause();
      }
      var word = word(step.operation());
      if (step.keys().isEmpty()) {
        scheduler.note(word, "");
      }
      for (var key : step.keys()) {
        scheduler.note(word, key.pk(), key.sk());
      }
      watch.before(step, strand);
    }
  }

  /** An erasure looks at very many partitions there, which nobody else changes. */
  private static boolean isOfQuarantine(Step step) {
    return step.operation() == Operation.QUERY
        && step.keys().iterator().next().pk().startsWith("_#q#");
  }

  private static String word(Operation operation) {
    return switch (operation) {
      case GET -> "get";
      case QUERY -> "query";
      case INDEX_QUERY -> "index";
      case WRITE -> "write";
      case TRANSACT -> "transact";
      case PUT_ALL -> "put";
    };
  }

  @Override
  public Fate fate(Step step) {
    var strand = scheduler.current();
    if (strand == null || !chaos.strikes()) {
      boolean isTransaction = step.operation() == Operation.TRANSACT && strand != null;
      return isTransaction && chaos.happensOneIn(FaultKind.PIECEMEAL, 3)
          ? Fate.PIECEMEAL
          : Fate.NORMAL;
    }
    var fate =
        switch (step.operation()) {
          case GET, QUERY, INDEX_QUERY -> allowed(FaultKind.FAILED_READ, Fate.THROTTLED);
          case WRITE, TRANSACT, PUT_ALL -> fateOfWrite();
        };
    if (fate != Fate.NORMAL) {
      scheduler.note("goes wrong:", fate.name());
    }
    watch.fate(step, fate, strand);
    if (fate == Fate.LATE) {
      long delay = 1L + (chaos.next(2) == 0 ? chaos.next(5_000) : chaos.next((int) LANDS_WITHIN));
      late.add(new LateWrite(scheduler.now() + delay, step.keys()));
    }
    return fate;
  }

  private Fate fateOfWrite() {
    return switch (chaos.next(5)) {
      case 0 -> allowed(FaultKind.THROTTLED_WRITE, Fate.THROTTLED);
      case 1 -> allowed(FaultKind.CONFLICT, Fate.CONFLICT);
      case 2 -> allowed(FaultKind.LOST_REQUEST, Fate.REQUEST_LOST);
      case 3 -> allowed(FaultKind.LOST_REPLY, Fate.REPLY_LOST);
      default -> allowed(FaultKind.LATE_WRITE, Fate.LATE);
    };
  }

  private Fate allowed(FaultKind kind, Fate fate) {
    return chaos.allows(kind) ? fate : Fate.NORMAL;
  }

  @Override
  public void between(Step transaction, Key shown) {
    var strand = scheduler.current();
    tap.committed(shown, strand);
    watch.halfWay(transaction);
    if (strand != null) {
      strand.inTransaction(true);
      scheduler.pause();
    }
  }

  @Override
  public void after(Step step) {
    var strand = scheduler.current();
    if (step.operation() == Operation.WRITE || step.operation() == Operation.TRANSACT) {
      for (var key : step.keys()) {
        tap.committed(key, strand);
      }
    }
    if (strand != null) {
      watch.after(step, strand);
      strand.inTransaction(false);
      if (strand.invocation().isDead()) {
        scheduler.pause();
      }
    }
  }

  @Override
  public boolean indexLags(Key key) {
    boolean lags = scheduler.current() != null && chaos.happensOneIn(FaultKind.INDEX_LAG, 4);
    if (lags) {
      watch.lags();
    }
    return lags;
  }

  /** Lets land what is due. */
  void land() {
    for (int i = 0; i < late.size(); i++) {
      var write = late.get(i);
      if (write.lands() <= scheduler.now()) {
        late.remove(i--);
        var outcome = store.landLate(i + 1);
        scheduler.note(
            "lands late:", write.keys().size() + " " + outcome.getClass().getSimpleName());
        watch.landed(write.keys().size(), outcome.equals(WriteOutcome.WRITTEN));
        write.keys().forEach(key -> tap.committed(key, null));
      }
    }
  }

  /** Makes the indexes show every row as it is. */
  void catchUpIndexes() {
    store.catchUpIndexes();
    watch.caughtUp();
  }

  /** When the next one lands. */
  long nextLanding() {
    long next = Long.MAX_VALUE;
    for (var write : late) {
      next = Math.min(next, write.lands());
    }
    return next;
  }
}
