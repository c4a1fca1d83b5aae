package crowd.simulation.schedule;

import java.util.Locale;
import java.util.function.Consumer;

/**
 * One call of one function: it has a clock of its own, may be killed at every point, and is killed
 * when its time is up, as the platform does it.
 */
public final class Invocation {

  /** Which function it is of. */
  public enum Kind {
    API(10_000),
    CONSUMER(60_000),
    RECONCILER(600_000);

    private final long timeout;

    Kind(long timeout) {
      this.timeout = timeout;
    }

    /** For the trace. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Milliseconds after which the platform kills it. */
    public long timeout() {
      return timeout;
    }
  }

  private final Kind kind;
  private final String name;
  private final long clockAhead;
  private final Consumer<Invocation> whenKilled;
  private long began = -1;
  private long frozenUntil;
  private boolean isDead;

  /**
   * @param name for the trace
   * @param clockAhead milliseconds by which its clock differs from the true time
   * @param whenKilled what the platform or the client does then
   */
  public Invocation(Kind kind, String name, long clockAhead, Consumer<Invocation> whenKilled) {
    this.kind = kind;
    this.name = name;
    this.clockAhead = clockAhead;
    this.whenKilled = whenKilled;
  }

  public Kind kind() {
    return kind;
  }

  public String name() {
    return name;
  }

  public boolean isDead() {
    return isDead;
  }

  /** Its own clock when it began. */
  public long begunAt() {
    return began + clockAhead;
  }

  /** Nothing of it runs before this time, if it lives to see it. */
  public void freezeUntil(long time) {
    frozenUntil = Math.max(frozenUntil, time);
  }

  long clockAhead() {
    return clockAhead;
  }

  void begin(long now) {
    if (began < 0) {
      began = now;
    }
  }

  boolean isFrozen(long now) {
    return frozenUntil > now;
  }

  /** When something will happen to a frozen one: it thaws, or is killed. */
  long wakesAt() {
    return Math.min(frozenUntil, timesOutAt());
  }

  /** Whether its time is up. */
  public boolean isOverdue(long now) {
    return began >= 0 && now >= timesOutAt();
  }

  private long timesOutAt() {
    return began < 0 ? Long.MAX_VALUE : began + kind.timeout;
  }

  void die() {
    if (!isDead) {
      isDead = true;
      whenKilled.accept(this);
    }
  }
}
