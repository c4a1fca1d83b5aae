package crowd.core.erase;

import crowd.core.directory.Searched;
import crowd.core.identity.Alias;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.unlink.UnlinkJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The rest of an erasure: readers no longer see the user, his rows are still there.
 *
 * @param revision counts writes; 0 while nothing is stored
 * @param since the erasure before, which has a job of its own; {@link Instant#MIN} for none
 * @param erasedAt what was received up to here goes
 * @param profileRevision of the profile's tombstone: directory entries of up to here go
 * @param due when the reconciler shall do the next sweep
 * @param ids the anonymous ids that were the user's
 * @param found what the directory held of him, or may still come to hold by a late write
 */
public record EraseJob(
    WebsiteId website,
    UserId user,
    long revision,
    Instant since,
    Instant erasedAt,
    long profileRevision,
    Phase phase,
    Instant due,
    List<AnonymousId> ids,
    List<Searched> found) {

  /** Longer than any write of before can still be on its way. */
  public static final Duration LATE_SWEEP_AFTER = UnlinkJob.LATE_SWEEP_AFTER;

  public EraseJob {
    ids = List.copyOf(ids);
    found = List.copyOf(found);
  }

  /** Which sweep comes next. */
  public enum Phase {
    /** At once, so that the data goes soon. */
    FIRST_SWEEP,
    /** After {@link #LATE_SWEEP_AFTER}: what was on its way has landed. The tombstones go too. */
    LATE_SWEEP
  }

  static EraseJob begin(
      WebsiteId website,
      UserId user,
      Instant since,
      Instant erasedAt,
      long profileRevision,
      List<AnonymousId> ids,
      List<Searched> found) {
    return new EraseJob(
        website,
        user,
        0,
        since,
        erasedAt,
        profileRevision,
        Phase.FIRST_SWEEP,
        erasedAt,
        ids,
        found);
  }

  /** Whether the id goes with this erasure, and not with the one before, for it was his then. */
  boolean takes(Alias alias) {
    return alias.isErasedWith(user, erasedAt) && !alias.isErasedWith(user, since);
  }

  EraseJob sweptOnce(Instant now, List<Searched> more) {
    var all = new ArrayList<>(found);
    more.stream().filter(searched -> !all.contains(searched)).forEach(all::add);
    return new EraseJob(
        website,
        user,
        revision,
        since,
        erasedAt,
        profileRevision,
        Phase.LATE_SWEEP,
        now.plus(LATE_SWEEP_AFTER),
        ids,
        all);
  }
}
