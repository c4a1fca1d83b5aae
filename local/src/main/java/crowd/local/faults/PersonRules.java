package crowd.local.faults;

import static crowd.local.faults.RawTable.text;

import crowd.local.surface.Api;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What readers must see of a person: a user, or both if they are one. */
final class PersonRules {

  private static final Comparator<Sent> ORDER =
      Comparator.comparingInt(Sent::second).thenComparing(Sent::id);

  private final Api api;
  private final RawTable table;
  private final Findings findings;

  PersonRules(Api api, RawTable table, Findings findings) {
    this.api = api;
    this.table = table;
    this.findings = findings;
  }

  void check(Past past, String user) {
    var person = past.person(user);
    checkTimeline(past, user, person);
    checkTraits(past, user, person);
    var owned =
        past.history().anonymousIds().stream()
            .filter(anonymousId -> person.contains(table.link(anonymousId).owner()))
            .toList();
    // A merge of a user whom nobody has seen claims his id as an anonymous one, too.
    var shown = new ArrayList<>(api.identities(user));
    shown.retainAll(past.history().anonymousIds());
    findings.equal(owned, shown, () -> "anonymous ids of " + user + " in " + past);
    var root = past.root(user);
    findings.equal(
        person.stream().filter(one -> !one.equals(root)).toList(),
        api.user(user).each("aliases", "user_id"),
        () -> "users who were merged into " + user + " in " + past);
    checkCopies(past, user);
  }

  /** R1 and R2: his own events, and those of his anonymous ids up to their seals, each once. */
  private void checkTimeline(Past past, String user, Set<String> person) {
    var expected =
        past.certain()
            .filter(sent -> sent.isEvent() && isOf(sent, person))
            .sorted(ORDER)
            .map(Sent::id)
            .toList();
    var shown = api.get("/users/" + user + "/events?limit=100&order=asc");
    var seen = new ArrayList<>(shown.each("events", "message_id"));
    seen.removeAll(past.doubtful());
    findings.equal(expected, seen, () -> "timeline of " + user + " in " + past);
  }

  private void checkTraits(Past past, String user, Set<String> person) {
    var latest =
        past.certain()
            .filter(sent -> person.contains(sent.user()) && !sent.plan().isEmpty())
            .max(ORDER)
            .map(sent -> "{'plan':'" + sent.plan() + "'}");
    var traits = api.traits(user);
    findings.require(
        latest.map(traits::equals).orElse(Set.of("", "{}").contains(traits)),
        () -> user + " has the traits " + traits + " and not " + latest + " in " + past);
  }

  private boolean isOf(Sent sent, Set<String> person) {
    if (!sent.isAnonymous()) {
      return person.contains(sent.user());
    }
    var link = table.link(sent.anonymous());
    return person.contains(link.owner()) && link.owns(sent);
  }

  /**
   * Of every row of an event that is the user's by R2 there is one copy, and there are no others.
   */
  private void checkCopies(Past past, String user) {
    var messages = past.certain().collect(Collectors.toMap(Sent::id, sent -> sent));
    var doubtful = past.doubtful();
    var expected = new TreeSet<String>();
    for (var anonymousId : past.history().anonymousIds()) {
      table
          .ofAnonymous(anonymousId)
          .forEach((sk, row) ->
              Optional.ofNullable(messages.get(text(row, "message_id")))
                  .filter(sent -> sk.startsWith("E#") && isOf(sent, Set.of(user)))
                  .ifPresent(_ -> expected.add(sk + "#=" + anonymousId)));
    }
    var copies = new TreeSet<String>();
    table
        .ofUser(user)
        .forEach((sk, row) -> {
          if (sk.startsWith("E#")
              && text(row, "origin").startsWith("=")
              && !doubtful.contains(text(row, "message_id"))) {
            copies.add(sk);
          }
        });
    findings.equal(
        List.copyOf(expected), List.copyOf(copies), () -> "copies of " + user + " in " + past);
  }
}
