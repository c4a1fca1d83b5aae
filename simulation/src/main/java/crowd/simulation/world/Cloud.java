package crowd.simulation.world;

import crowd.core.batch.Batch;
import crowd.core.claim.Claims;
import crowd.core.erase.Erase;
import crowd.core.erase.Erasing;
import crowd.core.erase.Ledger;
import crowd.core.fingerprint.Browsers;
import crowd.core.identify.Identify;
import crowd.core.identity.WebsiteId;
import crowd.core.merge.AliasUser;
import crowd.core.merge.Merge;
import crowd.core.message.Ids;
import crowd.core.observe.Metrics;
import crowd.core.project.Converge;
import crowd.core.project.Project;
import crowd.core.reconcile.Reconcile;
import crowd.core.reset.Reset;
import crowd.core.run.Attempts;
import crowd.core.store.Store;
import crowd.core.store.memory.InMemoryStore;
import crowd.core.stream.Stream;
import crowd.core.track.Track;
import crowd.core.unlink.Unlink;
import crowd.simulation.schedule.Scheduler;

/**
 * The product's use cases, put together as {@code Wiring} does it, on what the simulation offers.
 */
record Cloud(
    Store store,
    Identify identify,
    Track track,
    Reset reset,
    Batch batch,
    AliasUser aliasUser,
    Merge merge,
    Unlink unlink,
    Erase erase,
    Project project,
    Reconcile reconcile,
    Ids ids) {

  /**
   * @param memory what the use cases work on, with or without something in between
   */
  static Cloud on(
      Store memory, Stream stream, Scheduler scheduler, Setting setting, Metrics metrics) {
    var store = setting.pageSize() < 1000 ? new ShortPages(memory, setting.pageSize()) : memory;
    var attempts = new Attempts(_ -> scheduler.backOff());
    var claims = new Claims(store, attempts, scheduler::clock, metrics);
    var converge =
        new Converge(store, attempts, scheduler::clock, metrics, setting.maxCopiedEvents());
    var unlink = new Unlink(store, attempts, scheduler::clock, metrics);
    var ledger = new Ledger(store, Cloud::pseudonym);
    var ids = new CountedIds();
    var track = new Track(stream, metrics);
    var identify = new Identify(claims, new Browsers(store, attempts), stream, metrics);
    var reset = new Reset(store, stream, attempts, scheduler::clock, ids, metrics);
    var merge = new Merge(store, attempts, scheduler::clock, metrics);
    var aliasUser = new AliasUser(store, merge, identify, metrics);
    return new Cloud(
        store,
        identify,
        track,
        reset,
        new Batch(identify, reset, aliasUser, track, stream, scheduler, metrics),
        aliasUser,
        merge,
        unlink,
        new Erase(store, attempts, scheduler::clock, metrics),
        new Project(
            store, claims, converge, ledger, attempts, scheduler, scheduler::clock, metrics),
        new Reconcile(
            store,
            converge,
            unlink,
            new Erasing(store, ledger, attempts, scheduler::clock),
            scheduler,
            scheduler::clock,
            metrics),
        ids);
  }

  /** Tells the id to nobody who searches the table for it. */
  private static String pseudonym(WebsiteId website, String id) {
    return Integer.toHexString((website.value() + "/" + id).hashCode());
  }

  private static final class CountedIds implements Ids {

    private int assigned;

    @Override
    public String anonymousId() {
      return "anon_new_" + ++assigned;
    }

    @Override
    public String messageId() {
      return "assigned-" + ++assigned;
    }
  }

  /** What wraps the store in tests of the oracle. */
  interface Around {
    Around NOTHING = memory -> memory;

    Store wrap(InMemoryStore memory);
  }
}
