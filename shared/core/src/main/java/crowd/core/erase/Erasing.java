package crowd.core.erase;

import crowd.core.claim.Withdraw;
import crowd.core.directory.DirectoryEntries;
import crowd.core.history.Decided;
import crowd.core.history.Decided.Kind;
import crowd.core.identity.Alias;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.message.Message;
import crowd.core.profile.Link;
import crowd.core.quarantine.Quarantine;
import crowd.core.run.Attempts;
import crowd.core.store.Key;
import crowd.core.store.Store;
import crowd.core.store.Write;
import crowd.core.store.WriteOutcome;
import crowd.core.table.AliasRow;
import crowd.core.table.EraseJobRow;
import crowd.core.table.HistoryRow;
import crowd.core.table.LinkRow;
import crowd.core.table.MergeRow;
import crowd.core.table.ProfileRow;
import crowd.core.table.Table;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Works the jobs that an erasure leaves. Every step may be repeated, by several at once. */
public final class Erasing {

  private final Store store;
  private final Table table;
  private final Ledger ledger;
  private final Release release;
  private final Withdraw withdraw;
  private final QuarantineSweep quarantine;
  private final Attempts attempts;
  private final InstantSource clock;

  public Erasing(Store store, Ledger ledger, Attempts attempts, InstantSource clock) {
    this.store = store;
    this.table = new Table(store);
    this.ledger = ledger;
    this.release = new Release(store, attempts);
    this.withdraw = new Withdraw(store, attempts);
    this.quarantine = new QuarantineSweep(new Quarantine(store, attempts));
    this.attempts = attempts;
    this.clock = clock;
  }

  /**
   * Does the next sweep of a job, if it is due.
   *
   * @throws crowd.core.store.StoreUnavailableException if it has to be done again
   */
  public void work(WebsiteId website, Key key) {
    var item = store.get(List.of(key)).get(key);
    if (item == null) {
      return;
    }
    var job = EraseJobRow.read(website, item);
    if (job.due().isAfter(clock.instant())) {
      return;
    }
    var relations = table.relations(website, job.user());
    var ids = anonymousIds(job, relations.links());
    attempts.settle(store, ledger.entries(website, job.user(), ids, job.erasedAt()));
    // The aliases first: a copy that is on its way then finds that its time is over.
    ids.forEach(id -> release.of(website, job.user(), id, job.erasedAt()));
    var sweep = new Sweep(store, attempts, job);
    ids.forEach(sweep::anonymous);
    forget(job, ids, relations.history());
    attempts.settle(
        store,
        relations.merged().stream()
            .filter(merged -> !merged.mergedAt().isAfter(job.erasedAt()))
            .map(MergeRow::deleteUpTo)
            .toList());
    sweep.user(table.aliases(website, ids).values());
    // His history does not tell of all: with an owner who was erased before him, it lost lines.
    sweep.claimed().forEach(id -> withdraw(job, id));
    revive(job, sweep.survivors());
    quarantine.remove(names(job, ids), job.erasedAt());
    switch (job.phase()) {
      case FIRST_SWEEP -> {
        attempts.settle(
            store,
            DirectoryEntries.removals(website, job.user(), job.searched(), job.profileRevision()));
        attempts.settle(store, List.of(EraseJobRow.write(job.sweptOnce(clock.instant()))));
      }
      case LATE_SWEEP -> end(job, relations.links(), ids);
    }
  }

  /** The ids that were the user's when he was erased. */
  private Set<AnonymousId> anonymousIds(EraseJob job, List<Link> links) {
    var aliases = table.aliases(job.website(), links.stream().map(Link::anonymousId).toList());
    // Somebody new may have claimed one and had it taken from him: then no link leads to it.
    var ids = new LinkedHashSet<>(job.ids());
    aliases.forEach((id, alias) -> {
      if (alias.isErasedWith(job.user(), job.erasedAt())
          || !alias.erasedAt().isBefore(job.erasedAt())) {
        ids.add(id);
      }
    });
    return ids;
  }

  private static List<String> names(EraseJob job, Set<AnonymousId> ids) {
    var names = new ArrayList<String>();
    names.add(job.user().value());
    ids.forEach(id -> names.add(id.value()));
    return names;
  }

  /**
   * An event that was received after the moment of the erasure may have been stored before its
   * tombstone: it is of somebody new, whose profile does not know it yet. Unless a later erasure
   * took him, too: its own job knows what came behind that.
   */
  private void revive(EraseJob job, List<Message> survivors) {
    if (survivors.isEmpty()) {
      return;
    }
    attempts.until(() -> {
      var profile = table.profile(job.website(), job.user());
      var next = profile;
      for (var message : survivors) {
        if (!profile.hasErased(message)) {
          next = next.seen(message.time());
        }
      }
      if (next.equals(profile)) {
        return Optional.of(true);
      }
      return DirectoryEntries.write(store, profile, next) instanceof WriteOutcome.Written
          ? Optional.of(true)
          : Optional.empty();
    });
  }

  private void withdraw(EraseJob job, AnonymousId id) {
    withdraw.of(job.website(), job.user(), id, job.erasedAt());
  }

  /** What was decided about the user, with him and with others whom it concerned. */
  private void forget(EraseJob job, Set<AnonymousId> ids, List<Decided> history) {
    var withOthers = new ArrayList<Write>();
    var own = new ArrayList<Write>();
    for (var decided : history) {
      if (decided.at().isAfter(job.erasedAt())) {
        continue;
      }
      switch (decided.kind()) {
        case USER_SWITCH, SHARED -> withdraw(job, new AnonymousId(decided.about()));
        case UNLINKED,
            CLAIMED_BY_OTHER,
            RETIRED,
            REFUSED_LIMIT,
            MERGED,
            MERGED_IN,
            UNMERGED,
            UNMERGED_FROM -> {}
      }
      decided.counterpart().ifPresent(other -> withOthers.add(withoutHim(decided, other, ids)));
      own.add(HistoryRow.delete(decided));
    }
    // His own lines last: by them whoever takes this up after a crash finds the others'.
    attempts.settle(store, withOthers);
    attempts.settle(store, own);
  }

  /**
   * Another's claim of an id that had ceased to be the user's goes on to stand with the id: his own
   * line of it has to stay, without the user, for his own erasure to find the claim. It names only
   * what he himself sent.
   */
  private Write withoutHim(Decided decided, UserId other, Set<AnonymousId> ids) {
    var remove = HistoryRow.deleteCounterpart(decided, other);
    if (decided.kind() != Kind.CLAIMED_BY_OTHER || ids.contains(new AnonymousId(decided.about()))) {
      return remove;
    }
    var key = HistoryRow.counterpart(decided, other);
    return Optional.ofNullable(store.get(List.of(key)).get(key))
        .map(item -> HistoryRow.read(decided.website(), item))
        .map(Decided::withoutCounterpart)
        .map(HistoryRow::write)
        .orElse(remove);
  }

  /**
   * Whether something was decided about the id after the erasure that has to last: it is somebody
   * else's, or a shared one, or sealed, or was taken from whoever claimed it since; be it by a
   * later erasure, whose own late sweep tells by the epoch which copies go.
   */
  private static boolean isDecidedSince(EraseJob job, Alias alias) {
    return alias.owner().isPresent()
        || alias.shared()
        || !alias.sealedAt().equals(Instant.MAX)
        || alias.unlinkedAt().isAfter(job.erasedAt())
        || alias.erasedAt().isAfter(job.erasedAt());
  }

  /** The tombstones have done their work, unless somebody new has come to stand in their place. */
  private void end(EraseJob job, List<Link> links, Set<AnonymousId> ids) {
    var deletes = new ArrayList<Write>();
    for (var link : links) {
      if (!link.linkedAt().isAfter(job.erasedAt())) {
        deletes.add(LinkRow.deleteUpTo(link));
      }
    }
    for (var alias : table.aliases(job.website(), ids).values()) {
      if (alias.revision() > 0 && !isDecidedSince(job, alias)) {
        deletes.add(AliasRow.delete(alias));
      }
    }
    attempts.settle(store, deletes);
    attempts.until(() -> endTombstone(job));
    attempts.settle(store, List.of(EraseJobRow.delete(job)));
  }

  private Optional<Boolean> endTombstone(EraseJob job) {
    var profile = table.profile(job.website(), job.user());
    boolean stands = profile.erased() && profile.erasedAt().equals(job.erasedAt());
    return !stands || store.write(ProfileRow.delete(profile)) instanceof WriteOutcome.Written
        ? Optional.of(true)
        : Optional.empty();
  }
}
