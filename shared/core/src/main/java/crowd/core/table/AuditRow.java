package crowd.core.table;

import crowd.core.audit.Progress;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.store.Attributes;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Write;
import java.time.Instant;

/** Where an audit goes on: {@code _#audit} / {@code @}. Only there while one is under way. */
public final class AuditRow {

  private static final String SINCE = "since"; // epoch millis
  private static final String WEBSITE = "website";
  private static final String SEEN = "seen"; // epoch millis
  private static final String USER_ID = "user_id";

  private AuditRow() {}

  public static Progress read(Item item) {
    return new Progress(
        item.requireWhole(Attributes.REVISION),
        Instant.ofEpochMilli(item.requireWhole(SINCE)),
        new WebsiteId(item.requireText(WEBSITE)),
        Instant.ofEpochMilli(item.requireWhole(SEEN)),
        new UserId(item.requireText(USER_ID)));
  }

  /** Writes the next state, if the row is still at the revision that it was made from. */
  public static Write write(Progress next) {
    return new Write.Put(
        Item.at(TableKeys.auditProgress())
            .with(Attributes.REVISION, next.revision() + 1)
            .with(SINCE, next.since().toEpochMilli())
            .with(WEBSITE, next.website().value())
            .with(SEEN, next.lastSeen().toEpochMilli())
            .with(USER_ID, next.user().value()),
        Condition.unchangedSince(next.revision()));
  }

  /** At the end: the next audit begins anew. */
  public static Write delete(long revision) {
    return new Write.Delete(TableKeys.auditProgress(), Condition.unchangedSince(revision));
  }
}
