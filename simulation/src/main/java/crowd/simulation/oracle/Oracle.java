package crowd.simulation.oracle;

import crowd.core.store.Item;
import crowd.simulation.oracle.EventRules.Copy;
import crowd.simulation.oracle.Violation.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says what the table must be, from what was sent and how the links were decided, and compares.
 * None of the product's rules is used: rows are read by the names of their attributes.
 */
public final class Oracle {

  private final Ledger ledger;
  private final DecisionLog decisions;
  private final Findings findings;
  private final Set<String> limited;

  /**
   * @param limited users who may have one link, and whose other claims may be refused
   */
  public Oracle(Ledger ledger, DecisionLog decisions, Findings findings, Set<String> limited) {
    this.ledger = ledger;
    this.decisions = decisions;
    this.findings = findings;
    this.limited = limited;
  }

  /**
   * Once nothing is under way any more.
   *
   * @param poison sequence numbers of the records that can never be understood
   */
  public void checkEnd(List<Item> dump, Reader reader, Set<String> poison) {
    var table = new RawTable(dump);
    var events = new EventRules(table, ledger, decisions, findings);
    events.check();
    var copies = copies(table);
    var browsers = browsers(copies.keySet());
    var aliases = new AliasRules(ledger, decisions, findings, limited);
    for (var browser : browsers) {
      aliases.check(browser);
      events.checkCopies(browser, copies.getOrDefault(browser, List.of()));
      checkHistory(table, browser);
      var owner = decisions.state(browser).owner();
      findings.require(
          owner == null || owner.equals(reader.resolve(browser)),
          Kind.LOST,
          () -> browser + " does not lead to its owner " + owner);
    }
    checkPeople(table, new TimelineRules(table, events, findings), browsers, reader);
    findings.require(table.jobs().isEmpty(), Kind.OTHER, () -> "jobs are left: " + table.jobs());
    findings.require(
        new TreeSet<>(table.quarantined()).equals(new TreeSet<>(poison)),
        poison.containsAll(table.quarantined()) ? Kind.LOST : Kind.OTHER,
        () -> "set aside are " + table.quarantined() + ", and not " + poison);
  }

  /** Each unlink is told in the history of the user from whom the id was taken. */
  private void checkHistory(RawTable table, Browser browser) {
    var times = new HashMap<String, Integer>();
    decisions.unlinked(browser).forEach(one -> times.merge(one.owner(), 1, Integer::sum));
    times.forEach((user, count) ->
        findings.require(
            table.unlinks(browser, user) == count,
            Kind.LOST,
            () -> user + "'s history does not tell that " + browser + " was taken from him"));
  }

  private void checkPeople(
      RawTable table, TimelineRules timelines, Set<Browser> browsers, Reader reader) {
    var traits = new TraitRules(findings);
    identifiesByPerson()
        .forEach((person, identifies) -> {
          var partition = RawTable.partition(person.website(), person.user());
          var profile = table.self(partition);
          findings.require(
              profile != null || identifies.stream().noneMatch(Attempt::isAcknowledged),
              Kind.LOST,
              () -> person + " has no profile");
          traits.check(
              person.toString(),
              profile,
              identifies.stream()
                  .filter(attempt -> attempt.message().type().equals("identify"))
                  .toList(),
              reader.traits(person.website(), person.user()));
          var owned = new ArrayList<Browser>();
          for (var browser : browsers) {
            if (browser.website().equals(person.website())
                && person.user().equals(decisions.state(browser).owner())) {
              owned.add(browser);
            }
          }
          findings.require(
              owned.size() <= 1 || !limited.contains(person.user()),
              Kind.MISATTRIBUTED,
              () -> person + " was given more than the one id that he may still have: " + owned);
          findings.require(
              profile == null
                  || limited.contains(person.user())
                  || AliasState.number(profile, "links", 0) == owned.size(),
              Kind.OTHER,
              () -> person + " has a wrong number of links: " + profile);
          var expected = new HashSet<String>();
          owned.forEach(browser -> expected.add(browser.id()));
          findings.require(
              new HashSet<>(table.links(partition)).equals(expected),
              Kind.OTHER,
              () -> person + " has the links " + table.links(partition) + ", and not " + expected);
          timelines.check(
              person.website(),
              person.user(),
              owned,
              reader.timeline(person.website(), person.user()));
        });
  }

  private record Person(String website, String user) {}

  /** The attempts of all messages with a user, by user. */
  private Map<Person, List<Attempt>> identifiesByPerson() {
    var byPerson = new LinkedHashMap<Person, List<Attempt>>();
    for (var attempt : ledger.attempts()) {
      var user = attempt.message().user();
      if (user != null) {
        byPerson
            .computeIfAbsent(new Person(attempt.message().website(), user), _ -> new ArrayList<>())
            .add(attempt);
      }
    }
    return byPerson;
  }

  /** The anonymous ids that were named, or that copies come from. */
  private Set<Browser> browsers(Set<Browser> copied) {
    var browsers = new LinkedHashSet<>(copied);
    for (var attempt : ledger.attempts()) {
      var id = attempt.message().anonymous();
      if (id != null) {
        browsers.add(new Browser(attempt.message().website(), id));
      }
    }
    return browsers;
  }

  /** All copies, by the anonymous id that they come from. */
  private static Map<Browser, List<Copy>> copies(RawTable table) {
    var copies = new LinkedHashMap<Browser, List<Copy>>();
    table
        .events()
        .forEach((partition, events) -> {
          int user = partition.indexOf("#u#");
          for (var event : events) {
            if (event.isCopy()) {
              copies
                  .computeIfAbsent(
                      new Browser(partition.substring(0, user), event.copiedFrom()),
                      _ -> new ArrayList<>())
                  .add(new Copy(partition.substring(user + 3), event));
            }
          }
        });
    return copies;
  }

  /**
   * At any moment: what the consumer has done with is in the owner's timeline, and nothing else's.
   *
   * @param timeline read in this moment
   */
  public void checkNow(Browser browser, String owner, List<Reader.Shown> timeline) {
    var state = decisions.state(browser);
    var shown = new HashSet<String>();
    timeline.forEach(one -> shown.add(one.timestamp() + "/" + one.messageId()));
    for (var attempt : ledger.about(browser)) {
      var message = attempt.message();
      if (message.isAnonymous()
          && !message.isReset()
          && attempt.isConsumed()
          && message.timestamp() != null
          && message.messageId() != null
          && state.owns(attempt.time(), attempt.expires())) {
        findings.require(
            shown.contains(message.timestamp() + "/" + message.messageId()),
            Kind.LOST,
            () -> message + " of " + browser + " is not in the timeline of " + owner);
      }
    }
  }
}
