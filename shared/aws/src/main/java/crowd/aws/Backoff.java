package crowd.aws;

import crowd.core.store.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waits between the tries of what a batch left over: at random up to a bound that doubles. */
final class Backoff {

  private static final Duration FIRST = Duration.ofMillis(25);
  private static final Duration LONGEST = Duration.ofMillis(800);

  private Backoff() {}

  /**
   * @param tries made so far, 1 or more
   */
  static void sleep(int tries) {
    long bound = Math.min(FIRST.toMillis() << (tries - 1), LONGEST.toMillis());
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(bound + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted while waiting for the store");
    }
  }
}
