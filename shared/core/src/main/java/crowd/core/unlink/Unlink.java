package crowd.core.unlink;

import crowd.core.event.StoredEvent;
import crowd.core.identity.WebsiteId;
import crowd.core.run.Attempts;
import crowd.core.store.Attributes;
import crowd.core.store.Key;
import crowd.core.store.Query;
import crowd.core.store.Store;
import crowd.core.store.Write;
import crowd.core.table.EventRow;
import crowd.core.table.JobRow;
import crowd.core.table.TableKeys;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Works the jobs that an unlink leaves. Every step may be repeated, by several at once. */
public final class Unlink {

  private static final int PAGE = 200;

  private final Store store;
  private final Attempts attempts;
  private final InstantSource clock;

  public Unlink(Store store, Attempts attempts, InstantSource clock) {
    this.store = store;
    this.attempts = attempts;
    this.clock = clock;
  }

  /**
   * Does the next sweep of a job, if it is due.
   *
   * @throws crowd.core.store.StoreUnavailableException if it has to be done again
   */
  public void work(WebsiteId website, Key key) {
    var item = store.get(List.of(key)).get(key);
    if (item == null) {
      return;
    }
    var job = JobRow.read(website, item);
    if (job.due().isAfter(clock.instant())) {
      return;
    }
    sweep(job);
    attempts.settle(store, List.of(next(job)));
  }

  private Write next(UnlinkJob job) {
    return switch (job.phase()) {
      case FIRST_SWEEP -> JobRow.write(job.sweptOnce(clock.instant()));
      case LATE_SWEEP -> JobRow.delete(job);
    };
  }

  /**
   * Goes through the user's own partition and not through the anonymous id's: there an event may
   * have expired whose copy has not.
   */
  private void sweep(UnlinkJob job) {
    var partition = TableKeys.userPartition(job.website(), job.user());
    var query = Query.prefix(partition, TableKeys.EVENTS, PAGE);
    for (var next = Optional.of(query); next.isPresent(); ) {
      var page = store.query(next.get());
      var deletes = new ArrayList<Write>();
      for (var item : page.items()) {
        if (item.text(Attributes.ORIGIN).equals(Optional.of(StoredEvent.originOf(job.id())))) {
          deletes.add(EventRow.deleteCopy(item.key(), job.id(), job.epoch() - 1));
        }
      }
      attempts.settle(store, deletes);
      next = Optional.ofNullable(page.next()).map(query::startingAfter);
    }
  }
}
