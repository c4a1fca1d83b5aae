package crowd.core.timeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a timeline.
 *
 * @param next what to pass as {@link TimelineQuery#after} for the next page; null at the end
 */
public record TimelinePage(List<TimelineEvent> events, @Nullable String next) {

  public TimelinePage {
    events = List.copyOf(events);
  }
}
