package crowd.simulation.oracle;

import crowd.simulation.oracle.Violation.Kind;
import java.util.HashSet;
import java.util.Set;

/** Whether the decisions about an anonymous id are all that the messages ask for. */
final class AliasRules {

  private final Ledger ledger;
  private final DecisionLog decisions;
  private final Findings findings;
  private final Set<String> limited;

  /**
   * @param limited users who may have one link, and whose other claims may be refused
   */
  AliasRules(Ledger ledger, DecisionLog decisions, Findings findings, Set<String> limited) {
    this.ledger = ledger;
    this.decisions = decisions;
    this.findings = findings;
    this.limited = limited;
  }

  void check(Browser browser) {
    var state = decisions.state(browser);
    long reset = Long.MAX_VALUE;
    long seal = Long.MAX_VALUE;
    long claim = Long.MAX_VALUE;
    boolean isRefusable = false;
    for (var attempt : ledger.about(browser)) {
      var message = attempt.message();
      isRefusable |= limited.contains(String.valueOf(message.user()));
      if (message.isReset()) {
        reset = Math.min(reset, attempt.time());
      }
      if (attempt.isAcknowledged()) {
        if (DecisionLog.seals(attempt, state.owner())) {
          seal = Math.min(seal, attempt.time());
        }
        if (String.valueOf(state.owner()).equals(message.user()) && message.isClaim()) {
          claim = Math.min(claim, attempt.time());
        }
      }
    }
    findings.require(!state.waits(), Kind.OTHER, browser + " still waits: " + state);
    if (isRefusable) {
      return;
    }
    var claimants = claimantsUntil(browser, reset);
    findings.require(
        claimants.isEmpty() || state.owner() != null || state.flag() != null,
        Kind.LOST,
        browser + " was claimed by " + claimants + " and is nobody's");
    findings.require(
        claimants.size() < DecisionLog.SHARED_BY || state.flag() != null,
        Kind.MISATTRIBUTED,
        browser + " was claimed by " + claimants + " and is not shared");
    if (state.owner() != null) {
      findings.require(
          state.sealedAt() <= seal,
          Kind.MISATTRIBUTED,
          browser + " is sealed at " + state.sealedAt() + " and not at " + seal);
      findings.require(
          state.claimedAt() <= claim,
          Kind.OTHER,
          browser + " is claimed at " + state.claimedAt() + " and not at " + claim);
    }
  }

  /** Users whose acknowledged claims were made before the reset. */
  private Set<String> claimantsUntil(Browser browser, long reset) {
    var users = new HashSet<String>();
    for (var attempt : ledger.about(browser)) {
      var user = attempt.message().user();
      if (user != null
          && attempt.message().isClaim()
          && attempt.isAcknowledged()
          && attempt.time() <= reset) {
        users.add(user);
      }
    }
    return users;
  }
}
