package crowd.simulation.explore;

import crowd.core.store.Item;
import crowd.core.store.Store;
import crowd.core.website.Website;
import crowd.simulation.oracle.Attempt;
import crowd.simulation.oracle.Browser;
import crowd.simulation.oracle.DecisionLog;
import crowd.simulation.oracle.ErasureLog;
import crowd.simulation.oracle.Findings;
import crowd.simulation.oracle.Ledger;
import crowd.simulation.oracle.Oracle;
import crowd.simulation.oracle.PeopleLog;
import crowd.simulation.oracle.Violation;
import crowd.simulation.oracle.Violation.Kind;
import crowd.simulation.world.ProductReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The oracle of the random simulation, for scenarios of messages alone. */
final class MessageRules implements Rules {

  private static final Set<String> OWN = Set.of("CREATED", "LINKED", "UPDATED", "UNCHANGED");

  /** One judgement. */
  private static final class Case {

    private final Findings findings = new Findings();
    private final Ledger ledger = new Ledger(Website.DEFAULT_RETENTION.toMillis());
    private final ErasureLog erasures = new ErasureLog();
    private final PeopleLog people = new PeopleLog(ledger, erasures, findings);
    private final DecisionLog decisions = new DecisionLog(ledger, people, erasures, findings);

    Case(Past past) {
      for (int ask = 0; ask < past.talks().size(); ask++) {
        var talk = past.talks().get(ask);
        for (int i = 0; i < talk.sent().size(); i++) {
          add(past, ask, i);
        }
      }
    }

    private void add(Past past, int ask, int number) {
      var talk = past.talks().get(ask);
      var sent = talk.sent().get(number);
      var answer = sent.answer();
      boolean isConsumed = past.isDone(ask, number);
      for (int i = 0; i < talk.ask().messages().size(); i++) {
        Attempt attempt = ledger.sent(talk.ask().messages().get(i), sent.receivedAt());
        if (answer != null && answer.taken().get(i)) {
          attempt.acknowledge();
        }
        if (isConsumed) {
          attempt.consume();
        }
      }
    }

    Oracle oracle() {
      return new Oracle(ledger, decisions, people, erasures, findings, Set.of());
    }

    /** Takes the aliases for what they are. */
    void assume(List<Item> rows) {
      for (var row : rows) {
        int id = row.key().pk().indexOf("#a#");
        if (id >= 0 && row.key().sk().equals("@")) {
          decisions.assume(
              new Browser(row.key().pk().substring(0, id), row.key().pk().substring(id + 3)), row);
        }
      }
    }
  }

  @Override
  public Optional<Violation> changed(
      Browser browser, @Nullable Item before, @Nullable Item after, Past past) {
    var judgement = new Case(past);
    judgement.decisions.assume(browser, before);
    judgement.decisions.note(browser, after);
    return judgement.findings.first();
  }

  /** Read your own merge. */
  @Override
  public Optional<Violation> answered(int ask, Past past, List<Item> rows, Store store) {
    var talk = past.talks().get(ask);
    var answer = talk.sent().getLast().answer();
    if (answer == null) {
      return Optional.empty();
    }
    var judgement = new Case(past);
    judgement.assume(rows);
    for (int i = 0; i < talk.ask().messages().size(); i++) {
      var message = talk.ask().messages().get(i);
      var user = message.user();
      var id = message.anonymous();
      if (user != null && id != null && OWN.contains(answer.words().get(i))) {
        var browser = new Browser(message.website(), id);
        var owner = judgement.decisions.state(browser).owner();
        if (user.equals(owner)) {
          judgement
              .oracle()
              .checkNow(browser, user, new ProductReader(store).timeline(message.website(), user));
        } else if (owner != null || judgement.decisions.state(browser).flag() == null) {
          judgement.findings.add(
              Kind.OTHER, message + " was answered " + answer + ", the owner is " + owner);
        }
      }
    }
    return judgement.findings.first();
  }

  @Override
  public Optional<Violation> ended(Past past, List<Item> rows, Store store) {
    var judgement = new Case(past);
    judgement.assume(rows);
    judgement.oracle().checkEnd(rows, new ProductReader(store), Set.of());
    return judgement.findings.first();
  }
}
