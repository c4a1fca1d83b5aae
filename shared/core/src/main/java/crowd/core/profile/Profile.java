package crowd.core.profile;

import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.store.Attribute;
import crowd.core.traits.Traits;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * One person of a website.
 *
 * @param revision counts writes; 0 while nothing is stored
 * @param firstSeen earliest event time; {@link Instant#MAX} while nothing was seen
 * @param lastSeen see {@link #seen}; {@link Instant#MIN} while nothing was seen
 * @param links anonymous ids that have ever been linked
 * @param linkHour the hour that {@code linksThisHour} counts in
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
    Map<String, Attribute> rest) {

  public Profile {
    rest = Map.copyOf(rest);
  }

  /** The profile of a person of whom nothing is stored. */
  public static Profile unseen(WebsiteId website, UserId user) {
    return new Profile(
        website, user, 0, Traits.NONE, Instant.MAX, Instant.MIN, 0, Instant.EPOCH, 0, Map.of());
  }

  public boolean exists() {
    return revision > 0;
  }

  /**
   * The next state after an event at this time.
   *
   * <p>Last seen is the first moment of the latest hour with an event: a join like every other, so
   * that the order of arrival does not matter, which moves once an hour and not with each event.
   * The timeline knows the exact time.
   */
  public Profile seen(Instant time) {
    return new Profile(
        website,
        user,
        revision,
        traits,
        time.isBefore(firstSeen) ? time : firstSeen,
        laterHour(lastSeen, time),
        links,
        linkHour,
        linksThisHour,
        rest);
  }

  public Profile withTraits(Traits joined) {
    return new Profile(
        website, user, revision, joined, firstSeen, lastSeen, links, linkHour, linksThisHour, rest);
  }

  /** The next state after one more link, on the server's clock. */
  public Profile linked(Instant now) {
    var hour = now.truncatedTo(ChronoUnit.HOURS);
    return new Profile(
        website,
        user,
        revision,
        traits,
        firstSeen,
        lastSeen,
        links + 1,
        hour,
        linksInHourOf(now) + 1,
        rest);
  }

  /** Links made in the hour of this moment. */
  public long linksInHourOf(Instant now) {
    return linkHour.equals(now.truncatedTo(ChronoUnit.HOURS)) ? linksThisHour : 0;
  }

  private static Instant laterHour(Instant a, Instant b) {
    if (a.equals(Instant.MIN)) {
      return b;
    }
    var hourA = a.truncatedTo(ChronoUnit.HOURS);
    var hourB = b.truncatedTo(ChronoUnit.HOURS);
    if (hourA.equals(hourB)) {
      return a.isBefore(b) ? a : b;
    }
    return hourA.isAfter(hourB) ? a : b;
  }
}
