package crowd.core.erase;

import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.merge.Union;
import crowd.core.merge.Unions;
import crowd.core.observe.Counter;
import crowd.core.observe.Metrics;
import crowd.core.profile.Profile;
import crowd.core.run.Attempts;
import crowd.core.store.Store;
import crowd.core.store.StoreUnavailableException;
import crowd.core.store.WriteOutcome;
import crowd.core.table.ProfileRow;
import crowd.core.table.Table;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Erases a person with all users who were merged into him. An erasure is a moment: all that was
 * received up to it goes and cannot come back, not by a late write and not by a repeat of the whole
 * stream; what is received after it belongs to somebody new.
 */
public final class Erase {

  private final Store store;
  private final Table table;
  private final Release release;
  private final Unions unions;
  private final Attempts attempts;
  private final InstantSource clock;
  private final Metrics metrics;

  public Erase(Store store, Attempts attempts, InstantSource clock, Metrics metrics) {
    this.store = store;
    this.table = new Table(store);
    this.release = new Release(store, attempts);
    this.unions = new Unions(store);
    this.attempts = attempts;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * @param user any of the person's users
   */
  public EraseOutcome apply(WebsiteId website, UserId user) {
    try {
      return attempts.until(() -> attempt(website, user));
    } catch (StoreUnavailableException _) {
      metrics.add(Counter.UNAVAILABLE);
      return EraseOutcome.UNAVAILABLE;
    }
  }

  private Optional<EraseOutcome> attempt(WebsiteId website, UserId user) {
    var asked = table.profile(website, user);
    if (asked.erased()) {
      return Optional.of(EraseOutcome.ERASED);
    }
    var root = unions.root(asked);
    if (!root.exists()) {
      return Optional.of(EraseOutcome.NOT_FOUND);
    }
    var seen = unions.of(root).members();
    if (seen.stream().noneMatch(member -> member.profile().user().equals(user)) || !isWhole(seen)) {
      // He was parted from the others meanwhile, or is on his way.
      return Optional.empty();
    }
    var members = unions.of(root).members();
    if (!profiles(members).equals(profiles(seen))) {
      return Optional.empty();
    }
    members.forEach(this::releaseErased);
    var writes = EraseWrites.of(members, momentFor(members));
    if (!(store.transact(writes) instanceof WriteOutcome.Written)) {
      return Optional.empty();
    }
    metrics.add(Counter.ERASURES);
    return Optional.of(EraseOutcome.ERASED);
  }

  /**
   * Whether nothing of what was written of the person has yet to appear. A transaction appears row
   * by row: who reads the profile that it wrote may not see the link, or the user merged in, that
   * it wrote with it. But its rows let nobody else write them before all are there.
   */
  private boolean isWhole(List<Union.Member> members) {
    for (var member : members) {
      if (!(store.write(ProfileRow.stay(member.profile())) instanceof WriteOutcome.Written)) {
        return false;
      }
    }
    return true;
  }

  private static List<Profile> profiles(List<Union.Member> members) {
    return members.stream().map(Union.Member::profile).toList();
  }

  /**
   * Ids that went with an erasure before become nobody's now, if its job has not come to it: after
   * this one, nobody could tell of which of the two they are, and what was received in between is
   * nobody's.
   */
  private void releaseErased(Union.Member member) {
    var profile = member.profile();
    for (var link : member.relations().links()) {
      if (!link.linkedAt().isAfter(profile.erasedAt())) {
        release.of(profile.website(), profile.user(), link.anonymousId(), profile.erasedAt());
      }
    }
  }

  /**
   * Now, later than any erasure of before, for each has a job of its own, and not earlier than
   * anything that was decided about the person: the clock that told its time may have been ahead of
   * this one.
   */
  private Instant momentFor(List<Union.Member> members) {
    var moment = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    for (var member : members) {
      var before = member.profile().erasedAt();
      if (!before.equals(Instant.MIN)) {
        moment = later(moment, before.plusMillis(1));
      }
      for (var link : member.links()) {
        moment = later(moment, link.linkedAt());
      }
      for (var merged : member.relations().merged()) {
        moment = later(moment, merged.mergedAt());
      }
      for (var decided : member.relations().history()) {
        moment = later(moment, decided.at());
      }
    }
    return moment;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
