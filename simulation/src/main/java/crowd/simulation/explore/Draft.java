package crowd.simulation.explore;

import java.util.Arrays;

/** A {@link State} in the making. */
final class Draft {

  static final long NOBODY = -1;

  int table;
  long now;
  int crashes;
  int duplicates;
  int failures;
  int reconcilers;
  private final int[] talks;
  private long[] running;
  private int[] done;

  Draft(State state) {
    table = state.table;
    now = state.now;
    crashes = state.crashes;
    duplicates = state.duplicates;
    failures = state.failures;
    reconcilers = state.reconcilers;
    talks = state.talks();
    running = new long[state.running()];
    for (int i = 0; i < running.length; i++) {
      running[i] = state.running(i);
    }
    done = new int[state.done()];
    for (int i = 0; i < done.length; i++) {
      done[i] = state.done(i);
    }
  }

  int talk(int place) {
    return talks[place];
  }

  void talk(int place, int number) {
    talks[place] = number;
  }

  /** Places for processes; some may be empty. */
  int running() {
    return running.length;
  }

  /** {@link #NOBODY} if the place is empty. */
  long running(int i) {
    return running[i];
  }

  boolean isAnybodyRunning() {
    return Arrays.stream(running).anyMatch(process -> process != NOBODY);
  }

  void add(long process) {
    running = Arrays.copyOf(running, running.length + 1);
    running[running.length - 1] = process;
  }

  /** Takes one out; the others keep their places. */
  long take(int i) {
    long taken = running[i];
    running[i] = NOBODY;
    return taken;
  }

  void put(int i, long process) {
    running[i] = process;
  }

  void done(int record) {
    for (int one : done) {
      if (one == record) {
        return;
      }
    }
    done = Arrays.copyOf(done, done.length + 1);
    done[done.length - 1] = record;
    Arrays.sort(done);
  }

  /** The processes in an order that is the same in every search: a path names them by it. */
  State state(Places places) {
    var sorted = Arrays.stream(running).filter(process -> process != NOBODY).toArray();
    for (int i = 1; i < sorted.length; i++) {
      for (int j = i; j > 0 && places.compare(sorted[j - 1], sorted[j]) > 0; j--) {
        long other = sorted[j];
        sorted[j] = sorted[j - 1];
        sorted[j - 1] = other;
      }
    }
    return new State(
        table, now, crashes, duplicates, failures, reconcilers, talks.clone(), sorted, done);
  }
}
