package crowd.core.erase;

import crowd.core.directory.Searched;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.unlink.UnlinkJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The rest of an erasure: readers no longer see the user, his rows are still there.
 *
 * @param revision counts writes; 0 while nothing is stored
 * @param erasedAt what was received up to here goes
 * @param profileRevision of the profile's tombstone: directory entries of up to here go
 * @param due when the reconciler shall do the next sweep
 * @param ids the anonymous ids that were the user's
 * @param searched what the directory held of him
 */
public record EraseJob(
    WebsiteId website,
    UserId user,
    long revision,
    Instant erasedAt,
    long profileRevision,
    Phase phase,
    Instant due,
    List<AnonymousId> ids,
    List<Searched> searched) {

  /** Longer than any write of before can still be on its way. */
  public static final Duration LATE_SWEEP_AFTER = UnlinkJob.LATE_SWEEP_AFTER;

  public EraseJob {
    ids = List.copyOf(ids);
    searched = List.copyOf(searched);
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
      Instant erasedAt,
      long profileRevision,
      List<AnonymousId> ids,
      List<Searched> searched) {
    return new EraseJob(
        website, user, 0, erasedAt, profileRevision, Phase.FIRST_SWEEP, erasedAt, ids, searched);
  }

  EraseJob sweptOnce(Instant now) {
    return new EraseJob(
        website,
        user,
        revision,
        erasedAt,
        profileRevision,
        Phase.LATE_SWEEP,
        now.plus(LATE_SWEEP_AFTER),
        ids,
        searched);
  }
}
