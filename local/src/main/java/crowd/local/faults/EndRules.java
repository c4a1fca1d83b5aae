package crowd.local.faults;

import static crowd.local.faults.RawTable.text;

import crowd.local.surface.Api;
import crowd.local.surface.Stage;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says what must be true of a history of which all was acknowledged and nothing waits, and
 * compares. None of the product's rules is used.
 */
final class EndRules {

  private final RawTable table;
  private final Findings findings;
  private final LinkRules links;
  private final PersonRules people;
  private final ErasureRules erasures;

  EndRules(Stage stage, Findings findings) {
    this.table = new RawTable(stage.items());
    this.findings = findings;
    Api api = stage.api();
    links = new LinkRules(table, findings);
    people = new PersonRules(api, table, findings);
    erasures =
        new ErasureRules(
            api, Stream.concat(stage.rows().stream(), stage.lines().stream()).toList(), findings);
  }

  void check(Past past) {
    for (var anonymousId : past.history().anonymousIds()) {
      links.check(past, anonymousId);
      checkStored(past, anonymousId);
    }
    past.history().users().forEach(user -> people.check(past, user));
    erasures.check(past);
  }

  /** What was acknowledged, and not erased, is in the table. */
  private void checkStored(Past past, String anonymousId) {
    var expected =
        past.certain()
            .filter(sent ->
                sent.isAnonymous() && sent.isEvent() && sent.anonymous().equals(anonymousId))
            .map(Sent::id)
            .collect(Collectors.toSet());
    var stored = new HashSet<String>();
    table
        .ofAnonymous(anonymousId)
        .forEach((sk, row) -> {
          if (sk.startsWith("E#")) {
            stored.add(text(row, "message_id"));
          }
        });
    stored.removeAll(past.doubtful());
    findings.equal(expected, stored, () -> "events of " + anonymousId + " in " + past);
  }

  /** Nothing is left to do, and nothing was set aside. */
  void checkNothingWaits() {
    table.forEach((pk, row) -> {
      findings.require(!text(row, "sk").startsWith("J#"), () -> "a job is left: " + row);
      findings.require(!pk.startsWith("_#q#"), () -> "was set aside: " + row);
      findings.require(
          Set.of("", "DONE", "LAZY").contains(text(row, "copies")), () -> "waits: " + row);
    });
  }
}
