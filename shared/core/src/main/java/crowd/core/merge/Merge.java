package crowd.core.merge;

import crowd.core.directory.DirectoryEntries;
import crowd.core.history.Because;
import crowd.core.history.Decided;
import crowd.core.history.Decided.Kind;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.observe.Counter;
import crowd.core.observe.Metrics;
import crowd.core.profile.Profile;
import crowd.core.run.Attempts;
import crowd.core.store.Store;
import crowd.core.store.StoreUnavailableException;
import crowd.core.store.WriteOutcome;
import crowd.core.table.HistoryRow;
import crowd.core.table.MergeRow;
import crowd.core.table.ProfileRow;
import crowd.core.table.Table;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes two users one person, or takes it back (R4). Only a pointer is written, from one root to
 * another and with both checked in one transaction: pointers can form no cycle, and nothing of
 * either user is copied, so that taking it back is exact.
 */
public final class Merge {

  private final Store store;
  private final Table table;
  private final Unions unions;
  private final Attempts attempts;
  private final InstantSource clock;
  private final Metrics metrics;

  public Merge(Store store, Attempts attempts, InstantSource clock, Metrics metrics) {
    this.store = store;
    this.table = new Table(store);
    this.unions = new Unions(store);
    this.attempts = attempts;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * Merges the person of one user into that of another.
   *
   * @param into who the person is from now on; known afterwards, even if nobody had seen him
   */
  public MergeOutcome apply(
      WebsiteId website, UserId user, UserId into, Instant time, Because because) {
    var trial = new Trial();
    return guarded(() -> attempts.until(() -> merge(trial, website, user, into, time, because)));
  }

  /** Whether this call has sent the transaction before: what it then finds done is its own. */
  private static final class Trial {
    private boolean sent;

    MergeOutcome found(MergeOutcome own) {
      return sent ? own : MergeOutcome.UNCHANGED;
    }
  }

  private Optional<MergeOutcome> merge(
      Trial trial, WebsiteId website, UserId user, UserId into, Instant time, Because because) {
    var child = unions.root(website, user);
    var parent = unions.root(website, into);
    if (child.user().equals(parent.user())) {
      return unions.areOne(website, user, into)
          ? Optional.of(trial.found(MergeOutcome.MERGED))
          : Optional.empty();
    }
    if (members(child) + members(parent) > Unions.MAX_MEMBERS) {
      return Optional.of(MergeOutcome.REFUSED_LIMIT);
    }
    var now = parent.afterErasure(child.afterErasure(clock.instant()));
    var merged = known(child, time).mergedInto(parent.user());
    var known = known(parent, time);
    var mine = decided(merged, Kind.MERGED, parent.user(), now, because);
    var writes = new ArrayList<>(DirectoryEntries.profile(child, merged));
    writes.addAll(DirectoryEntries.profile(parent, known));
    writes.add(
        MergeRow.write(
            new MergedIn(website, parent.user(), child.user(), now, because.messageId())));
    writes.add(HistoryRow.write(mine));
    writes.add(HistoryRow.write(inverse(mine, parent.user(), Kind.MERGED_IN)));
    trial.sent = true;
    return written(MergeOutcome.MERGED, store.transact(writes));
  }

  /**
   * Takes back that a user was merged, with all who had been merged into him before.
   *
   * @param from anyone of the person
   */
  public MergeOutcome undo(WebsiteId website, UserId user, UserId from, Because because) {
    var trial = new Trial();
    return guarded(() -> attempts.until(() -> unmerge(trial, website, user, from, because)));
  }

  private Optional<MergeOutcome> unmerge(
      Trial trial, WebsiteId website, UserId user, UserId from, Because because) {
    var child = table.profile(website, user);
    if (child.parent().isEmpty()) {
      return Optional.of(trial.found(MergeOutcome.UNMERGED));
    }
    if (!unions.areOne(website, user, from)) {
      return Optional.of(trial.found(MergeOutcome.UNMERGED));
    }
    var parent = child.parent().get();
    var alone = child.mergedInto(null);
    var now = child.afterErasure(clock.instant());
    var mine = decided(alone, Kind.UNMERGED, parent, now, because);
    trial.sent = true;
    return written(
        MergeOutcome.UNMERGED,
        store.transact(
            List.of(
                ProfileRow.write(alone),
                MergeRow.delete(website, parent, user),
                HistoryRow.write(mine),
                HistoryRow.write(inverse(mine, parent, Kind.UNMERGED_FROM)))));
  }

  /** Whom nobody has seen is there from now on; who is there stays as he is, to be taken apart. */
  private static Profile known(Profile profile, Instant time) {
    return profile.exists() ? profile : profile.seen(time);
  }

  private int members(Profile root) {
    return unions.of(root).members().size();
  }

  private static Decided decided(
      Profile next, Kind kind, UserId parent, Instant now, Because because) {
    return new Decided(
        next.website(),
        next.user(),
        kind,
        parent.value(),
        parent,
        now,
        because.source(),
        because.messageId(),
        Decided.by(next.revision() + 1, now));
  }

  private static Decided inverse(Decided mine, UserId parent, Kind kind) {
    return new Decided(
        mine.website(),
        parent,
        kind,
        mine.user().value(),
        mine.user(),
        mine.at(),
        mine.source(),
        mine.messageId(),
        mine.discriminator());
  }

  private Optional<MergeOutcome> written(MergeOutcome outcome, WriteOutcome ending) {
    if (!(ending instanceof WriteOutcome.Written)) {
      return Optional.empty();
    }
    metrics.add(Counter.MERGES);
    return Optional.of(outcome);
  }

  private MergeOutcome guarded(Supplier<MergeOutcome> work) {
    try {
      return work.get();
    } catch (StoreUnavailableException _) {
      metrics.add(Counter.UNAVAILABLE);
      return MergeOutcome.UNAVAILABLE;
    }
  }
}
