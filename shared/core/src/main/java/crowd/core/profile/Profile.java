package crowd.core.profile;

import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.message.Message;
import crowd.core.store.Attribute;
import crowd.core.traits.Traits;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One person of a website, or one of several users who are one person.
 *
 * @param revision counts writes; 0 while nothing is stored
 * @param firstSeen earliest event time; {@link Instant#MAX} while nothing was seen
 * @param lastSeen see {@link #seen}; {@link Instant#MIN} while nothing was seen
 * @param links anonymous ids that are linked
 * @param linkHour the hour that {@code linksThisHour} counts in
 * @param mergedInto the user whom this one was merged into (R4): his data stays where it is, and
 *     readers unite the two
 * @param erasedAt what was received up to here was erased; {@link Instant#MIN} while nothing was
 * @param erased nothing has come since the erasure: there is no such person
 * @param rest attributes of a newer version, kept as they are
 */
public record Profile(
    WebsiteId website,
    UserId user,
    long revision,
    Traits traits,
    Instant firstSeen,
    Instant lastSeen,
    long links,
    Instant linkHour,
    long linksThisHour,
    @Nullable UserId mergedInto,
    Instant erasedAt,
    boolean erased,
    Map<String, Attribute> rest) {

  public Profile {
    rest = Map.copyOf(rest);
  }

  /** The profile of a person of whom nothing is stored. */
  public static Profile unseen(WebsiteId website, UserId user) {
    return new Profile(
        website,
        user,
        0,
        Traits.NONE,
        Instant.MAX,
        Instant.MIN,
        0,
        Instant.EPOCH,
        0,
        null,
        Instant.MIN,
        false,
        Map.of());
  }

  public boolean exists() {
    return revision > 0 && !erased;
  }

  /** Whose person this is, if another user's. */
  public Optional<UserId> parent() {
    return Optional.ofNullable(mergedInto);
  }

  /** Now; and later than his erasure, by whose clock it may still be to come. */
  public Instant afterErasure(Instant now) {
    return now.isAfter(erasedAt) ? now : erasedAt.plusMillis(1);
  }

  /** Whether the message was there when the person was erased: it must not come back. */
  public boolean hasErased(Message message) {
    return !message.receivedAt().isAfter(erasedAt);
  }

  /**
   * The next state after an event at this time.
   *
   * <p>Last seen is the first moment of the latest hour with an event: a join like every other, so
   * that the order of arrival does not matter, which moves once an hour and not with each event.
   * The timeline knows the exact time.
   */
  public Profile seen(Instant time) {
    var next = new Next(this);
    next.erased = false;
    next.firstSeen = time.isBefore(firstSeen) ? time : firstSeen;
    next.lastSeen = lastSeen.equals(Instant.MIN) ? time : lastSeen(lastSeen, time);
    return next.profile();
  }

  /** The next state with the times of what is left, once something was taken away. */
  public Profile seenAgain(Instant first, Instant last) {
    var next = new Next(this);
    next.firstSeen = first;
    next.lastSeen = last;
    return next.profile();
  }

  public Profile withTraits(Traits joined) {
    var next = new Next(this);
    next.traits = joined;
    return next.profile();
  }

  /** The next state after one more link, on the server's clock. */
  public Profile linked(Instant now) {
    var next = new Next(this);
    next.links = links + 1;
    next.linkHour = now.truncatedTo(ChronoUnit.HOURS);
    next.linksThisHour = linksInHourOf(now) + 1;
    return next.profile();
  }

  /** The next state after a link was taken back. The hour's count stays: it bounds attempts. */
  public Profile unlinked() {
    var next = new Next(this);
    next.links = Math.max(0, links - 1);
    return next.profile();
  }

  /** The next state once this user is one with another, or no longer ({@code null}). */
  public Profile mergedInto(@Nullable UserId parent) {
    var next = new Next(this);
    next.mergedInto = parent;
    return next.profile();
  }

  /** The next state of an erased person: nothing but the moment. */
  public Profile erasedAt(Instant at) {
    var next = new Next(unseen(website, user));
    next.revision = revision;
    next.erasedAt = at.isAfter(erasedAt) ? at : erasedAt;
    next.erased = true;
    return next.profile();
  }

  /** Links made in the hour of this moment. */
  public long linksInHourOf(Instant now) {
    return linkHour.equals(now.truncatedTo(ChronoUnit.HOURS)) ? linksThisHour : 0;
  }

  /**
   * Which of two event times counts as last seen. Who marks many at once has to join them all: the
   * latest alone need not be the first of its hour.
   */
  public static Instant lastSeen(Instant a, Instant b) {
    var hourA = a.truncatedTo(ChronoUnit.HOURS);
    var hourB = b.truncatedTo(ChronoUnit.HOURS);
    if (hourA.equals(hourB)) {
      return a.isBefore(b) ? a : b;
    }
    return hourA.isAfter(hourB) ? a : b;
  }

  /** A next state in the making. */
  private static final class Next {

    private final Profile before;
    private long revision;
    private Traits traits;
    private Instant firstSeen;
    private Instant lastSeen;
    private long links;
    private Instant linkHour;
    private long linksThisHour;
    private @Nullable UserId mergedInto;
    private Instant erasedAt;
    private boolean erased;

    Next(Profile before) {
      this.before = before;
      this.revision = before.revision;
      this.traits = before.traits;
      this.firstSeen = before.firstSeen;
      this.lastSeen = before.lastSeen;
      this.links = before.links;
      this.linkHour = before.linkHour;
      this.linksThisHour = before.linksThisHour;
      this.mergedInto = before.mergedInto;
      this.erasedAt = before.erasedAt;
      this.erased = before.erased;
    }

    Profile profile() {
      return new Profile(
          before.website,
          before.user,
          revision,
          traits,
          firstSeen,
          lastSeen,
          links,
          linkHour,
          linksThisHour,
          mergedInto,
          erasedAt,
          erased,
          before.rest);
    }
  }
}
