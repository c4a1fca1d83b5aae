package crowd.core.history;

import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One decision about a user, as it is kept with him. A link that stands is not among them: its own
 * row says when and why.
 *
 * @param user in whose history it stands
 * @param about the anonymous id or the other user that it is about
 * @param other the other user whom it concerns; null if there is none
 * @param at on the server's clock: a refused claim counts as of its arrival, with the id's owner
 *     not before the id was his
 * @param source what asked for it: the type of the message, or of the request
 * @param messageId of the message, or the id of the request
 * @param discriminator tells apart what happens at one moment: the same for the same decision
 */
public record Decided(
    WebsiteId website,
    UserId user,
    Kind kind,
    String about,
    @Nullable UserId other,
    Instant at,
    String source,
    String messageId,
    String discriminator) {

  /** What was decided. */
  public enum Kind {
    /** The anonymous id was the user's until now. */
    UNLINKED,
    /** The user claimed an anonymous id that is another's: nothing was linked. */
    USER_SWITCH,
    /** Another user claimed the user's anonymous id, and did not get it. */
    CLAIMED_BY_OTHER,
    /** A third user claimed the anonymous id: it was taken from the user, and is nobody's now. */
    SHARED,
    /** The anonymous id had been reset before the user claimed it. */
    RETIRED,
    /** The user has too many links, or too many new ones. */
    REFUSED_LIMIT,
    /** The user was merged into another. */
    MERGED,
    /** Another was merged into the user. */
    MERGED_IN,
    /** The user stands for himself again. */
    UNMERGED,
    /** Another who had been merged into the user stands for himself again. */
    UNMERGED_FROM;

    /** Whether it is about another user; else it is about an anonymous id. */
    public boolean isOfUsers() {
      return switch (this) {
        case MERGED, MERGED_IN, UNMERGED, UNMERGED_FROM -> true;
        case UNLINKED, USER_SWITCH, CLAIMED_BY_OTHER, SHARED, RETIRED, REFUSED_LIMIT -> false;
      };
    }

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The discriminator of what was decided by one write of a row that has revisions.
   *
   * @param revision that the write gave the row
   */
  public static String by(long revision, Instant at) {
    return at.toEpochMilli() + "-" + revision;
  }

  /**
   * A refused claim in the history of the id's owner. It is none of an owner of before, who may
   * have borne the same name and been erased since the claim was received.
   *
   * @param since whose the id has been since
   */
  public Decided seenByOwner(UserId owner, Kind itsKind, Instant since) {
    return new Decided(
        website,
        owner,
        itsKind,
        about,
        user,
        at.isAfter(since) ? at : since,
        source,
        messageId,
        discriminator);
  }

  /** The same without the other user. */
  public Decided withoutCounterpart() {
    return new Decided(website, user, kind, about, null, at, source, messageId, discriminator);
  }

  public Optional<UserId> counterpart() {
    return Optional.ofNullable(other);
  }
}
