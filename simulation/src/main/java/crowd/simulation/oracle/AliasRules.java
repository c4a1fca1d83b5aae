package crowd.simulation.oracle;

import crowd.simulation.oracle.Violation.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the decisions about an anonymous id are all that the messages ask for. */
final class AliasRules {

  private final Ledger ledger;
  private final DecisionLog decisions;
  private final ErasureLog erasures;
  private final Findings findings;
  private final Set<String> limited;

  /**
   * @param limited users who may have one link, and whose other claims may be refused
   */
  AliasRules(
      Ledger ledger,
      DecisionLog decisions,
      ErasureLog erasures,
      Findings findings,
      Set<String> limited) {
    this.ledger = ledger;
    this.decisions = decisions;
    this.erasures = erasures;
    this.findings = findings;
    this.limited = limited;
  }

  /**
   * What the messages about an id ask for; milliseconds, {@link Long#MAX_VALUE} for never.
   *
   * @param reset earliest reset, acknowledged or not
   * @param seal earliest acknowledged reset or claim by another than the owner
   * @param claim earliest acknowledged claim by the owner
   * @param isRefusable whether a claim may have been refused for want of links
   * @param wasReset whether a reset is gone with an erasure: a claim that it refused before that
   *     stays refused
   */
  private record Asked(long reset, long seal, long claim, boolean isRefusable, boolean wasReset) {}

  void check(Browser browser) {
    var state = decisions.state(browser);
    findings.require(!state.waits(), Kind.OTHER, () -> browser + " still waits: " + state);
    for (var user : ledger.usersWithout(browser)) {
      findings.require(
          state.flag() != null
              || decisions.erasedFrom(browser).stream()
                  .anyMatch(owner -> decisions.wereEverOne(browser, owner, user))
              || decisions.unlinked(browser).stream()
                  .anyMatch(one -> decisions.wereEverOne(browser, one.owner(), user)),
          Kind.MISATTRIBUTED,
          () -> browser + " was said to be taken from " + user + ", and was not");
    }
    var asked = asked(browser, state.owner());
    if (asked.isRefusable()) {
      return;
    }
    long until =
        isFreed(browser) ? Math.min(asked.reset(), decisions.everSealedAt(browser)) : asked.reset();
    var claimants = claimantsUntil(browser, until);
    findings.require(
        claimants.isEmpty() || state.owner() != null || state.flag() != null,
        Kind.LOST,
        () -> browser + " was claimed by " + claimants + " and is nobody's");
    findings.require(
        claimants.size() < DecisionLog.SHARED_BY || state.flag() != null,
        Kind.MISATTRIBUTED,
        () -> browser + " was claimed by " + claimants + " and is not shared");
    if (state.owner() != null) {
      findings.require(
          state.sealedAt() <= asked.seal(),
          Kind.MISATTRIBUTED,
          () -> browser + " is sealed at " + state.sealedAt() + ", and not as asked: " + asked);
      findings.require(
          asked.wasReset() || state.claimedAt() <= asked.claim(),
          Kind.OTHER,
          () -> browser + " is claimed at " + state.claimedAt() + ", and not as asked: " + asked);
    }
  }

  private Asked asked(Browser browser, @Nullable String owner) {
    long reset = Long.MAX_VALUE;
    long seal = Long.MAX_VALUE;
    long claim = Long.MAX_VALUE;
    boolean isRefusable = false;
    boolean wasReset = false;
    var standing = standing(browser);
    for (var attempt : ledger.about(browser)) {
      var user = attempt.message().user();
      isRefusable |= user != null && limited.contains(user);
      if (attempt.message().isReset()) {
        reset = Math.min(reset, attempt.time());
        wasReset |= erasures.mayTake(attempt);
      }
      if (attempt.message().isReset() ? erasures.mayTake(attempt) : !standing.contains(attempt)) {
        continue;
      }
      if (attempt.isAcknowledged()
          && seals(browser, attempt, owner)
          && !erasures.takes(browser, attempt.time())) {
        seal = Math.min(seal, attempt.time());
      }
      if (attempt.isAcknowledged() && attempt.message().isClaim() && Objects.equals(user, owner)) {
        claim = Math.min(claim, attempt.time());
      }
    }
    return new Asked(reset, seal, claim, isRefusable, wasReset);
  }

  /** Another's claim may have come while the id, taken back, was nobody's. */
  private boolean seals(Browser browser, Attempt attempt, @Nullable String owner) {
    return DecisionLog.seals(attempt, owner) && (attempt.message().isReset() || !isFreed(browser));
  }

  /** Whether the id was somebody's once, and nobody's again. */
  private boolean isFreed(Browser browser) {
    return !decisions.unlinked(browser).isEmpty() || erasures.hasTaken(browser);
  }

  /**
   * The attempts that no unlink and no erasure can have touched: sent after the last, and received
   * after it by the clocks of those who received them, which differ.
   */
  private List<Attempt> standing(Browser browser) {
    var linking = linking(browser);
    if (erasures.isEmpty()) {
      return linking;
    }
    var standing = new ArrayList<Attempt>();
    for (var attempt : linking) {
      if (!erasures.mayTake(attempt)) {
        standing.add(attempt);
      }
    }
    return standing;
  }

  private List<Attempt> linking(Browser browser) {
    var about = ledger.about(browser);
    var unlinked = decisions.unlinked(browser);
    if (unlinked.isEmpty()) {
      return about;
    }
    return about.subList(unlinked.getLast().sentBefore(), about.size()).stream()
        .filter(attempt -> attempt.receivedAt() >= unlinked.getLast().at())
        .toList();
  }

  /** Users whose acknowledged claims were made before the reset. */
  private Set<String> claimantsUntil(Browser browser, long reset) {
    var users = new HashSet<String>();
    for (var attempt : standing(browser)) {
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
