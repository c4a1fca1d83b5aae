package crowd.core.fingerprint;

import crowd.core.identity.WebsiteId;
import crowd.core.message.Message;
import crowd.core.run.Attempts;
import crowd.core.store.Key;
import crowd.core.store.Query;
import crowd.core.store.Store;
import crowd.core.store.Write;
import crowd.core.table.SightingRow;
import crowd.core.table.TableKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Who was seen with which fingerprint, as the messages that arrived say. */
public final class Sightings {

  /** A fingerprint with so many behind it says nothing about one of them. */
  static final int MAX_SEEN = 100;

  private final Store store;
  private final Attempts attempts;

  public Sightings(Store store, Attempts attempts) {
    this.store = store;
    this.attempts = attempts;
  }

  private record Noted(Fingerprint fingerprint, Sighting sighting) {

    Noted later(Noted other) {
      return sighting.slot().isBefore(other.sighting.slot()) ? other : this;
    }
  }

  /**
   * Writes down whom the messages show, as far as it is not known to the slot. The order of
   * messages does not matter, nor how often each comes.
   *
   * @throws crowd.core.store.StoreUnavailableException if it is not known to be written
   */
  public void note(WebsiteId website, Collection<Message> messages) {
    var latest = new LinkedHashMap<Key, Noted>();
    for (var message : messages) {
      var fingerprint = message.fingerprint();
      if (fingerprint != null) {
        for (var sighting : sightings(message)) {
          latest.merge(
              SightingRow.key(website, fingerprint, sighting),
              new Noted(fingerprint, sighting),
              Noted::later);
        }
      }
    }
    var stored = store.getAll(latest.keySet());
    var news = new ArrayList<Write>();
    latest.forEach((key, noted) -> {
      var known = Optional.ofNullable(stored.get(key)).map(SightingRow::read);
      if (known.isEmpty() || known.get().slot().isBefore(noted.sighting().slot())) {
        news.add(SightingRow.write(website, noted.fingerprint(), noted.sighting()));
      }
    });
    if (!news.isEmpty()) {
      attempts.settle(store, news);
    }
  }

  /** By the server's clock: the browser's own may be wrong, and a connection is of now. */
  private static List<Sighting> sightings(Message message) {
    var slot = Sighting.slotOf(message.receivedAt());
    var sightings = new ArrayList<Sighting>();
    message.anonymous().ifPresent(id -> sightings.add(new Sighting.OfBrowser(id, slot)));
    message.user().ifPresent(user -> sightings.add(new Sighting.OfUser(user, slot)));
    return sightings;
  }

  /** All that is kept of a fingerprint; empty if it is too much to say anything. */
  Optional<List<Sighting>> of(WebsiteId website, Fingerprint fingerprint) {
    var page =
        store.query(
            new Query(
                TableKeys.fingerprintPartition(website, fingerprint),
                TableKeys.SIGHTINGS_OF_BROWSERS,
                TableKeys.SIGHTINGS_OF_USERS + Query.HIGHEST,
                false,
                null,
                MAX_SEEN));
    return page.next() == null
        ? Optional.of(page.items().stream().map(SightingRow::read).toList())
        : Optional.empty();
  }
}
