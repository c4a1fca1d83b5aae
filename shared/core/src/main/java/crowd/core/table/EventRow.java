package crowd.core.table;

import crowd.core.event.StoredEvent;
import crowd.core.fingerprint.Fingerprint;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.json.JsonReader;
import crowd.core.json.JsonText;
import crowd.core.message.Message;
import crowd.core.message.MessageType;
import crowd.core.store.Attributes;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.Write;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event: {@code E#...} in the partition of the identity that it arrived with, and the copy of it
 * in its owner's.
 */
public final class EventRow {

  /**
   * How long expired items stay, so that no expiry can race a backfill: the logical end is {@code
   * expires}.
   */
  static final Duration PHYSICAL_GRACE = Duration.ofDays(7);

  private static final String TYPE = "type";
  private static final String USER_ID = "user_id";
  private static final String ANONYMOUS_ID = "anonymous_id";
  private static final String MESSAGE_ID = "message_id";
  private static final String TIMESTAMP = "timestamp"; // epoch millis
  private static final String TIME = "time"; // epoch millis
  private static final String RECEIVED_AT = "received_at"; // epoch millis
  private static final String EXPIRES = "expires"; // epoch millis
  private static final String UNTIMED = "untimed"; // 1 or left out
  private static final String BODY = "body"; // JSON text
  private static final String FINGERPRINT = "fingerprint"; // hex; of anonymous origin events only

  private EventRow() {}

  public static StoredEvent read(Item item) {
    var message =
        new Message(
            MessageType.of(item.requireText(TYPE))
                .orElseThrow(() -> new IllegalStateException("an event of an unknown type")),
            item.text(USER_ID).map(UserId::new).orElse(null),
            item.text(ANONYMOUS_ID).map(AnonymousId::new).orElse(null),
            item.requireText(MESSAGE_ID),
            Instant.ofEpochMilli(item.requireWhole(TIMESTAMP)),
            Instant.ofEpochMilli(item.requireWhole(TIME)),
            Instant.ofEpochMilli(item.requireWhole(RECEIVED_AT)),
            Rows.instant(item, EXPIRES, Instant.MAX),
            item.whole(UNTIMED).isPresent(),
            JsonReader.readOwnObject(item.requireText(BODY)),
            item.text(FINGERPRINT).map(Fingerprint::new).orElse(null));
    return new StoredEvent(
        message, item.requireText(Attributes.ORIGIN), item.whole(Attributes.EPOCH).orElse(0));
  }

  /**
   * The event under the identity that it arrived with. Its key names its content, so it is put
   * without a condition.
   */
  public static Item origin(WebsiteId website, Message message) {
    return item(TableKeys.event(website, message), StoredEvent.origin(message));
  }

  /**
   * Puts the copy of an anonymous event into its owner's timeline, unless one of a later epoch is
   * there. A copy has no expiry.
   */
  public static Write putCopy(
      WebsiteId website, UserId owner, AnonymousId origin, Message message, long epoch) {
    var copy = new StoredEvent(message, StoredEvent.originOf(origin), epoch);
    return new Write.Put(
        item(TableKeys.copy(website, owner, origin, message), copy),
        new Condition.AbsentOrOlder(epoch));
  }

  /** Takes a copy back, unless it is of a later epoch. */
  public static Write deleteCopy(
      WebsiteId website, UserId owner, AnonymousId origin, Message message, long upToEpoch) {
    return deleteCopy(TableKeys.copy(website, owner, origin, message), origin, upToEpoch);
  }

  public static Write deleteCopy(Key key, AnonymousId origin, long upToEpoch) {
    return new Write.Delete(key, new Condition.CopyUpTo(StoredEvent.originOf(origin), upToEpoch));
  }

  /**
   * Removes an event that was read: a copy not if it was made anew since, which is then of somebody
   * who came later.
   */
  public static Write delete(Key key, StoredEvent event) {
    return new Write.Delete(
        key,
        event.isCopy() ? new Condition.CopyUpTo(event.origin(), event.epoch()) : Condition.ALWAYS);
  }

  private static Item item(Key key, StoredEvent event) {
    var message = event.message();
    var expires = Rows.millis(message.expires());
    return Item.building(key)
        .with(TYPE, message.type().word())
        .with(USER_ID, message.user().map(UserId::value).orElse(null))
        .with(ANONYMOUS_ID, message.anonymous().map(AnonymousId::value).orElse(null))
        .with(MESSAGE_ID, message.messageId())
        .with(TIMESTAMP, message.timestamp().toEpochMilli())
        .with(TIME, message.time().toEpochMilli())
        .with(RECEIVED_AT, message.receivedAt().toEpochMilli())
        .with(EXPIRES, expires)
        .with(UNTIMED, message.untimed() ? 1L : null)
        .with(BODY, JsonText.write(message.body()))
        .with(FINGERPRINT, fingerprint(event))
        .with(Attributes.ORIGIN, event.origin())
        .with(Attributes.EPOCH, event.isCopy() ? event.epoch() : null)
        .with(Attributes.TTL, event.isCopy() ? null : ttl(message))
        .item();
  }

  /** Only what has an end keeps it: an event in a user's timeline has none. */
  private static @Nullable String fingerprint(StoredEvent event) {
    var fingerprint = event.message().fingerprint();
    return fingerprint == null || event.isCopy() || event.message().user().isPresent()
        ? null
        : fingerprint.hex();
  }

  /** When the table may forget what arrived with this message, in epoch seconds; null for never. */
  static @Nullable Long ttl(Message message) {
    return message.expires().equals(Instant.MAX)
        ? null
        : message.expires().plus(PHYSICAL_GRACE).getEpochSecond();
  }
}
