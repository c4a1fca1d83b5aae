package crowd.local.eventsource;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The pace of a shard that is read by one thread and told what to do by others. */
final class ShardPace implements Pace {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  private boolean records;
  private boolean stopping;
  private boolean ended;
  private boolean isDone;
  private int draining;
  private long readsBegun;
  private long caughtUpAt;

  @Override
  public void awaitRecords(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (left > 0 && !records && !stopping) {
        left = changed.awaitNanos(left);
      }
      records = false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void backOff(Duration time) throws InterruptedException {
    lock.lock();
    try {
      long left = time.toNanos();
      while (left > 0 && !stopping) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isStopping() {
    lock.lock();
    try {
      return stopping;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isDraining() {
    lock.lock();
    try {
      return draining > 0;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void reading() {
    lock.lock();
    try {
      readsBegun++;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void caughtUp() {
    lock.lock();
    try {
      caughtUpAt = readsBegun;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** There may be something to read. Kept until the reader looks, so that none is overslept. */
  void recordsCame() {
    lock.lock();
    try {
      records = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void stop() {
    lock.lock();
    try {
      stopping = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Nothing will be read any more.
   *
   * @param done whether because everything was
   */
  void end(boolean done) {
    lock.lock();
    try {
      ended = true;
      isDone = done;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until all is done with that was on the shard when this was called.
   *
   * @param deadline of {@link System#nanoTime}
   * @return whether it is
   */
  boolean drain(long deadline) throws InterruptedException {
    lock.lock();
    try {
      // A read that began before may have missed the last record: it is the next that counts.
      long counts = readsBegun + 1;
      draining++;
      records = true;
      changed.signalAll();
      try {
        while (caughtUpAt < counts && !ended) {
          long left = deadline - System.nanoTime();
          if (left <= 0) {
            return false;
          }
          changed.awaitNanos(left);
        }
        return isDone || caughtUpAt >= counts;
      } finally {
        draining--;
      }
    } finally {
      lock.unlock();
    }
  }
}
