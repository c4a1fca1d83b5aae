package crowd.core.batch;

import crowd.core.identify.IdentifyOutcome;
import crowd.core.merge.AliasOutcome;
import crowd.core.reset.ResetOutcome;
import crowd.core.track.TrackOutcome;
import java.util.List;

/** How a batch ended. */
public sealed interface BatchOutcome {

  /**
   * What was decided is on the stream.
   *
   * @param results one for each message, in order
   */
  record Taken(List<Result> results) implements BatchOutcome {
    public Taken {
      results = List.copyOf(results);
    }
  }

  /** The stream could not be reached. All messages may be sent again. */
  record Unavailable() implements BatchOutcome {}

  /** How one message ended, in the words of its own use case. */
  sealed interface Result {

    record Identified(IdentifyOutcome outcome) implements Result {}

    record WasReset(ResetOutcome outcome) implements Result {}

    record Aliased(AliasOutcome outcome) implements Result {}

    record Tracked(TrackOutcome outcome) implements Result {}
  }
}
