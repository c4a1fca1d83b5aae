package crowd.core.table;

import crowd.core.identity.WebsiteId;
import crowd.core.store.Attributes;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Write;
import crowd.core.website.KeyRole;
import crowd.core.website.KeyState;
import crowd.core.website.WebsiteKey;
import java.time.Instant;
import java.util.Locale;

/** A key of a website: {@code W#s} / {@code K#<key id>}. Holds nothing of the secret. */
public final class WebsiteKeyRow {

  private static final String HASH = "hash"; // hex SHA-256 of the whole text of the key
  private static final String ROLE = "role"; // KeyRole.word
  private static final String STATE = "state"; // KeyState.word
  private static final String CREATED_AT = "created_at"; // epoch millis

  private WebsiteKeyRow() {}

  /** Whether the row of a website's partition is a key. */
  public static boolean is(Item item) {
    return item.key().sk().startsWith(TableKeys.SERVER_KEYS);
  }

  public static WebsiteKey read(Item item) {
    return new WebsiteKey(
        item.requireWhole(Attributes.REVISION),
        item.key().sk().substring(TableKeys.SERVER_KEYS.length()),
        KeyRole.valueOf(item.requireText(ROLE).toUpperCase(Locale.ROOT)),
        item.requireText(HASH),
        KeyState.valueOf(item.requireText(STATE).toUpperCase(Locale.ROOT)),
        Instant.ofEpochMilli(item.requireWhole(CREATED_AT)));
  }

  /** Writes the next state, if the row is still at the revision that it was made from. */
  public static Write write(WebsiteId website, WebsiteKey next) {
    return new Write.Put(
        Item.at(TableKeys.serverKey(website, next.id()))
            .with(Attributes.REVISION, next.revision() + 1)
            .with(HASH, next.hash())
            .with(ROLE, next.role().word())
            .with(STATE, next.state().word())
            .with(CREATED_AT, next.createdAt().toEpochMilli()),
        Condition.unchangedSince(next.revision()));
  }
}
