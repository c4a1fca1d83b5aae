package crowd.simulation.schedule;

import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;
import org.jspecify.annotations.Nullable;

/**
 * One line of blocking code within an invocation; several, where a use case does things at once.
 */
public final class Strand {

  private static final ContinuationScope SCOPE = new ContinuationScope("simulation");

  private final Invocation invocation;
  private final @Nullable Strand parent;
  private final Continuation continuation;
  private int children;
  private boolean isInTransaction;
  private long observed = 17;
  int priority;

  Strand(Invocation invocation, @Nullable Strand parent, Runnable body) {
    this.invocation = invocation;
    this.parent = parent;
    this.continuation = new Continuation(SCOPE, body);
    if (parent != null) {
      parent.children++;
    }
  }

  public Invocation invocation() {
    return invocation;
  }

  /**
   * Whether a transaction of its is under way: the store ends it, whatever becomes of its caller.
   */
  public void inTransaction(boolean is) {
    isInTransaction = is;
  }

  public boolean isInTransaction() {
    return isInTransaction;
  }

  /** Adds to what the strand has seen of the world: two that saw the same will do the same. */
  public void observe(long what) {
    observed = Trace.mix(observed, what);
  }

  public long observed() {
    return observed;
  }

  boolean isWaiting() {
    return children > 0;
  }

  /** Runs until the next pause or the end. */
  void run() {
    continuation.run();
    if (continuation.isDone() && parent != null) {
      parent.children--;
    }
  }

  boolean isDone() {
    return continuation.isDone();
  }

  static void pause() {
    Continuation.yield(SCOPE);
  }
}
