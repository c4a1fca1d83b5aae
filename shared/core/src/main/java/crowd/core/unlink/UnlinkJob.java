package crowd.core.unlink;

import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import java.time.Duration;
import java.time.Instant;

/**
 * The rest of an unlink: the alias is already nobody's, the copies of its events still lie in the
 * user's partition, where readers no longer show them.
 *
 * @param user whose timeline the copies leave
 * @param revision counts writes; 0 while nothing is stored
 * @param epoch of the alias after the unlink: copies of an earlier one go
 * @param due when the reconciler shall do the next sweep
 */
public record UnlinkJob(
    WebsiteId website,
    UserId user,
    AnonymousId id,
    long revision,
    long epoch,
    Phase phase,
    Instant due) {

  /** Longer than any write of the old epoch can still be on its way. */
  public static final Duration LATE_SWEEP_AFTER = Duration.ofMinutes(20);

  /** Which sweep comes next. */
  public enum Phase {
    /** At once, so that the copies go soon. */
    FIRST_SWEEP,
    /** After {@link #LATE_SWEEP_AFTER}: nobody writes copies of the old epoch any more. */
    LATE_SWEEP
  }

  public static UnlinkJob begin(
      WebsiteId website, UserId user, AnonymousId id, long epoch, Instant now) {
    return new UnlinkJob(website, user, id, 0, epoch, Phase.FIRST_SWEEP, now);
  }

  UnlinkJob sweptOnce(Instant now) {
    return new UnlinkJob(
        website, user, id, revision, epoch, Phase.LATE_SWEEP, now.plus(LATE_SWEEP_AFTER));
  }
}
