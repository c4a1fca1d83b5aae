package crowd.simulation.schedule;

import crowd.core.run.Tasks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the strands of one history one after the other on one thread, and keeps the time. Time
 * passes only here.
 */
public final class Scheduler implements Tasks {

  /** When every history begins. */
  public static final long START = Instant.parse("2026-01-01T00:00:10Z").toEpochMilli();

  /** Of one invocation: as many as meet, and few enough that most of them have something to do. */
  private static final int MOST_AT_ONCE = 4;

  private Order order;
  private final boolean fansOut;
  private final Trace trace;
  private final List<Strand> strands = new ArrayList<>();
  private final List<Strand> runnable = new ArrayList<>();
  private @Nullable Strand current;
  private @Nullable Supplier<@Nullable Strand> world;
  private @Nullable Strand picked;
  private boolean isPicked;
  private long now = START;
  private long slices;

  /**
   * @param fansOut whether a use case's tasks run at once, or in turn
   */
  public Scheduler(Order order, boolean fansOut, Trace trace) {
    this.order = order;
    this.fansOut = fansOut;
    this.trace = trace;
  }

  /** The true time. */
  public long now() {
    return now;
  }

  /** The time on the clock of the invocation that runs. */
  public Instant clock() {
    return Instant.ofEpochMilli(current == null ? now : now + current.invocation().clockAhead());
  }

  /** From now on strands are picked like this. */
  public void order(Order other) {
    order = other;
  }

  public void advance(long millis) {
    now += millis;
  }

  public void advanceTo(long time) {
    now = Math.max(now, time);
  }

  /** Slices of strands that have run. */
  public long slices() {
    return slices;
  }

  /** The strand that runs; null while the world itself acts. */
  public @Nullable Strand current() {
    return current;
  }

  public void note(String what, String about) {
    note(what, about, "");
  }

  public void note(String what, String about, String more) {
    var who = current == null ? "-" : current.invocation().name();
    trace.note(now, who, what, about, more);
  }

  /** Says more of what was just noted, to those who read the trace. */
  public void explain(Supplier<String> more) {
    trace.explain(more);
  }

  public void start(Invocation invocation, Runnable body) {
    start(new Strand(invocation, null, body));
  }

  private void start(Strand strand) {
    order.started(strand);
    strands.add(strand);
  }

  public boolean isIdle() {
    return strands.isEmpty();
  }

  /**
   * Runs strands until nobody is to run any more.
   *
   * @param world what happens between two slices: says who runs next, and null if nobody
   */
  public void runAll(Supplier<@Nullable Strand> world) {
    this.world = world;
    var strand = world.get();
    while (strand != null) {
      isPicked = false;
      run(strand);
      strand = isPicked ? picked : world.get();
    }
    this.world = null;
  }

  /** A point at which the strand may be stopped, for a while or for ever. */
  public void pause() {
    var strand = current;
    if (strand != null && !goesOn(strand)) {
      Strand.pause();
    }
  }

  /**
   * The world's turn, taken on the strand's own stack: where the same strand runs next, as half of
   * the time, none has to be put away and taken out again.
   */
  private boolean goesOn(Strand strand) {
    if (world == null || strand.invocation().isDead()) {
      return false;
    }
    current = null;
    picked = world.get();
    isPicked = true;
    current = strand;
    if (picked != strand) {
      return false;
    }
    isPicked = false;
    slices++;
    return true;
  }

  /** Runs without a pause, and without a fault: an observer from outside. */
  public void atomically(Runnable look) {
    var strand = current;
    current = null;
    try {
      look.run();
    } finally {
      current = strand;
    }
  }

  /** As {@link #pause}, for one that got in another's way. */
  public void backOff() {
    if (current != null) {
      order.yielded(current);
      pause();
    }
  }

  /**
   * Picks who runs next, after killing whoever's time is up.
   *
   * @return null if nobody can run now
   */
  public @Nullable Strand pick() {
    killOverdue();
    runnable.clear();
    for (var strand : strands) {
      if (!strand.isWaiting() && !strand.invocation().isFrozen(now)) {
        runnable.add(strand);
      }
    }
    return runnable.isEmpty() ? null : order.pick(runnable);
  }

  /** Runs a strand until its next pause. */
  public void run(Strand strand) {
    slices++;
    strand.invocation().begin(now);
    current = strand;
    try {
      strand.run();
    } finally {
      current = null;
    }
    boolean isOrphaned = strand.invocation().isDead() && !strand.isInTransaction();
    if (strand.isDone() || isOrphaned) {
      strands.remove(strand);
    }
  }

  /** When the first frozen invocation thaws or is killed. */
  public long nextWake() {
    long next = Long.MAX_VALUE;
    for (var strand : strands) {
      next = Math.min(next, strand.invocation().wakesAt());
    }
    return next;
  }

  private void killOverdue() {
    for (int i = strands.size() - 1; i >= 0; i--) {
      var invocation = strands.get(i).invocation();
      if (!invocation.isDead() && invocation.isOverdue(now)) {
        kill(invocation, "timed out");
        i = strands.size();
      }
    }
  }

  /** Nothing of it runs any more; only a transaction that is under way comes to its end. */
  public void kill(Invocation invocation, String why) {
    trace.note(now, invocation.name(), why, "", "");
    strands.removeIf(strand -> strand.invocation() == invocation && !strand.isInTransaction());
    invocation.die();
  }

  /** Ends all; transactions that are under way come to their end. */
  public void killAll() {
    for (var strand : List.copyOf(strands)) {
      if (!strand.invocation().isDead()) {
        kill(strand.invocation(), "dies");
      }
    }
    while (!strands.isEmpty()) {
      run(strands.getFirst());
    }
  }

  @Override
  public <T> List<T> all(List<? extends Supplier<? extends T>> tasks) {
    var parent = current;
    if (!fansOut || parent == null || tasks.size() < 2) {
      return Tasks.IN_TURN.all(tasks);
    }
    var results = new Results<T>(tasks.size());
    int strands = Math.min(tasks.size(), MOST_AT_ONCE);
    for (int i = 0; i < strands; i++) {
      int first = i;
      start(
          new Strand(
              parent.invocation(),
              parent,
              () -> {
                for (int place = first; place < tasks.size(); place += strands) {
                  results.fill(place, tasks.get(place));
                }
              }));
    }
    Strand.pause();
    return results.all();
  }

  /** What several tasks came to. */
  private static final class Results<T> {

    private final List<@Nullable T> values = new ArrayList<>();
    private @Nullable RuntimeException failure;

    Results(int size) {
      for (int i = 0; i < size; i++) {
        values.add(null);
      }
    }

    void fill(int place, Supplier<? extends T> task) {
      try {
        values.set(place, task.get());
      } catch (RuntimeException e) {
        failure = failure == null ? e : failure;
      }
    }

    List<T> all() {
      if (failure != null) {
        throw failure;
      }
      var all = new ArrayList<T>();
      for (var value : values) {
        all.add(java.util.Objects.requireNonNull(value));
      }
      return all;
    }
  }
}
