package crowd.core.table;

import crowd.core.fingerprint.Fingerprint;
import crowd.core.fingerprint.Sighting;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.store.Attributes;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.Write;
import java.time.Instant;

/**
 * That somebody was seen with a fingerprint: {@code W#f#<fingerprint>} / {@code a#<anonymous id>}
 * or {@code u#<user id>}. Its epoch is the slot in milliseconds, so that a late writer does not put
 * the time back.
 */
public final class SightingRow {

  private SightingRow() {}

  /**
   * @throws IllegalStateException if it is another row
   */
  public static Sighting read(Item item) {
    var sk = item.key().sk();
    var slot = Instant.ofEpochMilli(item.requireWhole(Attributes.EPOCH));
    if (sk.startsWith(TableKeys.SIGHTINGS_OF_BROWSERS)) {
      return new Sighting.OfBrowser(
          new AnonymousId(sk.substring(TableKeys.SIGHTINGS_OF_BROWSERS.length())), slot);
    }
    if (sk.startsWith(TableKeys.SIGHTINGS_OF_USERS)) {
      return new Sighting.OfUser(
          new UserId(sk.substring(TableKeys.SIGHTINGS_OF_USERS.length())), slot);
    }
    throw new IllegalStateException("a sighting of nobody");
  }

  public static Key key(WebsiteId website, Fingerprint fingerprint, Sighting sighting) {
    return switch (sighting) {
      case Sighting.OfBrowser(var id, _) -> TableKeys.sighting(website, fingerprint, id);
      case Sighting.OfUser(var user, _) -> TableKeys.sighting(website, fingerprint, user);
    };
  }

  /** Unless a later one is there. */
  public static Write write(WebsiteId website, Fingerprint fingerprint, Sighting sighting) {
    var slot = sighting.slot();
    return new Write.Put(
        Item.at(key(website, fingerprint, sighting))
            .with(Attributes.EPOCH, slot.toEpochMilli())
            .with(Attributes.TTL, slot.plus(Sighting.KEPT).getEpochSecond()),
        new Condition.AbsentOrOlder(slot.toEpochMilli()));
  }
}
