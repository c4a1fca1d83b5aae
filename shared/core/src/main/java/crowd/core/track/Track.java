package crowd.core.track;

import crowd.core.message.Message;
import crowd.core.observe.Counter;
import crowd.core.observe.Metrics;
import crowd.core.stream.AppendOutcome;
import crowd.core.stream.Envelope;
import crowd.core.stream.Stream;
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

  public TrackOutcome apply(Website website, Message message) {
    return switch (stream.append(new Envelope(website.id(), List.of(message)))) {
      case AppendOutcome.Appended() -> {
        metrics.add(Counter.ACCEPTED_MESSAGES);
        yield new TrackOutcome.Accepted();
      }
      case AppendOutcome.Throttled(), AppendOutcome.Unknown() -> {
        metrics.add(Counter.UNAVAILABLE);
        yield new TrackOutcome.Unavailable();
      }
    };
  }
}
