package crowd.core.identity;

import crowd.core.message.Message;
import crowd.core.store.Attribute;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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
 * @param erasedAt what was received up to here was erased; {@link Instant#MIN} while nothing was
 * @param unlinkedAt when the last link was taken back, on the server's clock: claims that were
 *     received before are taken back with it; {@link Instant#MIN} while none was
 * @param claims the users who claimed the id before its reset, and when each of these claims was
 *     received; none once it is a shared one
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
    Instant erasedAt,
    Instant unlinkedAt,
    SortedMap<UserId, Instant> claims,
    boolean shared,
    Map<String, Attribute> rest) {

  /** Different users that make an id a shared one. */
  public static final int SHARED_BY = 3;

  public Alias {
    claims = Collections.unmodifiableSortedMap(new TreeMap<>(claims));
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
        Instant.MIN,
        Instant.MIN,
        new TreeMap<>(),
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
   * Whether a claim that was received at this time was taken back since, by an unlink or with a
   * person who was erased: it decides nothing any more.
   */
  public boolean hasTakenBack(Instant receivedAt) {
    return !receivedAt.isAfter(erasedAt) || receivedAt.isBefore(unlinkedAt);
  }

  /** R2: whether an anonymous event of this id belongs to the owner. */
  public boolean owns(Message event) {
    return owns(event.time(), event.expires()) && !hasErased(event);
  }

  /**
   * The rule itself, for an event that was not erased.
   *
   * @param expires when the event's retention ends; decided against the time of the link, never
   *     against now
   */
  boolean owns(Instant eventTime, Instant expires) {
    return ownership != null
        && !eventTime.isAfter(sealedAt)
        && expires.isAfter(ownership.linkedAt());
  }

  /**
   * Now; and later than the link and the claim that made it, if by their clocks these are still to
   * come: taken back at this time, neither counts again.
   */
  public Instant afterLink(Instant now) {
    if (ownership == null) {
      return now;
    }
    var claimed = claims.getOrDefault(ownership.user(), Instant.MIN);
    var last = claimed.isAfter(ownership.linkedAt()) ? claimed : ownership.linkedAt();
    return last.isAfter(now) ? last.plusMillis(1) : now;
  }

  /** Whether the event was there when its person was erased: it must not come back. */
  public boolean hasErased(Message event) {
    return !event.receivedAt().isAfter(erasedAt);
  }

  /** Whether the id is this user's since before his erasure: it goes with him. */
  public boolean isErasedWith(UserId user, Instant erasure) {
    return ownership != null
        && ownership.user().equals(user)
        && !ownership.linkedAt().isAfter(erasure);
  }

  /** R2: whether an anonymous event of this id belongs to this user. */
  public boolean owns(UserId user, Message event) {
    return ownedBy(user) && owns(event);
  }

  /**
   * The next state once the id is the user's. The copies wait from {@code due} on.
   *
   * @param receivedAt when the claim was received
   */
  public Alias linkedTo(Ownership newOwnership, Instant receivedAt, Instant newDue) {
    var next = new Next(this);
    next.epoch++;
    next.ownership = newOwnership;
    next.backfill(CopyState.PENDING, newDue);
    next.claims.put(newOwnership.user(), receivedAt);
    return next.alias();
  }

  /**
   * The next state after one more message in which the owner names the id, at an earlier time than
   * any before.
   */
  public Alias claimedAt(Instant earlier) {
    if (ownership == null) {
      throw new IllegalStateException("no owner to claim");
    }
    var next = new Next(this);
    next.ownership = ownership.claimedBy(earlier);
    return next.alias();
  }

  /** The next state after a reset. One of before an erasure of the owner is forgotten with it. */
  public Alias reset(Instant at, Instant newDue) {
    if (!at.isAfter(erasedAt)) {
      return this;
    }
    var next = new Next(this);
    next.resetAt = earlier(resetAt, at);
    next.seal(at, newDue);
    return next.alias();
  }

  /**
   * The next state after another user's claim: what comes after it stands for nobody.
   *
   * @param receivedAt when the claim was received
   */
  public Alias switched(UserId claimant, Instant at, Instant receivedAt, Instant newDue) {
    var next = new Next(this);
    next.claims.putIfAbsent(claimant, receivedAt);
    next.seal(at, newDue);
    return next.alias();
  }

  /** Whether this user's claim would be the one that makes the id a shared one. */
  public boolean becomesSharedBy(UserId claimant) {
    return !claims.containsKey(claimant) && claims.size() + 1 >= SHARED_BY;
  }

  /**
   * The next state once too many users have claimed the id, whoever they were: nobody's, for ever.
   */
  public Alias madeShared() {
    var next = new Next(this);
    next.release();
    next.claims.clear();
    next.shared = true;
    return next.alias();
  }

  /**
   * The next state after an unlink: nobody's, and free for the next claim as if the owner had never
   * made his. What was received before and names the id does not link it when it comes again.
   */
  public Alias unlinked(Instant at) {
    var next = new Next(this);
    next.unlinkedAt = unlinkedAt.isAfter(at) ? unlinkedAt : at;
    owner().ifPresent(owner -> next.claims.remove(owner));
    next.release();
    return next.alias();
  }

  /**
   * The next state once the owner was erased: nobody's, and nothing of before comes back. Who
   * claimed the id before, and what sealed it, is forgotten with it; a reset since seals it for
   * whoever comes next.
   */
  public Alias erased(Instant at) {
    var next = new Next(this);
    next.claims.clear();
    next.release();
    next.erasedAt = erasedAt.isAfter(at) ? erasedAt : at;
    next.resetAt = resetAt.isAfter(at) ? resetAt : Instant.MAX;
    next.sealedAt = sealedAt.isAfter(at) ? sealedAt : next.resetAt;
    return next.alias();
  }

  /**
   * The next state without the claim of somebody who was erased since it was received. One of
   * somebody new with the same user id stays.
   */
  public Alias withoutClaimOf(UserId claimant, Instant erasure) {
    if (claims.getOrDefault(claimant, Instant.MAX).isAfter(erasure)) {
      return this;
    }
    var next = new Next(this);
    next.claims.remove(claimant);
    return next.alias();
  }

  /** The next state midway in the backfill. */
  public Alias scannedTo(String newCursor, long newScanned, Instant newDue) {
    var next = new Next(this);
    next.cursor = newCursor;
    next.scanned = newScanned;
    next.due = newDue;
    return next.alias();
  }

  /**
   * The next state at the end of the backfill.
   *
   * @param lastLook when, if a seal came, the copies are looked at once more: later than any write
   *     of before it can land
   */
  public Alias settled(Instant lastLook) {
    var next = new Next(this);
    boolean isLast = copies == CopyState.TRIMMED || sealedAt.equals(Instant.MAX);
    next.backfill(isLast ? CopyState.DONE : CopyState.TRIMMED, isLast ? null : lastLook);
    return next.alias();
  }

  /** The next state once there are too many events to copy. */
  public Alias lazy() {
    var next = new Next(this);
    next.backfill(CopyState.LAZY, null);
    return next.alias();
  }

  /** Whether somebody has to work on the copies now. */
  public boolean waitsAt(Instant now) {
    return copies.waits() && (copies != CopyState.TRIMMED || due == null || !due.isAfter(now));
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  /** A next state in the making. */
  private static final class Next {

    private final Alias before;
    private final NavigableMap<UserId, Instant> claims;
    private long epoch;
    private @Nullable Ownership ownership;
    private CopyState copies;
    private @Nullable String cursor;
    private long scanned;
    private @Nullable Instant due;
    private Instant sealedAt;
    private Instant resetAt;
    private Instant erasedAt;
    private Instant unlinkedAt;
    private boolean shared;

    Next(Alias before) {
      this.before = before;
      this.claims = new TreeMap<>(before.claims);
      this.epoch = before.epoch;
      this.ownership = before.ownership;
      this.copies = before.copies;
      this.cursor = before.cursor;
      this.scanned = before.scanned;
      this.due = before.due;
      this.sealedAt = before.sealedAt;
      this.resetAt = before.resetAt;
      this.erasedAt = before.erasedAt;
      this.unlinkedAt = before.unlinkedAt;
      this.shared = before.shared;
    }

    /** Copies are in this state, and a backfill begins at the beginning. */
    void backfill(CopyState state, @Nullable Instant newDue) {
      copies = state;
      cursor = null;
      scanned = 0;
      due = newDue;
    }

    void release() {
      epoch++;
      ownership = null;
      backfill(CopyState.NONE, null);
    }

    void seal(Instant at, Instant newDue) {
      if (!at.isBefore(sealedAt)) {
        return;
      }
      var next =
          switch (copies) {
            case PENDING, TRIMMING, NONE, LAZY -> copies;
            case DONE, TRIMMED -> CopyState.TRIMMING;
          };
      epoch++;
      sealedAt = at;
      backfill(next, next.waits() ? newDue : null);
    }

    Alias alias() {
      return new Alias(
          before.website,
          before.id,
          before.revision,
          epoch,
          ownership,
          copies,
          cursor,
          scanned,
          due,
          sealedAt,
          resetAt,
          erasedAt,
          unlinkedAt,
          claims,
          shared,
          before.rest);
    }
  }
}
