package crowd.core.fingerprint;

import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.run.Attempts;
import crowd.core.store.Store;
import crowd.core.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the browser of a user whom a server cannot name one for. */
public final class Browsers {

  private final Sightings sightings;
  private final Table table;

  public Browsers(Store store, Attempts attempts) {
    this.sightings = new Sightings(store, attempts);
    this.table = new Table(store);
  }

  /**
   * The one browser that was seen with the fingerprint inside the window, if there is one only, it
   * is open, and no other user was seen with it within a day: in doubt, none. It has to be claimed
   * yet, and somebody may come before.
   *
   * @param now on the server's clock: the end of the window
   */
  public Match find(
      WebsiteId website, UserId user, Fingerprint fingerprint, Duration window, Instant now) {
    var all = sightings.of(website, fingerprint);
    if (all.isEmpty()) {
      return missed(Match.Reason.SEVERAL_SEEN);
    }
    if (within(all.get(), Fingerprinting.MAX_WINDOW, now)
        .anyMatch(sighting -> isOfAnother(sighting, user))) {
      return missed(Match.Reason.SEEN_WITH_ANOTHER_USER);
    }
    var seen =
        within(all.get(), window, now)
            .filter(Sighting.OfBrowser.class::isInstance)
            .map(sighting -> ((Sighting.OfBrowser) sighting).id())
            .toList();
    return switch (seen.size()) {
      case 0 -> missed(Match.Reason.NONE_SEEN);
      case 1 ->
          objection(website, user, seen.getFirst())
              .<Match>map(Match.Missed::new)
              .orElse(new Match.Found(seen.getFirst()));
      default -> missed(Match.Reason.SEVERAL_SEEN);
    };
  }

  private static Match missed(Match.Reason reason) {
    return new Match.Missed(reason);
  }

  private static boolean isOfAnother(Sighting sighting, UserId user) {
    return sighting instanceof Sighting.OfUser(var other, _) && !other.equals(user);
  }

  /** By the times that are stored: the table may keep what has expired for a while. */
  private static Stream<Sighting> within(List<Sighting> all, Duration window, Instant now) {
    return all.stream().filter(sighting -> sighting.isWithin(window, now));
  }

  /** The user's own browser is no objection: the call may be one that is repeated. */
  private Optional<Match.Reason> objection(WebsiteId website, UserId user, AnonymousId id) {
    var alias = table.alias(website, id);
    if (alias.ownedBy(user)) {
      return Optional.empty();
    }
    if (alias.owner().isPresent()) {
      return Optional.of(Match.Reason.OWNED);
    }
    return alias.shared() || !alias.sealedAt().equals(Instant.MAX)
        ? Optional.of(Match.Reason.SEALED)
        : Optional.empty();
  }
}
