package crowd.aws;

import crowd.core.run.Pause;
import crowd.core.store.StoreUnavailableException;
import java.util.concurrent.ThreadLocalRandom;

/** Waits at random, up to a bound that doubles with each failure: 25 ms at first, 800 at most. */
public final class Backoff implements Pause {

  private static final long FIRST_MILLIS = 25;
  private static final int MAX_DOUBLINGS = 5;

  @Override
  public void after(int failures) {
    long bound = FIRST_MILLIS << Math.min(failures - 1, MAX_DOUBLINGS);
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(bound + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted while waiting for the store");
    }
  }
}
