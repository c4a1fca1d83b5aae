package crowd.core.erase;

import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.merge.Union;
import crowd.core.merge.Unions;
import crowd.core.observe.Counter;
import crowd.core.observe.Metrics;
import crowd.core.run.Attempts;
import crowd.core.store.Store;
import crowd.core.store.StoreUnavailableException;
import crowd.core.store.WriteOutcome;
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
  private final Unions unions;
  private final Attempts attempts;
  private final InstantSource clock;
  private final Metrics metrics;

  public Erase(Store store, Attempts attempts, InstantSource clock, Metrics metrics) {
    this.store = store;
    this.table = new Table(store);
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
    var members = unions.of(root).members();
    if (members.stream().noneMatch(member -> member.profile().user().equals(user))) {
      // He was parted from the others meanwhile.
      return Optional.empty();
    }
    var writes = EraseWrites.of(members, momentFor(members));
    if (!(store.transact(writes) instanceof WriteOutcome.Written)) {
      return Optional.empty();
    }
    metrics.add(Counter.ERASURES);
    return Optional.of(EraseOutcome.ERASED);
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
