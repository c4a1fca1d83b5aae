package crowd.core.table;

import crowd.core.identity.WebsiteId;
import crowd.core.message.Message;
import crowd.core.store.Attributes;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.Write;
import java.time.Instant;

/**
 * The first arrival of a message that has an id and no timestamp of its own: {@code D#<message id>}
 * in the partition that the event lies in. It gives every later arrival the same key.
 */
public final class MarkerRow {

  private static final String TIMESTAMP = "timestamp"; // epoch millis

  private MarkerRow() {}

  public static Key key(WebsiteId website, Message message) {
    return TableKeys.marker(TableKeys.partition(website, message), message.messageId());
  }

  public static Instant read(Item item) {
    return Instant.ofEpochMilli(item.requireWhole(TIMESTAMP));
  }

  /** What the sort keys of the events begin with that have this time. */
  public static String group(Item item) {
    var messageId = item.key().sk().substring(TableKeys.MARKERS.length());
    return TableKeys.groupOf(TableKeys.eventGroup(read(item), messageId) + "#");
  }

  /** Only the first arrival takes effect. */
  public static Write write(WebsiteId website, Message message) {
    var ttl = EventRow.ttl(message);
    return new Write.Put(
        Item.at(key(website, message))
            .with(TIMESTAMP, message.timestamp().toEpochMilli())
            .with(Attributes.TTL, ttl),
        Condition.ABSENT);
  }
}
