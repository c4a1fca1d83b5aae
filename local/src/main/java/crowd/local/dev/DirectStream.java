package crowd.local.dev;

import crowd.core.project.Project;
import crowd.core.store.StoreUnavailableException;
import crowd.core.stream.AppendOutcome;
import crowd.core.stream.Envelope;
import crowd.core.stream.Stream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** A stream that is consumed on the spot: once it answers, the table shows the record. */
final class DirectStream implements Stream {

  private static final Duration TIME = Duration.ofSeconds(60);

  private final Project project;
  private final InstantSource clock;

  DirectStream(Project project, InstantSource clock) {
    this.project = project;
    this.clock = clock;
  }

  @Override
  public AppendOutcome append(Envelope envelope) {
    try {
      return project.apply(List.of(envelope), clock.instant().plus(TIME)).isEmpty()
          ? AppendOutcome.APPENDED
          : AppendOutcome.UNKNOWN;
    } catch (StoreUnavailableException e) {
      return AppendOutcome.UNKNOWN;
    }
  }
}
