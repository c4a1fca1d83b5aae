package crowd.core.store.memory;

import crowd.core.store.Key;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Faults that a test writes down. Each happens once, at the n-th matching step from when it was
 * written down: 1 is the next. The steps of a hook's own calls count like all others.
 *
 * <pre>
 * script.fate(1, each(Operation.TRANSACT), Fate.REPLY_LOST)
 *       .before(2, each(Operation.GET), () -> identify.apply(other))
 *       .crashAfter(3, any());
 * </pre>
 */
public final class FaultScript implements Faults {

  /** The process that called the store is gone. */
  public static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Crash(Step step) {
      super("crashed at " + step, null, false, false);
    }
  }

  private static final class Line<T> {
    private final Predicate<Step> steps;
    private final T what;
    private int left;

    Line(int n, Predicate<Step> steps, T what) {
      this.left = n;
      this.steps = steps;
      this.what = what;
    }

    boolean isDue(Step step) {
      return steps.test(step) && --left == 0;
    }
  }

  private final List<Line<Consumer<Step>>> before = new ArrayList<>();
  private final List<Line<Consumer<Step>>> after = new ArrayList<>();
  private final List<Line<Consumer<Step>>> between = new ArrayList<>();
  private final List<Line<Fate>> fates = new ArrayList<>();
  private final Set<Key> lagging = new HashSet<>();
  private final List<Step> steps = new ArrayList<>();

  public static Predicate<Step> any() {
    return step -> true;
  }

  public static Predicate<Step> each(Operation operation) {
    return step -> step.operation() == operation;
  }

  public static Predicate<Step> each(Operation operation, Key key) {
    return step -> step.operation() == operation && step.keys().contains(key);
  }

  public synchronized FaultScript before(int n, Predicate<Step> steps, Runnable hook) {
    before.add(new Line<>(n, steps, step -> hook.run()));
    return this;
  }

  public synchronized FaultScript after(int n, Predicate<Step> steps, Runnable hook) {
    after.add(new Line<>(n, steps, step -> hook.run()));
    return this;
  }

  /** Makes the n-th transaction appear item by item, and runs the hook after its first item. */
  public synchronized FaultScript between(int n, Predicate<Step> transactions, Runnable hook) {
    fates.add(new Line<>(n, transactions, Fate.PIECEMEAL));
    between.add(new Line<>(1, transactions, step -> hook.run()));
    return this;
  }

  public synchronized FaultScript crashBefore(int n, Predicate<Step> steps) {
    before.add(new Line<>(n, steps, FaultScript::crash));
    return this;
  }

  public synchronized FaultScript crashAfter(int n, Predicate<Step> steps) {
    after.add(new Line<>(n, steps, FaultScript::crash));
    return this;
  }

  public synchronized FaultScript fate(int n, Predicate<Step> steps, Fate fate) {
    fates.add(new Line<>(n, steps, fate));
    return this;
  }

  /** Lets the indexes lag for this item, until {@link InMemoryStore#catchUpIndexes}. */
  public synchronized FaultScript lag(Key key) {
    lagging.add(key);
    return this;
  }

  /** Ends all that is written down and has not happened, and forgets the steps. */
  public synchronized void clear() {
    List.of(before, after, between).forEach(List::clear);
    fates.clear();
    lagging.clear();
    steps.clear();
  }

  /** Every step so far, in the order in which they began. */
  public synchronized List<Step> steps() {
    return List.copyOf(steps);
  }

  @Override
  public void before(Step step) {
    synchronized (this) {
      steps.add(step);
    }
    takeDue(before, step).forEach(hook -> hook.accept(step));
  }

  @Override
  public void after(Step step) {
    takeDue(after, step).forEach(hook -> hook.accept(step));
  }

  @Override
  public void between(Step transaction, Key shown) {
    takeDue(between, transaction).forEach(hook -> hook.accept(transaction));
  }

  @Override
  public Fate fate(Step step) {
    return takeDue(fates, step).stream().findFirst().orElse(Fate.NORMAL);
  }

  @Override
  public synchronized boolean indexLags(Key key) {
    return lagging.contains(key);
  }

  private synchronized <T> List<T> takeDue(List<Line<T>> lines, Step step) {
    var due = new ArrayList<Line<T>>();
    for (var line : lines) {
      if (line.isDue(step)) {
        due.add(line);
      }
    }
    lines.removeAll(due);
    return due.stream().map(line -> line.what).toList();
  }

  private static void crash(Step step) {
    throw new Crash(step);
  }
}
