package crowd.core.track;

/** How taking an event ended. */
public sealed interface TrackOutcome {

  /** It is on the stream, and will be in the timeline. */
  record Accepted() implements TrackOutcome {}

  /** It is not known to be on the stream. The same message may be sent again. */
  record Unavailable() implements TrackOutcome {}
}
