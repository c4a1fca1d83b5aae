package crowd.core.claim;

import crowd.core.claim.Decision.Linking;
import crowd.core.directory.DirectoryEntries;
import crowd.core.history.Decided;
import crowd.core.history.Decided.Kind;
import crowd.core.identity.Alias;
import crowd.core.identity.Claimable;
import crowd.core.identity.Ownership;
import crowd.core.observe.Counter;
import crowd.core.observe.Metrics;
import crowd.core.profile.Link;
import crowd.core.profile.Profile;
import crowd.core.run.Attempts;
import crowd.core.store.Store;
import crowd.core.store.StoreUnavailableException;
import crowd.core.store.WriteOutcome;
import crowd.core.table.AliasRow;
import crowd.core.table.HistoryRow;
import crowd.core.table.LinkRow;
import crowd.core.table.Table;
import crowd.core.unlink.UnlinkWrites;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a message with a user id does: to the user's profile, and to the anonymous id if it
 * names one. Rules R3, R4 and R6 are applied here, each by one conditional write or transaction on
 * what was read strongly just before.
 */
public final class Claims {

  /** Anonymous ids that one user can have been given. */
  public static final int MAX_LINKS = 500;

  /** New links of one user within an hour of the clock. */
  public static final int MAX_LINKS_AN_HOUR = 20;

  /** When the reconciler looks after the copies; the consumer should have made them by then. */
  public static final Duration LOOK_AFTER = Duration.ofMinutes(2);

  private final Store store;
  private final Table table;
  private final Withdraw withdraw;
  private final Attempts attempts;
  private final InstantSource clock;
  private final Metrics metrics;

  public Claims(Store store, Attempts attempts, InstantSource clock, Metrics metrics) {
    this.store = store;
    this.table = new Table(store);
    this.withdraw = new Withdraw(store, attempts);
    this.attempts = attempts;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * Joins the traits into the user's profile and claims the anonymous id for him. Nothing is
   * written if nothing differs.
   *
   * @throws StoreUnavailableException if it is not known to be decided; safe to repeat
   * @throws ContendedException likewise, since others were first each time
   */
  public Decision decide(Claim claim) {
    var trial = new Trial(claim);
    try {
      return attempts.until(trial::attempt);
    } catch (StoreUnavailableException e) {
      throw trial.store.wonEachTime() ? new ContendedException() : e;
    }
  }

  /** One claim on its way to a decision. */
  private final class Trial {

    private final Claim claim;
    private final Rivals store = new Rivals(Claims.this.store);

    /**
     * What was there before the first attempt. The caller is told the difference to this, so that
     * an attempt which took effect while its answer was lost counts as his own.
     */
    private Table.@Nullable Standing first;

    Trial(Claim claim) {
      this.claim = claim;
    }

    /** Empty if another writer was in between, or the end is not known. */
    Optional<Decision> attempt() {
      var standing = table.standing(claim.website(), claim.user(), claim.id());
      if (first == null) {
        first = standing;
      }
      var profile = standing.profile();
      if (!claim.receivedAt().isAfter(profile.erasedAt())) {
        claim
            .id()
            .ifPresent(id -> withdraw.of(claim.website(), claim.user(), id, profile.erasedAt()));
        return Optional.of(new Decision.Erased(profile.erasedAt()));
      }
      var takenBack = standing.alias().filter(alias -> alias.hasTakenBack(claim.receivedAt()));
      if (takenBack.isPresent()) {
        return Optional.of(new Decision.TakenBack(takenBack.get()));
      }
      var joined = profile.traits().join(claim.traits());
      if (!joined.equals(profile.traits()) && joined.isTooLarge()) {
        return Optional.of(new Decision.TraitsTooLarge());
      }
      var wanted = profile.withTraits(joined);
      return standing.alias().isEmpty()
          ? save(profile, wanted).map(saved -> decided(saved, Linking.NONE))
          : claim(profile, wanted, asOf(profile, standing.alias().get()));
    }

    /**
     * Whose id it was before his erasure, it is no more, and what he claimed then, he did not, even
     * if nobody has got round to it.
     */
    private Alias asOf(Profile profile, Alias alias) {
      return alias.isErasedWith(claim.user(), profile.erasedAt())
          ? alias.erased(profile.erasedAt())
          : alias.withoutClaimOf(claim.user(), profile.erasedAt());
    }

    private Optional<Decision> claim(Profile profile, Profile wanted, Alias alias) {
      return switch (alias.claimableBy(claim.user(), claim.earliest())) {
        case OPEN ->
            isAtLimit(profile)
                ? save(profile, wanted).filter(this::refuse).map(this::refused)
                : link(profile, wanted, alias);
        case OWN ->
            save(profile, wanted)
                .filter(saved -> claimEarlier(alias))
                .map(saved -> decided(saved, Linking.OWN));
        case OTHERS ->
            save(profile, wanted)
                .filter(saved -> claim.isGuess() || switchUser(alias))
                .map(saved -> decided(saved, Linking.USER_SWITCH));
        case RETIRED ->
            save(profile, wanted)
                .filter(saved -> retire(alias))
                .map(saved -> decided(saved, Linking.RETIRED));
      };
    }

    private boolean isAtLimit(Profile profile) {
      return profile.links() >= MAX_LINKS
          || profile.linksInHourOf(clock.instant()) >= MAX_LINKS_AN_HOUR;
    }

    private Decision refused(Profile saved) {
      metrics.add(Counter.REFUSED_LINKS);
      return decided(saved, Linking.REFUSED_LIMIT);
    }

    /** Writes the profile without an id, if it has to be written. */
    private Optional<Profile> save(Profile before, Profile wanted) {
      var seen = claim.seen(wanted);
      boolean differs = claim.marksSeen() ? !seen.equals(before) : !wanted.equals(before);
      if (before.exists() && !differs) {
        return Optional.of(before);
      }
      return DirectoryEntries.write(store, before, seen) instanceof WriteOutcome.Written
          ? Optional.of(seen)
          : Optional.empty();
    }

    private Optional<Decision> link(Profile before, Profile wanted, Alias alias) {
      var now = before.afterErasure(clock.instant());
      var after = claim.seen(wanted).linked(now);
      var ownership =
          new Ownership(claim.user(), now, claim.earliest(), claim.source(), claim.messageId());
      var linked = alias.linkedTo(ownership, claim.receivedAt(), now.plus(LOOK_AFTER));
      var link =
          new Link(
              claim.website(),
              claim.user(),
              alias.id(),
              linked.epoch(),
              now,
              claim.source(),
              claim.messageId());
      var writes = new ArrayList<>(List.of(AliasRow.write(linked), LinkRow.write(link)));
      writes.addAll(DirectoryEntries.profile(before, after));
      if (!(store.transact(writes) instanceof WriteOutcome.Written)) {
        return Optional.empty();
      }
      metrics.add(Counter.LINKS);
      return Optional.of(decided(after, Linking.LINKED));
    }

    /** What the user did under the id before this claim, too, was before he was identified. */
    private boolean claimEarlier(Alias alias) {
      return alias.ownership() == null
          || !claim.earliest().isBefore(alias.ownership().claimedAt())
          || store.write(AliasRow.write(alias.claimedAt(claim.earliest())))
              instanceof WriteOutcome.Written;
    }

    private boolean switchUser(Alias alias) {
      if (alias.becomesSharedBy(claim.user())) {
        return share(alias);
      }
      var next =
          alias.switched(
              claim.user(), claim.earliest(), claim.receivedAt(), clock.instant().plus(LOOK_AFTER));
      var owner = table.profile(claim.website(), alias.owner().orElseThrow());
      if (alias.isErasedWith(owner.user(), owner.erasedAt())) {
        return release(alias, owner);
      }
      if (next.equals(alias)) {
        return true;
      }
      var mine = decided(next, owner, Kind.USER_SWITCH);
      metrics.add(Counter.USER_SWITCHES);
      var outcome =
          store.transact(
              List.of(
                  AliasRow.write(next),
                  HistoryRow.write(mine),
                  HistoryRow.write(seenByOwner(mine, alias, Kind.CLAIMED_BY_OTHER))));
      return outcome instanceof WriteOutcome.Written;
    }

    /** Takes the id from its owner, in one transaction with the job that takes the copies back. */
    private boolean share(Alias alias) {
      var owner = table.profile(claim.website(), alias.owner().orElseThrow());
      if (alias.isErasedWith(owner.user(), owner.erasedAt())) {
        return release(alias, owner);
      }
      var shared = alias.madeShared();
      var mine = decided(shared, owner, Kind.SHARED);
      var writes = new ArrayList<>(UnlinkWrites.of(alias, shared, owner, clock.instant()));
      writes.add(HistoryRow.write(mine));
      writes.add(HistoryRow.write(seenByOwner(mine, alias, Kind.SHARED)));
      if (!(store.transact(writes) instanceof WriteOutcome.Written)) {
        return false;
      }
      metrics.add(Counter.SHARED_IDS);
      return true;
    }

    /**
     * The owner was erased, and nobody has got round to this id: it is nobody's first, marked as
     * erased with him, so that the job of the erasure still knows it. Then the claim begins again.
     *
     * @return false
     */
    private boolean release(Alias alias, Profile owner) {
      store.write(AliasRow.write(alias.erased(owner.erasedAt())));
      return false;
    }

    /**
     * What the next state of an alias decides about the user of the claim. It counts as of the
     * claim's arrival: an erasure of him that comes in between takes it along.
     */
    private Decided decided(Alias next, Profile owner, Kind kind) {
      return new Decided(
          claim.website(),
          claim.user(),
          kind,
          next.id().value(),
          owner.user(),
          claim.receivedAt(),
          claim.source(),
          claim.messageId(),
          Decided.by(next.revision() + 1, clock.instant()));
    }

    private static Decided seenByOwner(Decided mine, Alias alias, Kind kind) {
      var ownership = Objects.requireNonNull(alias.ownership());
      return mine.seenByOwner(ownership.user(), kind, ownership.linkedAt());
    }

    /**
     * Remembers the first refusal for this id: a page that sends it again adds nothing. Unless it
     * stands for an owner who was erased: what sealed it has gone with him.
     */
    private boolean retire(Alias alias) {
      return alias
          .owner()
          .map(user -> table.profile(claim.website(), user))
          .filter(owner -> alias.isErasedWith(owner.user(), owner.erasedAt()))
          .map(owner -> release(alias, owner))
          .orElseGet(() -> remember(Kind.RETIRED, alias.id().value(), "retired"));
    }

    /** Remembers the first refusal of the hour: a junk user id meets very many. */
    private boolean refuse(Profile saved) {
      var hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
      var id = claim.id().orElseThrow().value();
      return remember(Kind.REFUSED_LIMIT, id, "limit-" + hour.toEpochMilli());
    }

    private boolean remember(Kind kind, String about, String discriminator) {
      var decided =
          new Decided(
              claim.website(),
              claim.user(),
              kind,
              about,
              null,
              claim.receivedAt(),
              claim.source(),
              claim.messageId(),
              discriminator);
      var key = HistoryRow.key(decided);
      return store.get(List.of(key)).containsKey(key)
          || Attempts.isSettled(store.write(HistoryRow.writeFirst(decided)));
    }

    private Decision decided(Profile after, Linking linking) {
      var before = first == null ? after : first.profile();
      boolean wasOwn = first != null && first.alias().stream().anyMatch(this::isOwn);
      return new Decision.Decided(
          before, after, linking == Linking.OWN && !wasOwn ? Linking.LINKED : linking);
    }

    private boolean isOwn(Alias alias) {
      return alias.claimableBy(claim.user(), claim.earliest()) == Claimable.OWN;
    }
  }
}
