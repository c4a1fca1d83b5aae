package crowd.core.table;

import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.merge.MergedIn;
import crowd.core.store.Attributes;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Write;
import java.time.Instant;

/**
 * The way from a user to one who was merged into him: {@code W#u#<user id>} / {@code M#<user id>}.
 * The merged-in user's own profile decides; this row lets a reader find it.
 */
public final class MergeRow {

  /** Marks the row for the conditions, which speak of an origin. Its epoch is when, in millis. */
  private static final String ORIGIN = "merge";

  private static final String MESSAGE_ID = "message_id";

  private MergeRow() {}

  public static MergedIn read(WebsiteId website, UserId parent, Item item) {
    return new MergedIn(
        website,
        parent,
        new UserId(item.key().sk().substring(TableKeys.MERGES.length())),
        Instant.ofEpochMilli(item.requireWhole(Attributes.EPOCH)),
        item.requireText(MESSAGE_ID));
  }

  /** Part of the transaction that merges: the two profiles hold its conditions. */
  public static Write write(MergedIn merged) {
    return new Write.Put(
        Item.at(TableKeys.mergedIn(merged.website(), merged.parent(), merged.user()))
            .with(Attributes.ORIGIN, ORIGIN)
            .with(Attributes.EPOCH, merged.mergedAt().toEpochMilli())
            .with(MESSAGE_ID, merged.messageId()),
        Condition.ALWAYS);
  }

  /** Removes the row, unless the two were merged anew since it was read. */
  public static Write deleteUpTo(MergedIn merged) {
    return new Write.Delete(
        TableKeys.mergedIn(merged.website(), merged.parent(), merged.user()),
        new Condition.CopyUpTo(ORIGIN, merged.mergedAt().toEpochMilli()));
  }

  /** Part of the transaction that takes it back. */
  public static Write delete(WebsiteId website, UserId parent, UserId user) {
    return new Write.Delete(TableKeys.mergedIn(website, parent, user), Condition.ALWAYS);
  }
}
