package crowd.core.identity;

import crowd.core.store.Attribute;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which user an anonymous id belongs to. The rules R2, R3 and R6 are methods here: pure, each
 * answering the next state.
 *
 * @param revision counts writes; 0 while nothing is stored
 * @param epoch counts decisions (link, seal, unlink): a copy that was written under an older one
 *     may be overruled
 * @param ownership null while the id belongs to nobody
 * @param cursor sort key behind which the backfill goes on; null at its beginning
 * @param scanned events that the backfill has seen up to the cursor
 * @param due when the reconciler shall look, while the copies wait; else null
 * @param sealedAt from here on the id stands for nobody new; {@link Instant#MAX} while it is open
 * @param resetAt the earliest reset; {@link Instant#MAX} while there was none. Never before {@code
 *     sealedAt}
 * @param claims the users who claimed the id before its reset, at most three
 * @param shared a third user claimed it: a kiosk, a cached page. Never linked again
 * @param rest attributes of a newer version, kept as they are
 */
public record Alias(
    WebsiteId website,
    AnonymousId id,
    long revision,
    long epoch,
    @Nullable Ownership ownership,
    CopyState copies,
    @Nullable String cursor,
    long scanned,
    @Nullable Instant due,
    Instant sealedAt,
    Instant resetAt,
    SortedSet<UserId> claims,
    boolean shared,
    Map<String, Attribute> rest) {

  /** Different users that make an id a shared one. */
  public static final int SHARED_BY = 3;

  public Alias {
    claims = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(claims));
    rest = Map.copyOf(rest);
  }

  /** The alias of an id that nobody has claimed or reset. */
  public static Alias unclaimed(WebsiteId website, AnonymousId id) {
    return new Alias(
        website,
        id,
        0,
        0,
        null,
        CopyState.NONE,
        null,
        0,
        null,
        Instant.MAX,
        Instant.MAX,
        new TreeSet<>(),
        false,
        Map.of());
  }

  public Optional<UserId> owner() {
    return Optional.ofNullable(ownership).map(Ownership::user);
  }

  /** Whether nothing was decided between the two: same owner, same epoch. */
  public boolean isOfSameDecision(Alias other) {
    return epoch == other.epoch && owner().equals(other.owner());
  }

  public boolean ownedBy(UserId user) {
    return ownership != null && ownership.user().equals(user);
  }

  /**
   * What a claim by this user, made at this time, meets. One made before the reset may arrive after
   * it.
   */
  public Claimable claimableBy(UserId user, Instant claim) {
    if (ownedBy(user)) {
      return Claimable.OWN;
    }
    if (ownership == null && !shared && !claim.isAfter(sealedAt)) {
      return Claimable.OPEN;
    }
    return ownership != null && !claim.isAfter(resetAt) ? Claimable.OTHERS : Claimable.RETIRED;
  }

  /**
   * R2: whether an anonymous event of this id belongs to the owner.
   *
   * @param expires when the event's retention ends; decided against the time of the link, never
   *     against now
   */
  public boolean owns(Instant eventTime, Instant expires) {
    return ownership != null
        && !eventTime.isAfter(sealedAt)
        && expires.isAfter(ownership.linkedAt());
  }

  /** The next state once the id is the user's. The copies wait from {@code due} on. */
  public Alias linkedTo(Ownership newOwnership, Instant newDue) {
    return new Alias(
        website,
        id,
        revision,
        epoch + 1,
        newOwnership,
        CopyState.PENDING,
        null,
        0,
        newDue,
        sealedAt,
        resetAt,
        with(newOwnership.user()),
        shared,
        rest);
  }

  /**
   * The next state after one more message in which the owner names the id, at an earlier time than
   * any before.
   */
  public Alias claimedAt(Instant earlier) {
    if (ownership == null) {
      throw new IllegalStateException("no owner to claim");
    }
    return new Alias(
        website,
        id,
        revision,
        epoch,
        ownership.claimedBy(earlier),
        copies,
        cursor,
        scanned,
        due,
        sealedAt,
        resetAt,
        claims,
        shared,
        rest);
  }

  /** The next state after a reset. */
  public Alias reset(Instant at, Instant newDue) {
    return new Alias(
            website,
            id,
            revision,
            epoch,
            ownership,
            copies,
            cursor,
            scanned,
            due,
            sealedAt,
            earlier(resetAt, at),
            claims,
            shared,
            rest)
        .sealed(at, newDue);
  }

  /** The next state after another user's claim: what comes after it stands for nobody. */
  public Alias switched(UserId claimant, Instant at, Instant newDue) {
    return new Alias(
            website,
            id,
            revision,
            epoch,
            ownership,
            copies,
            cursor,
            scanned,
            due,
            sealedAt,
            resetAt,
            with(claimant),
            shared,
            rest)
        .sealed(at, newDue);
  }

  /** Whether this user's claim would be the one that makes the id a shared one. */
  public boolean becomesSharedBy(UserId claimant) {
    return !claims.contains(claimant) && claims.size() + 1 >= SHARED_BY;
  }

  /** The next state once too many users have claimed the id: nobody's, for ever. */
  public Alias shared(UserId claimant) {
    return new Alias(
        website,
        id,
        revision,
        epoch + 1,
        null,
        CopyState.NONE,
        null,
        0,
        null,
        sealedAt,
        resetAt,
        with(claimant),
        true,
        rest);
  }

  /** The next state midway in the backfill. */
  public Alias scannedTo(String newCursor, long newScanned, Instant newDue) {
    return new Alias(
        website,
        id,
        revision,
        epoch,
        ownership,
        copies,
        newCursor,
        newScanned,
        newDue,
        sealedAt,
        resetAt,
        claims,
        shared,
        rest);
  }

  /** The next state at the end of the backfill: {@code DONE} or {@code LAZY}. */
  public Alias settled(CopyState end) {
    return new Alias(
        website, id, revision, epoch, ownership, end, null, 0, null, sealedAt, resetAt, claims,
        shared, rest);
  }

  private Alias sealed(Instant at, Instant newDue) {
    if (!at.isBefore(sealedAt)) {
      return this;
    }
    var next =
        switch (copies) {
          case PENDING, TRIMMING, NONE, LAZY -> copies;
          case DONE -> CopyState.TRIMMING;
        };
    return new Alias(
        website,
        id,
        revision,
        epoch + 1,
        ownership,
        next,
        null,
        0,
        next.waits() ? newDue : null,
        at,
        resetAt,
        claims,
        shared,
        rest);
  }

  private SortedSet<UserId> with(UserId claimant) {
    var more = new TreeSet<>(claims);
    more.add(claimant);
    return more;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
