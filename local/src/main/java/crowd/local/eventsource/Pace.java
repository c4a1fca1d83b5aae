package crowd.local.eventsource;

import java.time.Duration;

/** How the reader of one shard waits, and what it is told from outside. */
interface Pace {

  /** Waits until there may be something to read, or the time is over. */
  void awaitRecords(Duration atMost) throws InterruptedException;

  /** Waits out the time, whatever there is to read. */
  void backOff(Duration time) throws InterruptedException;

  /** Whether to end after what is under way. All waiting is over then. */
  boolean isStopping();

  /**
   * Whether somebody waits for the shard to be read to its end: no batch waits to be filled then.
   */
  boolean isDraining();

  /** A read begins. */
  void reading();

  /** The read that began last found nothing, and all that was read before is done with. */
  void caughtUp();
}
