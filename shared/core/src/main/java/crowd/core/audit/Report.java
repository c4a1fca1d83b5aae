package crowd.core.audit;

import crowd.core.observe.Counter;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What an audit looked at, and what it found and mended. Numbers only.
 *
 * @param people who were checked
 * @param events of theirs that were looked at: as stored under an anonymous id, and in a timeline
 * @param found each of {@link #FINDINGS}, also those of which there was none
 * @param isComplete false if the time was up: the next run goes on where this one stopped
 */
public record Report(long people, long events, Map<Counter, Long> found, boolean isComplete) {

  /** What an audit can find. */
  public static final List<Counter> FINDINGS =
      List.of(
          Counter.UNSETTLED_EVENTS,
          Counter.STRAY_COPIES,
          Counter.STRAY_LINKS,
          Counter.MISSING_LINKS,
          Counter.OVERDUE_WORK,
          Counter.MISSING_ENTRIES,
          Counter.STRAY_ENTRIES,
          Counter.UNREADABLE_PEOPLE);

  static final Report NOTHING = new Report(0, 0, Map.of(), true);

  public Report {
    var all = new EnumMap<Counter, Long>(Counter.class);
    for (var finding : FINDINGS) {
      all.put(finding, found.getOrDefault(finding, 0L));
    }
    found = Collections.unmodifiableMap(all);
  }

  static Report of(Counter finding, long n) {
    return new Report(0, 0, Map.of(finding, n), true);
  }

  static Report looked(long people, long events) {
    return new Report(people, events, Map.of(), true);
  }

  Report plus(Report other) {
    var sum = new EnumMap<Counter, Long>(Counter.class);
    FINDINGS.forEach(finding -> sum.put(finding, found(finding) + other.found(finding)));
    return new Report(
        people + other.people, events + other.events, sum, isComplete && other.isComplete);
  }

  Report incomplete() {
    return new Report(people, events, found, false);
  }

  /** How many of these were found. */
  public long found(Counter finding) {
    return found.getOrDefault(finding, 0L);
  }
}
