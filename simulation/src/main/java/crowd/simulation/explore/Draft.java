package crowd.simulation.explore;

import java.util.Arrays;

/** A {@link State} in the making. */
final class Draft {

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

  int running() {
    return running.length;
  }

  long running(int i) {
    return running[i];
  }

  void add(long process) {
    running = Arrays.copyOf(running, running.length + 1);
    running[running.length - 1] = process;
  }

  /** Takes one out. */
  long take(int i) {
    long taken = running[i];
    running[i] = running[running.length - 1];
    running = Arrays.copyOf(running, running.length - 1);
    return taken;
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

  State state() {
    Arrays.sort(running);
    return new State(table, now, crashes, duplicates, failures, reconcilers, talks, running, done);
  }
}
