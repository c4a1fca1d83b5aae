package crowd.core.track;

/** How taking an event ended. */
public sealed interface TrackOutcome {

  /** It is on the stream, and will be in the timeline. */
  record Accepted() implements TrackOutcome {}

  /** As {@link Accepted}; its user id is not proved, and the website only reports that. */
  record Reported() implements TrackOutcome {}

  /** It is on the stream as an anonymous event: its user id is not proved. */
  record TakenAsAnonymous() implements TrackOutcome {}

  /** It is on the stream as a bot's event: anonymous, and marked. */
  record OfBot() implements TrackOutcome {}

  /** Its user id is not proved, and it has no anonymous id: nothing is kept. */
  record Unverified() implements TrackOutcome {}

  /** It is not known to be on the stream. The same message may be sent again. */
  record Unavailable() implements TrackOutcome {}
}
