package crowd.core.audit;

import crowd.core.identity.Alias;
import crowd.core.observe.Counter;
import crowd.core.reconcile.Reconcile;
import crowd.core.store.Attributes;
import crowd.core.store.Index;
import crowd.core.store.IndexQuery;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.Store;
import crowd.core.table.TableKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;

/**
 * Work that waits: the reconciler's, every five minutes. What has been due for much longer, or has
 * no due time and so is in no index, is a finding; it is done here.
 */
final class Waiting {

  /** Three runs of the reconciler. */
  static final Duration PATIENCE = Duration.ofMinutes(15);

  private static final int A_BUCKET = 100;

  private final Store store;
  private final Reconcile reconcile;
  private final InstantSource clock;

  Waiting(Store store, Reconcile reconcile, InstantSource clock) {
    this.store = store;
    this.reconcile = reconcile;
    this.clock = clock;
  }

  /** What the index knows of, the oldest of each bucket. */
  Report workOverdue(Instant deadline) {
    var report = Report.NOTHING;
    for (int bucket = 0; bucket < TableKeys.DUE_BUCKETS; bucket++) {
      var overdue =
          store.query(
              new IndexQuery(
                  Index.DUE,
                  TableKeys.dueBucket(bucket),
                  latestDue().toEpochMilli(),
                  false,
                  null,
                  A_BUCKET));
      for (var entry : overdue.entries()) {
        var item = store.get(List.of(entry.key())).get(entry.key());
        if (item != null && item.text(Attributes.DUE_IN).isPresent()) {
          report = report.plus(check(item, deadline));
        }
      }
    }
    return report;
  }

  /** An alias whose copies wait. */
  Report check(Alias alias, Instant deadline) {
    var due = alias.due();
    return due == null || due.isBefore(latestDue())
        ? work(TableKeys.alias(alias.website(), alias.id()), deadline)
        : Report.NOTHING;
  }

  /** A job, or an alias whose copies wait. */
  Report check(Item item, Instant deadline) {
    return isOverdue(item.whole(Attributes.DUE)) ? work(item.key(), deadline) : Report.NOTHING;
  }

  private boolean isOverdue(OptionalLong due) {
    return due.isEmpty() || due.getAsLong() < latestDue().toEpochMilli();
  }

  private Report work(Key key, Instant deadline) {
    var _ = reconcile.work(key, deadline);
    return Report.of(Counter.OVERDUE_WORK, 1);
  }

  private Instant latestDue() {
    return clock.instant().minus(PATIENCE);
  }
}
