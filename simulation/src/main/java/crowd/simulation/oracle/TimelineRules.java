package crowd.simulation.oracle;

import crowd.core.store.Item;
import crowd.simulation.oracle.Reader.Shown;
import crowd.simulation.oracle.Violation.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Whether a reader sees every event of a person once, and nobody else's. */
final class TimelineRules {

  private static final Comparator<Group> ORDER =
      Comparator.comparingLong(Group::timestamp).thenComparing(Group::messageId);

  private static final long HOUR = 60 * 60 * 1000L;

  private final RawTable table;
  private final EventRules events;
  private final Findings findings;

  TimelineRules(RawTable table, EventRules events, Findings findings) {
    this.table = table;
    this.events = events;
    this.findings = findings;
  }

  /** What is stored of one event is shown once. */
  private record Group(long timestamp, String messageId) {}

  /** A user's events, as they have to be shown if he is nobody else. */
  record Own(Person person, Collection<Browser> owned, Map<Group, List<RawEvent>> groups) {}

  /**
   * @param owned the user's anonymous ids
   */
  Own own(Person person, Collection<Browser> owned) {
    var expected = new TreeMap<Group, List<RawEvent>>(ORDER);
    for (var event : table.events(person.partition())) {
      if (!event.isCopy()) {
        add(expected, event);
      }
    }
    for (var browser : owned) {
      for (var event : table.events(RawTable.partition(browser))) {
        if (events.owns(browser, event)) {
          add(expected, event);
        }
      }
    }
    return new Own(person, owned, expected);
  }

  /**
   * @param members the user, and all who are one with him
   */
  void checkShown(Person person, List<Own> members, List<Shown> shown) {
    var expected = members.size() == 1 ? members.getFirst().groups() : united(members);
    var seen = new ArrayList<Group>();
    for (var one : shown) {
      var group = new Group(one.timestamp(), one.messageId());
      seen.add(group);
      var stored = expected.get(group);
      findings.require(stored != null, Kind.MISATTRIBUTED, () -> person + " is shown " + one);
      findings.require(
          stored == null || firstShown(stored).contains(one.label()),
          Kind.OTHER,
          () -> person + " is shown the wrong one of several: " + one);
    }
    var once = new HashSet<>(seen);
    findings.require(
        once.size() == seen.size(), Kind.DOUBLED, () -> person + " is shown twice: " + seen);
    for (var group : expected.keySet()) {
      findings.require(once.contains(group), Kind.LOST, () -> person + " is not shown " + group);
    }
    findings.require(
        seen.equals(seen.stream().sorted(ORDER).toList()),
        Kind.OTHER,
        () -> person + " is shown events out of order: " + seen);
  }

  private static Map<Group, List<RawEvent>> united(List<Own> members) {
    var united = new TreeMap<Group, List<RawEvent>>(ORDER);
    for (var member : members) {
      member
          .groups()
          .forEach((group, stored) ->
              united.computeIfAbsent(group, _ -> new ArrayList<>()).addAll(stored));
    }
    return united;
  }

  /** Whether the user's profile knows the times of his events. */
  void checkSeen(Own own) {
    if (own.owned().stream().anyMatch(events::isLazy)) {
      // Nobody has looked at all that belongs to him.
      return;
    }
    var person = own.person();
    var profile = table.self(person.partition());
    own.groups()
        .forEach((group, stored) ->
            findings.require(
                stored.stream().anyMatch(event -> isSeen(profile, event.time())),
                Kind.OTHER,
                () -> person + " was not seen at the time of " + group + ": " + profile));
  }

  /** Whether the profile's times span this one. The later of them counts hours. */
  private static boolean isSeen(@Nullable Item profile, long time) {
    return profile != null
        && AliasState.number(profile, "first_seen", Long.MAX_VALUE) <= time
        && AliasState.number(profile, "last_seen", 0) / HOUR >= time / HOUR;
  }

  private static void add(Map<Group, List<RawEvent>> groups, RawEvent event) {
    groups
        .computeIfAbsent(new Group(event.timestamp(), event.messageId()), _ -> new ArrayList<>())
        .add(event);
  }

  /** The labels of which one is shown: those with a user first, then the earliest received. */
  private static Set<String> firstShown(List<RawEvent> stored) {
    Comparator<RawEvent> order =
        Comparator.<RawEvent, Boolean>comparing(event -> !event.origin().equals("U"))
            .thenComparingLong(RawEvent::receivedAt);
    var first = stored.stream().min(order).orElseThrow();
    var labels = new HashSet<String>();
    for (var event : stored) {
      if (order.compare(event, first) == 0) {
        labels.add(event.label());
      }
    }
    return labels;
  }
}
