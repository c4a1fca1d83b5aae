package crowd.functions.http;

import crowd.core.json.Json;
import crowd.core.message.FieldProblem;
import crowd.core.verify.Proof;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Messages of one call, before any of them is looked at.
 *
 * @param inBatch whether they came as a list, so that a problem has to say which it is about
 * @param sentAt for those messages that bring none of their own
 * @param proof likewise
 */
public record Several(List<Json> messages, boolean inBatch, Optional<Instant> sentAt, Proof proof) {

  private static final int MAX_MESSAGES = 1_000;

  public Several {
    messages = List.copyOf(messages);
  }

  /** What is wrong with so many messages in one call; empty if they are not too many. */
  public static Optional<Problem> tooMany(List<Json> messages) {
    return messages.size() <= MAX_MESSAGES
        ? Optional.empty()
        : Optional.of(
            Problem.tooLarge(
                "batch_too_large",
                "The batch holds more than "
                    + MAX_MESSAGES
                    + " messages; send it in several calls."));
  }

  String place(int index) {
    return "batch[" + index + "]";
  }

  FieldProblem placed(FieldProblem problem, int index) {
    return inBatch ? problem.in(place(index)) : problem;
  }
}
