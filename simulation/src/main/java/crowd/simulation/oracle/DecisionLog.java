package crowd.simulation.oracle;

import crowd.core.store.Item;
import crowd.simulation.oracle.Violation.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Every committed state of every alias, each judged when it comes: may it follow the one before?
 */
public final class DecisionLog {

  /** Different users that make an id a shared one. */
  static final int SHARED_BY = 3;

  private final Ledger ledger;
  private final PeopleLog people;
  private final ErasureLog erasures;
  private final Findings findings;
  private final Map<Browser, AliasState> current = new HashMap<>();
  private final Map<Browser, Set<String>> owners = new HashMap<>();
  private final Map<Browser, List<Unlinked>> unlinked = new HashMap<>();
  private final Map<Browser, Set<String>> erased = new HashMap<>();
  private final Map<Browser, Long> everSealedAt = new HashMap<>();
  private final Map<Browser, Long> linkEpochs = new HashMap<>();

  public DecisionLog(Ledger ledger, PeopleLog people, ErasureLog erasures, Findings findings) {
    this.ledger = ledger;
    this.people = people;
    this.erasures = erasures;
    this.findings = findings;
  }

  /**
   * An id was taken back from its owner.
   *
   * @param at as the alias says
   * @param sentBefore how many attempts about the id had been sent then
   */
  record Unlinked(String owner, long at, int sentBefore) {}

  /** One step of an alias. */
  public record Change(AliasState before, AliasState after) {}

  /** To be called after each write that may have changed the row. */
  public Change note(Browser browser, @Nullable Item row) {
    var before = state(browser);
    var after = AliasState.of(row);
    if (!before.equals(after)) {
      current.put(browser, after);
      if (after.sealedAt() != Long.MAX_VALUE) {
        everSealedAt.merge(browser, after.sealedAt(), Math::min);
      }
      if (after.owner() != null && after.linkedAt() != before.linkedAt()) {
        linkEpochs.put(browser, after.epoch());
      }
      if (row == null) {
        judgeRemoval(browser, before);
      } else {
        judge(browser, before, after);
      }
    }
    return new Change(before, after);
  }

  /** Takes a row for what it is, without judging how it came to be. */
  public void assume(Browser browser, @Nullable Item row) {
    var state = AliasState.of(row);
    current.put(browser, state);
    var owner = state.owner();
    if (owner != null) {
      owners.computeIfAbsent(browser, _ -> new HashSet<>()).add(owner);
    }
  }

  public AliasState state(Browser browser) {
    return current.getOrDefault(browser, AliasState.NOTHING);
  }

  /** Whether copies for one of the user's ids are still to be made. */
  public boolean isCopyingFor(Person person) {
    for (var entry : current.entrySet()) {
      if (person.user().equals(entry.getValue().owner())
          && person.website().equals(entry.getKey().website())
          && entry.getValue().copies().equals("PENDING")) {
        return true;
      }
    }
    return false;
  }

  /** Whether the user is or was the owner. */
  public boolean everOwned(Browser browser, String user) {
    return owners.getOrDefault(browser, Set.of()).contains(user);
  }

  /**
   * The ids that are a user's.
   *
   * @param after links that were made later than this, in milliseconds
   * @param until and up to this
   */
  public Set<Browser> owned(Person person, long after, long until) {
    var owned = new HashSet<Browser>();
    for (var entry : current.entrySet()) {
      if (person.user().equals(entry.getValue().owner())
          && person.website().equals(entry.getKey().website())
          && entry.getValue().linkedAt() > after
          && entry.getValue().linkedAt() <= until) {
        owned.add(entry.getKey());
      }
    }
    return owned;
  }

  /** Whether the id was taken from the user because he was erased. */
  boolean wasErasedFrom(Browser browser, String user) {
    return erased.getOrDefault(browser, Set.of()).contains(user);
  }

  /** The users with whom the id went. */
  Set<String> erasedFrom(Browser browser) {
    return erased.getOrDefault(browser, Set.of());
  }

  /** The earliest seal that the id ever had; {@link Long#MAX_VALUE} for none. */
  long everSealedAt(Browser browser) {
    return everSealedAt.getOrDefault(browser, Long.MAX_VALUE);
  }

  /** Of the last link that was made. */
  long linkEpoch(Browser browser) {
    return linkEpochs.getOrDefault(browser, Long.MIN_VALUE);
  }

  /** In order. */
  List<Unlinked> unlinked(Browser browser) {
    return unlinked.getOrDefault(browser, List.of());
  }

  /** Whether the attempt's claim was taken back, and the id is free for others. */
  public boolean isTakenBack(Attempt attempt) {
    var id = attempt.message().anonymous();
    if (id == null || !attempt.message().isClaim()) {
      return false;
    }
    var state = state(new Browser(attempt.message().website(), id));
    return state.owner() == null
        && state.flag() == null
        && attempt.receivedAt() < state.unlinkedAt()
        && attempt.time() <= state.sealedAt();
  }

  /**
   * An alias was taken for one of an anonymous id. What nothing else names as such, and nothing was
   * taken back from, may be a user's as well, and is to be merged besides.
   */
  public void claimedByAlias(Attempt attempt) {
    var message = attempt.message();
    var browser = new Browser(message.website(), String.valueOf(message.anonymous()));
    require(
        browser.isMinted()
            || !erasures.isEmpty()
            || !ledger.unlinksSent(browser).isEmpty()
            || ledger.about(browser).stream()
                .anyMatch(other ->
                    !other.message().isAlias()
                        || !Objects.equals(other.message().user(), message.user())),
        Kind.LOST,
        () -> message + " was taken for one of an anonymous id, and no user was merged");
  }

  private void judge(Browser browser, AliasState before, AliasState after) {
    if (!Objects.equals(before.owner(), after.owner())) {
      judgeOwner(browser, before, after);
    } else if (after.owner() != null && before.linkedAt() != after.linkedAt()) {
      judgeReturn(browser, after.owner(), before, after);
    }
    if (before.unlinkedAt() != after.unlinkedAt()) {
      require(
          after.unlinkedAt() > before.unlinkedAt()
              && before.owner() != null
              && after.owner() == null,
          Kind.OTHER,
          () -> browser + " says that it was unlinked, and was not: " + before + ", " + after);
    }
    if (before.erasedAt() != after.erasedAt()) {
      require(
          after.sealedAt() > after.erasedAt(),
          Kind.OTHER,
          () -> browser + " is sealed still by what went with its owner: " + after);
    } else if (before.sealedAt() != after.sealedAt()) {
      judgeSeal(browser, before, after);
    }
    require(
        before.flag() == null || before.flag().equals(after.flag()),
        Kind.MISATTRIBUTED,
        () -> browser + " lost its flag");
    require(after.epoch() >= before.epoch(), Kind.OTHER, () -> browser + " went back in its epoch");
  }

  /** With the tombstones of an erasure goes the row of an id that is nobody's. */
  private void judgeRemoval(Browser browser, AliasState before) {
    require(
        before.owner() == null && before.flag() == null && erasures.hasTaken(browser),
        Kind.LOST,
        () -> browser + " has vanished: " + before);
  }

  /** The owner was erased, and somebody new with his id claimed his anonymous id at once. */
  private void judgeReturn(Browser browser, String owner, AliasState before, AliasState after) {
    require(
        isGoneWith(browser, owner, before, after.erasedAt()),
        Kind.OTHER,
        () -> browser + " was linked to " + owner + " again, whose it was");
    require(
        isClaimed(browser, owner, Long.MIN_VALUE),
        Kind.RESURRECTED,
        () -> browser + " is still with " + owner + ", who was erased");
  }

  /**
   * Whether the owner was erased since he was linked, and with him what was received up to then. An
   * erasure of before may have had a later moment, on a clock that was ahead.
   */
  private boolean isGoneWith(Browser browser, String owner, AliasState before, long upTo) {
    for (var erasure : erasures.of(browser)) {
      if (erasure.person().user().equals(owner)
          && before.linkedAt() <= erasure.at()
          && erasure.at() <= upTo) {
        return true;
      }
    }
    return false;
  }

  /** Whether a claim of the user's counts that was made up to the seal. */
  private boolean isClaimed(Browser browser, String user, long sealedAt) {
    long unlinkedAt = Long.MIN_VALUE;
    for (var one : unlinked(browser)) {
      unlinkedAt = Math.max(unlinkedAt, one.at());
    }
    for (var attempt : ledger.about(browser)) {
      if (attempt.message().isClaim()
          && user.equals(attempt.message().user())
          && attempt.receivedAt() >= unlinkedAt
          && (sealedAt == Long.MIN_VALUE || attempt.time() <= sealedAt)
          && !erasures.takesClaim(attempt)) {
        return true;
      }
    }
    return false;
  }

  private void judgeOwner(Browser browser, AliasState before, AliasState after) {
    require(
        after.epoch() > before.epoch(),
        Kind.OTHER,
        () -> browser + ": a decision, and no new epoch");
    var owner = after.owner();
    if (owner == null) {
      judgeRelease(browser, before, after);
      return;
    }
    owners.computeIfAbsent(browser, _ -> new HashSet<>()).add(owner);
    require(
        before.owner() == null,
        Kind.MISATTRIBUTED,
        () -> browser + " changed hands from " + before.owner() + " to " + owner);
    require(
        before.flag() == null,
        Kind.MISATTRIBUTED,
        () -> browser + " was linked though it is shared");
    require(
        isClaimed(browser, owner, before.sealedAt()),
        Kind.MISATTRIBUTED,
        () -> browser + " given to " + owner + ", who may not claim it");
  }

  private void judgeRelease(Browser browser, AliasState before, AliasState after) {
    var owner = Objects.requireNonNull(before.owner());
    if (after.flag() == null && isGoneWith(browser, owner, before, after.erasedAt())) {
      erased.computeIfAbsent(browser, _ -> new HashSet<>()).add(owner);
      return;
    }
    if (after.flag() == null && after.wasUnlinked() && isUnlinkAsked(browser, owner)) {
      unlinked
          .computeIfAbsent(browser, _ -> new ArrayList<>())
          .add(new Unlinked(owner, after.unlinkedAt(), ledger.about(browser).size()));
      return;
    }
    require(
        "SHARED".equals(after.flag()) && claimants(browser) >= SHARED_BY,
        Kind.LOST,
        () -> browser + " was taken from " + owner + " for no reason");
  }

  /** Any user of a person may ask for what is another's of his. */
  private boolean isUnlinkAsked(Browser browser, String owner) {
    for (var user : ledger.unlinksSent(browser)) {
      if (wereEverOne(browser, user, owner)) {
        return true;
      }
    }
    return false;
  }

  /** Whether two users of the id's website are, or were, one person. */
  boolean wereEverOne(Browser browser, String a, String b) {
    return people.wereEverOne(new Person(browser.website(), a), new Person(browser.website(), b));
  }

  private void judgeSeal(Browser browser, AliasState before, AliasState after) {
    require(
        after.sealedAt() < before.sealedAt(),
        Kind.MISATTRIBUTED,
        () -> browser + ": its seal moved on");
    require(
        after.epoch() > before.epoch(), Kind.OTHER, () -> browser + ": a seal, and no new epoch");
    boolean isAsked =
        ledger.about(browser).stream()
            .anyMatch(
                attempt -> attempt.time() == after.sealedAt() && seals(attempt, before.owner()));
    require(isAsked, Kind.LOST, () -> browser + " sealed at a time that nobody asked for");
  }

  /** Whether the message seals an id of this owner. */
  static boolean seals(Attempt attempt, @Nullable String owner) {
    var message = attempt.message();
    return message.isReset()
        || (owner != null && message.isClaim() && !owner.equals(message.user()));
  }

  /** Different users who claimed the id, but for those from whom it was taken back since. */
  private int claimants(Browser browser) {
    var users = new HashSet<String>();
    for (var attempt : ledger.about(browser)) {
      var user = attempt.message().user();
      if (user != null && attempt.message().isClaim() && !isTakenBack(browser, user, attempt)) {
        users.add(user);
      }
    }
    return users.size();
  }

  private boolean isTakenBack(Browser browser, String user, Attempt attempt) {
    return unlinked(browser).stream()
        .anyMatch(one -> one.owner().equals(user) && attempt.receivedAt() < one.at());
  }

  private void require(boolean holds, Kind kind, Supplier<String> what) {
    findings.require(holds, kind, what);
  }
}
