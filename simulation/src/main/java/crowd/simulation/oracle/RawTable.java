package crowd.simulation.oracle;

import crowd.core.store.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The whole table, sorted by what the keys say. */
final class RawTable {

  private final Map<String, List<RawEvent>> events = new HashMap<>();
  private final Map<String, Item> selves = new HashMap<>();
  private final Map<String, List<String>> links = new HashMap<>();
  private final Map<String, Long> firstArrivals = new HashMap<>();
  private final List<String> quarantined = new ArrayList<>();
  private final List<String> jobs = new ArrayList<>();
  private final List<RawDecision> history = new ArrayList<>();
  private final Map<String, Long> decidedAt = new HashMap<>();
  private final Map<String, Set<String>> mergedIn = new HashMap<>();

  RawTable(List<Item> dump) {
    dump.forEach(this::add);
  }

  private void add(Item row) {
    var pk = row.key().pk();
    var sk = row.key().sk();
    if (pk.startsWith("_#q#")) {
      quarantined.add(sk.substring(0, sk.indexOf('#')));
    } else if (pk.contains("#d#")) {
      return;
    } else if (sk.startsWith("E#")) {
      events.computeIfAbsent(pk, _ -> new ArrayList<>()).add(RawEvent.of(row));
    } else if (sk.startsWith("L#")) {
      links.computeIfAbsent(pk, _ -> new ArrayList<>()).add(sk.substring(2));
    } else if (sk.startsWith("D#")) {
      firstArrivals.put(pk + sk, AliasState.number(row, "timestamp", -1));
    } else if (sk.startsWith("H#")) {
      history.add(RawDecision.of(row));
      decidedAt.put(pk + sk, AliasState.number(row, "at", Long.MAX_VALUE));
    } else if (sk.startsWith("M#")) {
      mergedIn.computeIfAbsent(pk, _ -> new HashSet<>()).add(sk.substring(2));
    } else if (sk.startsWith("J#")) {
      jobs.add(pk + " " + sk);
    } else if (sk.equals("@")) {
      selves.put(pk, row);
    }
  }

  static String partition(Browser browser) {
    return browser.website() + "#a#" + browser.id();
  }

  static String partition(String website, String user) {
    return website + "#u#" + user;
  }

  /** Where an attempt's event lies. */
  static String partition(Attempt attempt) {
    var message = attempt.message();
    var user = message.user();
    return user != null
        ? partition(message.website(), user)
        : message.website() + "#a#" + message.anonymous();
  }

  List<RawEvent> events(String partition) {
    return events.getOrDefault(partition, List.of());
  }

  Map<String, List<RawEvent>> events() {
    return events;
  }

  @Nullable Item self(String partition) {
    return selves.get(partition);
  }

  List<String> links(String partition) {
    return links.getOrDefault(partition, List.of());
  }

  @Nullable Long firstArrival(String partition, @Nullable String messageId) {
    return firstArrivals.get(partition + "D#" + messageId);
  }

  List<String> quarantined() {
    return quarantined;
  }

  /** How many decisions of this kind about this id the history of a partition tells of. */
  int told(String partition, String kind, String about) {
    int told = 0;
    for (var decision : history) {
      if (decision.partition().equals(partition)
          && decision.kind().equals(kind)
          && decision.about().equals(about)) {
        told++;
      }
    }
    return told;
  }

  /** As of when a row of a partition's history counts; null if there is none. */
  @Nullable Long decidedAt(String partition, String sk) {
    return decidedAt.get(partition + sk);
  }

  /** The users who, as a partition says, were merged into its user. */
  Set<String> mergedIn(String partition) {
    return mergedIn.getOrDefault(partition, Set.of());
  }

  List<String> jobs() {
    return jobs;
  }
}
