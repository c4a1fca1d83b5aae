package crowd.core.table;

import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.profile.Link;
import crowd.core.store.Attributes;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Write;
import java.time.Instant;

/**
 * The way back from a user to an anonymous id: {@code W#u#<user id>} / {@code L#<anonymous id>}.
 */
public final class LinkRow {

  /** Marks the row for the conditions, which speak of an origin. */
  private static final String ORIGIN = "link";

  private static final String LINKED_AT = "linked_at"; // epoch millis
  private static final String SOURCE = "source";
  private static final String MESSAGE_ID = "message_id";

  private LinkRow() {}

  public static Link read(WebsiteId website, UserId user, Item item) {
    return new Link(
        website,
        user,
        new AnonymousId(item.key().sk().substring(TableKeys.LINKS.length())),
        item.requireWhole(Attributes.EPOCH),
        Instant.ofEpochMilli(item.requireWhole(LINKED_AT)),
        item.requireText(SOURCE),
        item.requireText(MESSAGE_ID));
  }

  /** Part of the transaction that links: the alias and the profile hold its conditions. */
  public static Write write(Link link) {
    return new Write.Put(
        Item.at(TableKeys.link(link.website(), link.user(), link.anonymousId()))
            .with(Attributes.ORIGIN, ORIGIN)
            .with(Attributes.EPOCH, link.epoch())
            .with(LINKED_AT, link.linkedAt().toEpochMilli())
            .with(SOURCE, link.source())
            .with(MESSAGE_ID, link.messageId()),
        Condition.ALWAYS);
  }

  /** Removes the row, unless the id was linked anew since it was read. */
  public static Write deleteUpTo(Link link) {
    return new Write.Delete(
        TableKeys.link(link.website(), link.user(), link.anonymousId()),
        new Condition.CopyUpTo(ORIGIN, link.epoch()));
  }

  /** Part of the transaction that unlinks. */
  public static Write delete(WebsiteId website, UserId user, AnonymousId id) {
    return new Write.Delete(TableKeys.link(website, user, id), Condition.ALWAYS);
  }
}
