package crowd.simulation.explore;

import crowd.simulation.schedule.Trace;

/**
 * The whole world between two steps. What is not in here decides nothing that comes.
 *
 * @see World
 */
final class State {

  final int table;
  final long now;
  final int crashes;
  final int duplicates;
  final int failures;
  final int reconcilers;
  private final int[] talks;
  private final long[] running;
  private final int[] done;

  /**
   * @param talks numbers, in the order of the scenario
   * @param running processes, see {@link Running}, in order
   * @param done numbers of the records that are done with, in order
   */
  State(
      int table,
      long now,
      int crashes,
      int duplicates,
      int failures,
      int reconcilers,
      int[] talks,
      long[] running,
      int[] done) {
    this.table = table;
    this.now = now;
    this.crashes = crashes;
    this.duplicates = duplicates;
    this.failures = failures;
    this.reconcilers = reconcilers;
    this.talks = talks;
    this.running = running;
    this.done = done;
  }

  int talk(int place) {
    return talks[place];
  }

  int[] talks() {
    return talks.clone();
  }

  int running() {
    return running.length;
  }

  long running(int i) {
    return running[i];
  }

  int done() {
    return done.length;
  }

  int done(int i) {
    return done[i];
  }

  /** Two states with the same are taken for the same. */
  long hash() {
    long hash = Trace.mix(Trace.mix(17, table), now);
    hash = Trace.mix(hash, crashes | duplicates << 8 | failures << 16 | reconcilers << 24);
    hash = Trace.mix(hash, pastHash());
    for (long one : running) {
      hash = Trace.mix(hash, one);
    }
    return hash;
  }

  /** Of what was sent, and what of it is done with. */
  long pastHash() {
    long hash = 19;
    for (int talk : talks) {
      hash = Trace.mix(hash, talk);
    }
    for (int one : done) {
      hash = Trace.mix(hash, one + (1L << 32));
    }
    return Trace.mix(hash, done.length);
  }
}
