package crowd.core.timeline;

import crowd.core.table.TableKeys;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a timeline.
 *
 * @param newestFirst else oldest first; by the time that the sender wrote
 * @param after {@link TimelinePage#next} of the page before; null for the first
 * @param limit at most so many events, 1 or more
 */
public record TimelineQuery(boolean newestFirst, @Nullable String after, int limit) {

  /**
   * @throws IllegalArgumentException if {@code after} cannot be from a page before
   */
  public TimelineQuery {
    if (after != null && !TableKeys.isGroup(after)) {
      throw new IllegalArgumentException("not a position in a timeline");
    }
  }
}
