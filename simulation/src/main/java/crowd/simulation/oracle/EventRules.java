package crowd.simulation.oracle;

import crowd.simulation.oracle.RawEvent.Sending;
import crowd.simulation.oracle.Violation.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Whether the table holds every event once, and exactly the copies that R2 demands. */
final class EventRules {

  private final RawTable table;
  private final DecisionLog decisions;
  private final ErasureLog erasures;
  private final Findings findings;
  private final Map<String, Map<Sending, Attempt>> sent = new HashMap<>();

  EventRules(
      RawTable table,
      Ledger ledger,
      DecisionLog decisions,
      ErasureLog erasures,
      Findings findings) {
    this.table = table;
    this.decisions = decisions;
    this.erasures = erasures;
    this.findings = findings;
    for (var attempt : ledger.attempts()) {
      if (attempt.message().isEvent()) {
        sent.computeIfAbsent(RawTable.partition(attempt), _ -> new HashMap<>())
            .merge(RawEvent.sending(attempt), attempt, (a, b) -> a.isAcknowledged() ? a : b);
      }
    }
  }

  void check() {
    sent.forEach(this::checkOrigins);
    table
        .events()
        .forEach((partition, events) -> {
          for (var event : events) {
            checkSource(partition, event);
          }
        });
  }

  /** What was acknowledged is there. */
  private void checkOrigins(String partition, Map<Sending, Attempt> attempts) {
    var stored = new HashSet<Sending>();
    for (var event : table.events(partition)) {
      if (!event.isCopy()) {
        findings.require(
            stored.add(event.sending()),
            Kind.DOUBLED,
            () -> event + " is stored twice in " + partition);
      }
    }
    attempts.forEach((sending, attempt) ->
        findings.require(
            !attempt.isAcknowledged() || stored.contains(sending) || erasures.takes(attempt),
            Kind.LOST,
            () -> sending + " was acknowledged and is not in " + partition));
  }

  /** What is there was sent, and may be there. */
  private void checkSource(String partition, RawEvent event) {
    if (event.isCopy()) {
      return;
    }
    var attempt = sent.getOrDefault(partition, Map.of()).get(event.sending());
    if (attempt == null) {
      findings.add(Kind.MISATTRIBUTED, event + " is in " + partition + ", where nobody sent it");
      return;
    }
    findings.require(
        !erasures.takes(attempt),
        Kind.RESURRECTED,
        () -> event + " is left in " + partition + ", of before an erasure");
    var first = table.firstArrival(partition, attempt.message().messageId());
    findings.require(
        event.tells(attempt, first),
        Kind.OTHER,
        () -> event + " does not say what was sent: " + first);
  }

  /** A copy and the user whom it is with. */
  record Copy(String user, RawEvent event) {}

  boolean isLazy(Browser browser) {
    return decisions.state(browser).copies().equals("LAZY");
  }

  /**
   * @param copies of this anonymous id, wherever they lie
   */
  void checkCopies(Browser browser, List<Copy> copies) {
    var alias = decisions.state(browser);
    var owned = new HashSet<Sending>();
    for (var event : table.events(RawTable.partition(browser))) {
      if (owns(browser, event)) {
        owned.add(event.sending());
      }
    }
    var copied = new HashSet<Sending>();
    for (var copy : copies) {
      var event = copy.event();
      if (!copy.user().equals(alias.owner())) {
        findings.add(
            decisions.everOwned(browser, copy.user()) ? Kind.RESURRECTED : Kind.MISATTRIBUTED,
            copy + " of " + browser + " is left, the owner is " + alias.owner());
      } else if (owned.contains(event.sending())) {
        findings.require(copied.add(event.sending()), Kind.DOUBLED, () -> copy + " is there twice");
      } else {
        findings.require(
            alias.copies().equals("LAZY"), Kind.MISATTRIBUTED, () -> copy + " is not his");
      }
    }
    if (alias.copies().equals("DONE")) {
      for (var event : owned) {
        findings.require(
            copied.contains(event), Kind.LOST, () -> event + " of " + browser + " has no copy");
      }
    }
  }

  /** R2, for one row of an anonymous id. */
  boolean owns(Browser browser, RawEvent event) {
    var attempt = sent.getOrDefault(RawTable.partition(browser), Map.of()).get(event.sending());
    return attempt != null
        && decisions.state(browser).owns(attempt.time(), attempt.expires())
        && !erasures.takes(attempt);
  }
}
