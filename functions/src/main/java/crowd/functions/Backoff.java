package crowd.functions;

import crowd.core.run.Pause;
import crowd.core.store.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** A random wait of up to 20 ms that doubles with each failure, up to 320 ms. */
final class Backoff implements Pause {

  private static final long FIRST_MILLIS = 20;
  private static final int MAX_DOUBLINGS = 4;

  @Override
  public void after(int failures) {
    var most = FIRST_MILLIS << Math.min(failures - 1, MAX_DOUBLINGS);
    try {
      Thread.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextLong(most + 1)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("the call is being ended");
    }
  }
}
