package crowd.local.faults;

import crowd.local.faults.SeededHistory.Sent;
import crowd.local.surface.Api;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Says what must be true of a history of which all was acknowledged and nothing waits, and
 * compares. None of the product's rules is used: rows are read by the names of their attributes.
 */
final class EndRules {

  private static final Comparator<Sent> ORDER =
      Comparator.comparingInt(Sent::second).thenComparing(Sent::id);

  private final Api api;
  private final Findings findings;
  private final Map<String, Map<String, Map<String, AttributeValue>>> table = new HashMap<>();

  /**
   * @param rows the whole table
   */
  EndRules(Api api, List<Map<String, AttributeValue>> rows, Findings findings) {
    this.api = api;
    this.findings = findings;
    for (var row : rows) {
      table.computeIfAbsent(text(row, "pk"), _ -> new HashMap<>()).put(text(row, "sk"), row);
    }
  }

  private static String text(Map<String, AttributeValue> row, String name) {
    return Optional.ofNullable(row.get(name)).map(AttributeValue::s).orElse("");
  }

  private Map<String, Map<String, AttributeValue>> anonymousPartition(String anonymousId) {
    return table.getOrDefault("demo#a#" + anonymousId, Map.of());
  }

  private Map<String, Map<String, AttributeValue>> userPartition(String user) {
    return table.getOrDefault("demo#u#" + user, Map.of());
  }

  /** An alias as it was decided; {@link Long#MAX_VALUE} while it is open. */
  private record Link(String owner, long sealedAt, String flag, String copies) {

    /** R2. */
    boolean owns(Sent message) {
      return Api.at(message.second()).toEpochMilli() <= sealedAt;
    }
  }

  private Link link(String anonymousId) {
    var row = anonymousPartition(anonymousId).getOrDefault("@", Map.of());
    return new Link(
        text(row, "owner"),
        Optional.ofNullable(row.get("sealed_at"))
            .map(sealed -> Long.parseLong(sealed.n()))
            .orElse(Long.MAX_VALUE),
        text(row, "flag"),
        text(row, "copies"));
  }

  void check(SeededHistory history) {
    for (var anonymousId : history.anonymousIds()) {
      checkLink(history, anonymousId);
      checkStored(history, anonymousId);
    }
    for (var user : history.users()) {
      checkPerson(history, user);
      checkCopies(history, user);
    }
  }

  /** Nothing is left to do, and nothing was set aside. */
  void checkNothingWaits() {
    table.forEach((pk, rows) ->
        rows.forEach((sk, row) -> {
          findings.require(!sk.startsWith("J#"), () -> "a job is left: " + row);
          findings.require(!pk.startsWith("_#q#"), () -> "was set aside: " + row);
          findings.require(
              Set.of("", "DONE", "LAZY").contains(text(row, "copies")), () -> "waits: " + row);
        }));
  }

  private void checkLink(SeededHistory history, String anonymousId) {
    var link = link(anonymousId);
    var about =
        history.sent().stream().filter(sent -> sent.anonymous().equals(anonymousId)).toList();
    int reset =
        about.stream().filter(Sent::isReset).mapToInt(Sent::second).min().orElse(Integer.MAX_VALUE);
    var claimants = about.stream().filter(Sent::isClaim).map(Sent::user).toList();
    if (link.owner().isEmpty()) {
      findings.require(
          about.stream().noneMatch(sent -> sent.isClaim() && sent.second() <= reset),
          () -> anonymousId + " was claimed and is nobody's: " + link + " in " + history);
    } else {
      findings.require(
          claimants.contains(link.owner()),
          () -> anonymousId + " was not claimed by its owner: " + link + " in " + history);
    }
    long seal =
        about.stream()
            .filter(sent ->
                sent.isReset()
                    || (sent.isClaim()
                        && !link.owner().isEmpty()
                        && !sent.user().equals(link.owner())))
            .mapToLong(sent -> Api.at(sent.second()).toEpochMilli())
            .min()
            .orElse(Long.MAX_VALUE);
    findings.equal(seal, link.sealedAt(), () -> anonymousId + " is sealed wrongly in " + history);
  }

  /** What was acknowledged is in the table. */
  private void checkStored(SeededHistory history, String anonymousId) {
    var expected = new HashSet<String>();
    for (var sent : history.sent()) {
      if (sent.user().isEmpty() && !sent.isReset() && sent.anonymous().equals(anonymousId)) {
        expected.add(sent.id());
      }
    }
    var stored = new HashSet<String>();
    anonymousPartition(anonymousId)
        .forEach((sk, row) -> {
          if (sk.startsWith("E#")) {
            stored.add(text(row, "message_id"));
          }
        });
    findings.equal(expected, stored, () -> anonymousId + " in " + history);
  }

  /** R1 and R2: his own events, and those of his anonymous ids up to their seals, each once. */
  private void checkPerson(SeededHistory history, String user) {
    var expected =
        history.sent().stream()
            .filter(sent -> !sent.isReset() && isOf(sent, user))
            .sorted(ORDER)
            .map(Sent::id)
            .toList();
    var shown = api.get("/users/" + user + "/events?limit=100&order=asc");
    findings.equal(
        expected, shown.each("events", "message_id"), () -> user + " is shown " + shown + history);
    var traits =
        history.sent().stream()
            .filter(sent -> sent.user().equals(user) && !sent.plan().isEmpty())
            .max(ORDER)
            .map(sent -> "{'plan':'" + sent.plan() + "'}");
    if (traits.isPresent()) {
      findings.equal(traits.get(), api.traits(user), () -> user + " in " + history);
    }
    var owned =
        history.anonymousIds().stream()
            .filter(anonymousId -> link(anonymousId).owner().equals(user))
            .toList();
    findings.equal(owned, api.identities(user), () -> user + " in " + history);
  }

  private boolean isOf(Sent sent, String user) {
    if (!sent.user().isEmpty()) {
      return sent.user().equals(user);
    }
    var link = link(sent.anonymous());
    return link.owner().equals(user) && link.owns(sent);
  }

  /** Of every row of an event that is his by R2 there is one copy, and there are no others. */
  private void checkCopies(SeededHistory history, String user) {
    var messages = history.sent().stream().collect(Collectors.toMap(Sent::id, sent -> sent));
    var expected = new TreeSet<String>();
    for (var anonymousId : history.anonymousIds()) {
      anonymousPartition(anonymousId)
          .forEach((sk, row) -> {
            var sent = messages.get(text(row, "message_id"));
            if (sk.startsWith("E#") && sent != null && isOf(sent, user)) {
              expected.add(sk + "#=" + anonymousId);
            }
          });
    }
    var copies = new TreeSet<String>();
    userPartition(user)
        .forEach((sk, row) -> {
          if (sk.startsWith("E#") && text(row, "origin").startsWith("=")) {
            copies.add(sk);
          }
        });
    findings.equal(expected, copies, () -> "copies of " + user + " in " + history);
  }
}
