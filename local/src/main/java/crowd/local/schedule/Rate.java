package crowd.local.schedule;

import java.time.Duration;
import java.time.Instant;

/**
 * When something runs that runs at a rate: at once, and then at every full period after the first
 * run. What a sleeping machine missed is made up for once, not once for each period.
 */
final class Rate {

  private final Duration period;
  private Instant due;

  Rate(Duration period, Instant start) {
    this.period = period;
    this.due = start;
  }

  /** Whether it has to run now; if so, it counts as run. */
  boolean isDue(Instant now) {
    if (now.isBefore(due)) {
      return false;
    }
    var missed = Duration.between(due, now).dividedBy(period);
    due = due.plus(period.multipliedBy(missed + 1));
    return true;
  }
}
