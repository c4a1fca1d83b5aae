package crowd.core.reset;

import crowd.core.identity.AnonymousId;

/** How a reset ended. */
public sealed interface ResetOutcome {

  /**
   * The old id stands for nobody new.
   *
   * @param fresh the id to go on with, never used before
   */
  record Retired(AnonymousId fresh) implements ResetOutcome {}

  /** The table or the stream could not be reached. The same message may be sent again. */
  record Unavailable() implements ResetOutcome {}
}
