package crowd.core.table;

import crowd.core.history.Decided;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.Write;
import java.time.Instant;

/**
 * A decision about a user: {@code W#u#<user id>} / {@code H#<discriminator>#<about>}. Where two
 * users are concerned, both have a row under the same sort key.
 */
public final class HistoryRow {

  private static final String KIND = "kind"; // Decided.Kind
  private static final String ABOUT = "about";
  private static final String OTHER = "other"; // user id
  private static final String AT = "at"; // epoch millis
  private static final String SOURCE = "source";
  private static final String MESSAGE_ID = "message_id";
  private static final String DISCRIMINATOR = "discriminator";

  private HistoryRow() {}

  public static Decided read(WebsiteId website, Item item) {
    return new Decided(
        website,
        TableKeys.userOf(website, item.key()),
        Decided.Kind.valueOf(item.requireText(KIND)),
        item.requireText(ABOUT),
        item.text(OTHER).map(UserId::new).orElse(null),
        Instant.ofEpochMilli(item.requireWhole(AT)),
        item.requireText(SOURCE),
        item.requireText(MESSAGE_ID),
        item.requireText(DISCRIMINATOR));
  }

  public static Key key(Decided decided) {
    // Of refusals within an hour only the first is kept, whatever it was about.
    var about = decided.kind() == Decided.Kind.REFUSED_LIMIT ? "" : decided.about();
    return TableKeys.history(decided.website(), decided.user(), decided.discriminator(), about);
  }

  public static Write delete(Decided decided) {
    return new Write.Delete(key(decided), Condition.ALWAYS);
  }

  /** Removes the row of the same decision in the other user's history. */
  public static Write deleteCounterpart(Decided decided, UserId other) {
    return new Write.Delete(counterpart(decided, other), Condition.ALWAYS);
  }

  /** Where the same decision stands in the other user's history. */
  public static Key counterpart(Decided decided, UserId other) {
    return TableKeys.history(
        decided.website(),
        other,
        decided.discriminator(),
        decided.kind().isOfUsers() ? decided.user().value() : decided.about());
  }

  /** Part of the transaction that decides, which holds the conditions. */
  public static Write write(Decided decided) {
    return new Write.Put(item(decided), Condition.ALWAYS);
  }

  /** Only the first of the same key takes effect. */
  public static Write writeFirst(Decided decided) {
    return new Write.Put(item(decided), Condition.ABSENT);
  }

  private static Item item(Decided decided) {
    return Item.building(key(decided))
        .with(KIND, decided.kind().name())
        .with(ABOUT, decided.about())
        .with(OTHER, decided.counterpart().map(UserId::value).orElse(null))
        .with(AT, decided.at().toEpochMilli())
        .with(SOURCE, decided.source())
        .with(MESSAGE_ID, decided.messageId())
        .with(DISCRIMINATOR, decided.discriminator())
        .item();
  }
}
