package crowd.simulation.oracle;

import crowd.core.store.Item;
import crowd.simulation.oracle.Violation.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether each person has what is his, and is shown what all users have who are one with him. */
final class PeopleRules {

  private final Ledger ledger;
  private final DecisionLog decisions;
  private final PeopleLog people;
  private final ErasureLog erasures;
  private final Findings findings;
  private final Set<String> limited;

  /**
   * @param limited users who may have one link, and whose other claims may be refused
   */
  PeopleRules(
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

  void check(RawTable table, TimelineRules timelines, Set<Browser> browsers, Reader reader) {
    var traits = new TraitRules(findings);
    var attempts = attemptsByPerson();
    var named = new LinkedHashSet<>(attempts.keySet());
    named.addAll(people.named());
    var own = new HashMap<Person, TimelineRules.Own>();
    for (var person : named) {
      var profile = table.self(person.partition());
      var theirs = attempts.getOrDefault(person, List.of());
      findings.require(
          profile != null
              || theirs.stream()
                  .noneMatch(attempt -> attempt.isAcknowledged() && !mayBeGone(attempt)),
          Kind.LOST,
          () -> person + " has no profile");
      traits.checkStored(
          person.toString(),
          profile,
          theirs.stream()
              .filter(attempt -> attempt.message().type().equals("identify"))
              .filter(attempt -> !erasures.takes(attempt))
              .toList(),
          attempt -> attempt.isAcknowledged() && !erasures.mayTakeOfUser(attempt));
      var owned = owned(person, browsers);
      checkLinks(table, person, owned);
      var his = timelines.own(person, owned);
      timelines.checkSeen(his);
      own.put(person, his);
    }
    for (var person : named) {
      if (table.self(person.partition()) == null && isOnlyAnonymous(person)) {
        continue;
      }
      var members = new ArrayList<TimelineRules.Own>();
      var profiles = new ArrayList<Item>();
      for (var member : people.members(person)) {
        var his = own.get(member);
        if (his != null) {
          members.add(his);
        }
        var profile = table.self(member.partition());
        if (profile != null) {
          profiles.add(profile);
        }
      }
      var page = reader.page(person.website(), person.user());
      traits.checkShown(person.toString(), profiles, page.traits());
      timelines.checkShown(person, members, page.timeline());
    }
    checkMerges(table, named);
  }

  /** Somebody has claimed the id, and his page is what it leads to. */
  private boolean isOnlyAnonymous(Person person) {
    return decisions.state(new Browser(person.website(), person.user())).owner() != null;
  }

  /** An event goes by its moment, a link by what was there when its user was erased. */
  private boolean mayBeGone(Attempt attempt) {
    return attempt.message().isEvent() ? erasures.takes(attempt) : erasures.mayTake(attempt);
  }

  private void checkLinks(RawTable table, Person person, List<Browser> owned) {
    var profile = table.self(person.partition());
    findings.require(
        owned.size() <= 1 || !isLimited(person),
        Kind.MISATTRIBUTED,
        () -> person + " was given more than the one id that he may still have: " + owned);
    findings.require(
        profile == null
            || isLimited(person)
            || AliasState.number(profile, "links", 0) == owned.size(),
        Kind.OTHER,
        () -> person + " has a wrong number of links: " + profile);
    var expected = new HashSet<String>();
    owned.forEach(browser -> expected.add(browser.id()));
    var links = table.links(person.partition());
    findings.require(
        new HashSet<>(links).equals(expected),
        Kind.OTHER,
        () -> person + " has the links " + links + ", and not " + expected);
  }

  /** Until he is erased: who comes after him with the same id begins anew. */
  private boolean isLimited(Person person) {
    return limited.contains(person.user()) && erasures.of(person).isEmpty();
  }

  /** Each pointer has the row by which readers find it, and each decision is told to both. */
  private void checkMerges(RawTable table, Set<Person> named) {
    for (var person : named) {
      var expected = new HashSet<String>();
      for (var member : people.members(person)) {
        if (person.user().equals(people.state(member).mergedInto())) {
          expected.add(member.user());
        }
      }
      var found = table.mergedIn(person.partition());
      findings.require(
          found.equals(expected),
          Kind.OTHER,
          () -> person + " leads to " + found + ", and not to " + expected);
    }
    var times = new LinkedHashMap<PeopleLog.Merged, Integer>();
    people.merged().forEach(one -> times.merge(one, 1, Integer::sum));
    times.forEach((one, count) -> {
      if (!erasures.of(one.child()).isEmpty() || !erasures.of(one.parent()).isEmpty()) {
        return;
      }
      var mine = one.isUndone() ? "UNMERGED" : "MERGED";
      var theirs = one.isUndone() ? "UNMERGED_FROM" : "MERGED_IN";
      findings.require(
          table.told(one.child().partition(), mine, one.parent().user()) == count
              && table.told(one.parent().partition(), theirs, one.child().user()) == count,
          Kind.LOST,
          () -> "the histories of both do not tell of " + one);
    });
  }

  private List<Browser> owned(Person person, Set<Browser> browsers) {
    var owned = new ArrayList<Browser>();
    for (var browser : browsers) {
      if (browser.website().equals(person.website())
          && person.user().equals(decisions.state(browser).owner())) {
        owned.add(browser);
      }
    }
    return owned;
  }

  /** The attempts of all messages with a user. */
  private Map<Person, List<Attempt>> attemptsByPerson() {
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
}
