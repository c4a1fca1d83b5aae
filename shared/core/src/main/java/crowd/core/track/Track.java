package crowd.core.track;

import crowd.core.message.Message;
import crowd.core.observe.Counter;
import crowd.core.observe.Metrics;
import crowd.core.stream.AppendOutcome;
import crowd.core.stream.Envelope;
import crowd.core.stream.Stream;
import crowd.core.verify.Ruling;
import crowd.core.verify.Sent;
import crowd.core.website.Website;
import java.util.List;

/**
 * An event: put on the stream and nothing else, so that it is cheap and cannot fail on the table.
 */
public final class Track {

  private final Stream stream;
  private final Metrics metrics;

  public Track(Stream stream, Metrics metrics) {
    this.stream = stream;
    this.metrics = metrics;
  }

  public TrackOutcome apply(Website website, Sent sent) {
    var ruling = website.verification().ruling(sent, website.retention());
    var outcome = ended(ruling);
    return ruling.kept().map(message -> append(website, message, outcome)).orElse(outcome);
  }

  /** How an event ends once what is kept of it is on the stream. */
  public TrackOutcome ended(Ruling ruling) {
    return switch (ruling) {
      case Ruling.Passed _ -> new TrackOutcome.Accepted();
      case Ruling.Reported _ -> {
        metrics.add(Counter.UNVERIFIED);
        yield new TrackOutcome.Reported();
      }
      case Ruling.Anonymous _ -> {
        metrics.add(Counter.UNVERIFIED);
        yield new TrackOutcome.TakenAsAnonymous();
      }
      case Ruling.OfBot _ -> {
        metrics.add(Counter.BOT_MESSAGES);
        yield new TrackOutcome.OfBot();
      }
      case Ruling.Refused() -> {
        metrics.add(Counter.UNVERIFIED);
        yield new TrackOutcome.Unverified();
      }
    };
  }

  private TrackOutcome append(Website website, Message message, TrackOutcome outcome) {
    return switch (stream.append(new Envelope(website.id(), List.of(message)))) {
      case AppendOutcome.Appended() -> {
        metrics.add(Counter.ACCEPTED_MESSAGES);
        yield outcome;
      }
      case AppendOutcome.Throttled(), AppendOutcome.Unknown() -> {
        metrics.add(Counter.UNAVAILABLE);
        yield new TrackOutcome.Unavailable();
      }
    };
  }
}
