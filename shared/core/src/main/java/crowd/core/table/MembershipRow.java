package crowd.core.table;

import crowd.core.group.Membership;
import crowd.core.identity.GroupId;
import crowd.core.identity.WebsiteId;
import crowd.core.store.Attributes;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Write;
import java.time.Instant;
import java.util.Set;

/** That a user is in a group: {@code W#u#<user id>} / {@code G#<group id>}. */
public final class MembershipRow {

  private static final String SINCE = "since"; // epoch millis
  private static final String MESSAGE_ID = "message_id";
  private static final String LATEST = "latest"; // epoch millis of an hour
  private static final String RECEIVED_AT = "received_at"; // epoch millis

  private static final Set<String> KNOWN =
      Set.of(Attributes.REVISION, SINCE, MESSAGE_ID, LATEST, RECEIVED_AT);

  private MembershipRow() {}

  public static Membership read(WebsiteId website, Item item) {
    return new Membership(
        website,
        TableKeys.userOf(website, item.key()),
        new GroupId(item.key().sk().substring(TableKeys.MEMBERSHIPS.length())),
        item.requireWhole(Attributes.REVISION),
        Instant.ofEpochMilli(item.requireWhole(SINCE)),
        item.requireText(MESSAGE_ID),
        Instant.ofEpochMilli(item.requireWhole(LATEST)),
        Instant.ofEpochMilli(item.requireWhole(RECEIVED_AT)),
        Rows.rest(item, KNOWN));
  }

  /** Writes the next state, if the row is still at the revision that it was made from. */
  public static Write write(Membership next) {
    return new Write.Put(
        Item.building(TableKeys.membership(next.website(), next.user(), next.group()))
            .withAll(next.rest())
            .with(Attributes.REVISION, next.revision() + 1)
            .with(SINCE, next.since().toEpochMilli())
            .with(MESSAGE_ID, next.messageId())
            .with(LATEST, next.latest().toEpochMilli())
            .with(RECEIVED_AT, next.receivedAt().toEpochMilli())
            .item(),
        Condition.unchangedSince(next.revision()));
  }

  /** Removes the row, unless it was written since it was read. */
  public static Write delete(Membership membership) {
    return new Write.Delete(
        TableKeys.membership(membership.website(), membership.user(), membership.group()),
        new Condition.RevisionIs(membership.revision()));
  }
}
