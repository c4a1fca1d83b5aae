package crowd.core.table;

import crowd.core.identity.WebsiteId;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Write;
import java.time.Instant;

/** When the first message of a website came off the stream: {@code W#s} / {@code first}. */
public final class FirstEventRow {

  private static final String RECEIVED_AT = "received_at"; // epoch millis

  private FirstEventRow() {}

  public static Instant read(Item item) {
    return Instant.ofEpochMilli(item.requireWhole(RECEIVED_AT));
  }

  /** Only the first takes effect. */
  public static Write write(WebsiteId website, Instant receivedAt) {
    return new Write.Put(
        Item.at(TableKeys.firstEvent(website)).with(RECEIVED_AT, receivedAt.toEpochMilli()),
        Condition.ABSENT);
  }
}
