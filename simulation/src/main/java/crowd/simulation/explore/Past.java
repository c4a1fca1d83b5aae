package crowd.simulation.explore;

import java.util.List;
import java.util.Set;

/**
 * What a rule may know of a history besides the table.
 *
 * @param done records that the consumer is done with
 */
record Past(List<Talk> talks, Set<OnStream> done) {

  Past {
    talks = List.copyOf(talks);
    done = Set.copyOf(done);
  }

  /**
   * A record of the stream.
   *
   * @param ask place of the ask that it came of
   * @param attempt of that ask
   */
  record OnStream(int ask, int attempt, String text) {}

  /** Whether the consumer is done with what an attempt put on the stream. */
  boolean isDone(int ask, int attempt) {
    return done.stream().anyMatch(record -> record.ask() == ask && record.attempt() == attempt);
  }
}
