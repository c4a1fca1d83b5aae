package crowd.functions.http;

import crowd.core.batch.Batch;
import crowd.core.batch.BatchOutcome;
import crowd.core.message.MessageParser;
import java.time.InstantSource;
import java.util.List;

/** Takes the messages of one call: good ones beside bad ones, each with a result of its own. */
public final class Intake {

  private final Batch batch;
  private final MessageParser parser;
  private final InstantSource clock;

  public Intake(Batch batch, MessageParser parser, InstantSource clock) {
    this.batch = batch;
    this.parser = parser;
    this.clock = clock;
  }

  /** How it ended. */
  public sealed interface Outcome {

    /**
     * @param results one for every message, in order
     */
    record Taken(List<MessageResult> results) implements Outcome {
      public Taken {
        results = List.copyOf(results);
      }

      /** Whether some are worth sending again. */
      public boolean wantsRetry() {
        return results.stream().anyMatch(result -> result.verdict() == MessageResult.Verdict.RETRY);
      }
    }

    /** All may be sent again. */
    record Unavailable() implements Outcome {}
  }

  public Outcome take(Caller caller, Several several) {
    var entries = Entries.of(several, caller, parser, clock.instant());
    var messages = entries.messages();
    if (messages.isEmpty()) {
      return new Outcome.Taken(entries.results(List.of()));
    }
    return switch (batch.apply(caller.website(), messages)) {
      case BatchOutcome.Taken(var results) -> new Outcome.Taken(entries.results(results));
      case BatchOutcome.Unavailable() -> new Outcome.Unavailable();
    };
  }
}
