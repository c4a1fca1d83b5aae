package crowd.core.timeline;

import org.jspecify.annotations.Nullable;

/**
 * Which events of a timeline.
 *
 * @param newestFirst else oldest first; by the time that the sender wrote
 * @param after {@link TimelinePage#next} of the page before; null for the first
 * @param limit at most so many events, 1 or more
 */
public record TimelineQuery(boolean newestFirst, @Nullable String after, int limit) {}
