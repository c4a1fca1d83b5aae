package crowd.core.table;

import crowd.core.identity.AnonymousId;
import crowd.core.identity.WebsiteId;
import crowd.core.store.Attributes;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.Write;
import crowd.core.unlink.UnlinkJob;
import java.time.Instant;

/** Work that waits: {@code W#u#<user id>} / {@code J#UNLINK#<epoch>#<anonymous id>}. */
public final class JobRow {

  private static final String ANONYMOUS_ID = "anonymous_id";
  private static final String PHASE = "phase"; // UnlinkJob.Phase

  private JobRow() {}

  public static UnlinkJob read(WebsiteId website, Item item) {
    return new UnlinkJob(
        website,
        TableKeys.userOf(website, item.key()),
        new AnonymousId(item.requireText(ANONYMOUS_ID)),
        item.requireWhole(Attributes.REVISION),
        item.requireWhole(Attributes.EPOCH),
        UnlinkJob.Phase.valueOf(item.requireText(PHASE)),
        Instant.ofEpochMilli(item.requireWhole(Attributes.DUE)));
  }

  public static Key key(UnlinkJob job) {
    return TableKeys.unlinkJob(job.website(), job.user(), job.id(), job.epoch());
  }

  /** Writes the next state, if the row is still at the revision that it was made from. */
  public static Write write(UnlinkJob next) {
    var key = key(next);
    return new Write.Put(
        Item.at(key)
            .with(Attributes.REVISION, next.revision() + 1)
            .with(Attributes.EPOCH, next.epoch())
            .with(Attributes.DUE_IN, TableKeys.dueBucket(key.pk()))
            .with(Attributes.DUE, next.due().toEpochMilli())
            .with(ANONYMOUS_ID, next.id().value())
            .with(PHASE, next.phase().name()),
        Condition.unchangedSince(next.revision()));
  }

  /** Removes the row of a job that has nothing more to do. */
  public static Write delete(UnlinkJob job) {
    return new Write.Delete(key(job), new Condition.RevisionIs(job.revision()));
  }
}
