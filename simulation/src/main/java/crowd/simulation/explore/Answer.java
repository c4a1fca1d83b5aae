package crowd.simulation.explore;

import java.util.List;

/**
 * What a process says at its end.
 *
 * @param isComplete whether nothing has to come again
 * @param taken of each message of a request, whether it is acknowledged
 * @param words how it ended, for people and for rules; of several messages the word of each
 */
record Answer(boolean isComplete, List<Boolean> taken, List<String> words) {

  Answer {
    taken = List.copyOf(taken);
    words = List.copyOf(words);
  }

  static Answer of(boolean isComplete, String word) {
    return new Answer(isComplete, List.of(isComplete), List.of(word));
  }
}
