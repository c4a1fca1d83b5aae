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
  private final PeopleLog people;
  private final ErasureLog erasures;
  private final Findings findings;
  private final Set<String> limited;

  /**
   * @param limited users who may have one link, and whose other claims may be refused
   */
  public Oracle(
      Ledger ledger,
      DecisionLog decisions,
      PeopleLog people,
      ErasureLog erasures,
      Findings findings,
      Set<String> limited) {
    this.ledger = ledger;
    this.decisions = decisions;
    this.people = people;
    this.erasures = erasures;
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
    var events = new EventRules(table, ledger, decisions, erasures, findings);
    events.check();
    var copies = copies(table);
    var browsers = browsers(copies.keySet());
    var aliases = new AliasRules(ledger, decisions, erasures, findings, limited);
    for (var browser : browsers) {
      aliases.check(browser);
      events.checkCopies(browser, copies.getOrDefault(browser, List.of()));
      checkHistory(table, browser);
      var owner = decisions.state(browser).owner();
      findings.require(
          owner == null
              || people.root(leadsTo(browser, owner)).user().equals(reader.resolve(browser)),
          Kind.LOST,
          () -> browser + " does not lead to its owner " + owner);
    }
    new PeopleRules(ledger, decisions, people, erasures, findings, limited)
        .check(table, new TimelineRules(table, events, findings), browsers, reader);
    if (!erasures.isEmpty()) {
      new ErasureRules(table, ledger, people, erasures, findings).check(dump);
    }
    findings.require(table.jobs().isEmpty(), Kind.OTHER, () -> "jobs are left: " + table.jobs());
    checkQuarantine(table, poison);
  }

  /** Who has the id as his own comes before him who has claimed it. */
  private Person leadsTo(Browser browser, String owner) {
    var namesake = new Person(browser.website(), browser.id());
    return people.state(namesake).isAlive() ? namesake : new Person(browser.website(), owner);
  }

  /** An erasure takes what seems to name the person. */
  private void checkQuarantine(RawTable table, Set<String> poison) {
    boolean isComplete =
        erasures.isEmpty()
            ? new TreeSet<>(table.quarantined()).equals(new TreeSet<>(poison))
            : poison.containsAll(table.quarantined());
    findings.require(
        isComplete,
        poison.containsAll(table.quarantined()) ? Kind.LOST : Kind.OTHER,
        () -> "set aside are " + table.quarantined() + ", and not " + poison);
  }

  /** Each unlink is told in the history of the user from whom the id was taken. */
  private void checkHistory(RawTable table, Browser browser) {
    var times = new HashMap<String, Integer>();
    for (var one : decisions.unlinked(browser)) {
      if (!erasures.takes(new Person(browser.website(), one.owner()), one.at())) {
        times.merge(one.owner(), 1, Integer::sum);
      }
    }
    times.forEach((user, count) ->
        findings.require(
            table.told(RawTable.partition(browser.website(), user), "UNLINKED", browser.id())
                == count,
            Kind.LOST,
            () -> user + "'s history does not tell that " + browser + " was taken from him"));
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
          && state.owns(attempt.time(), attempt.expires())
          && !erasures.takes(attempt)) {
        findings.require(
            shown.contains(message.timestamp() + "/" + message.messageId()),
            Kind.LOST,
            () -> message + " of " + browser + " is not in the timeline of " + owner);
      }
    }
  }
}
