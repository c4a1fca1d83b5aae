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
import crowd.core.run.Pause;
import crowd.core.run.Tasks;
import crowd.core.store.Store;
import crowd.core.store.memory.InMemoryStore;
import crowd.core.stream.Stream;
import crowd.core.track.Track;
import crowd.core.unlink.Unlink;
import crowd.simulation.schedule.Scheduler;
import java.time.InstantSource;

/**
 * The product's use cases, put together as {@code Wiring} does it, on what the simulation offers.
 */
public record Cloud(
    Store store,
    Identify identify,
    Track track,
    Reset reset,
    Batch batch,
    Merge merge,
    AliasUser aliasUser,
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
    return on(
        setting.pageSize() < 1000 ? new ShortPages(memory, setting.pageSize()) : memory,
        stream,
        _ -> scheduler.backOff(),
        scheduler,
        scheduler::clock,
        scheduler::clock,
        setting.maxCopiedEvents(),
        metrics);
  }

  /**
   * @param reconcilersClock tells the reconciler what is due
   * @param maxCopiedEvents see {@link Converge}
   */
  public static Cloud on(
      Store store,
      Stream stream,
      Pause pause,
      Tasks tasks,
      InstantSource clock,
      InstantSource reconcilersClock,
      int maxCopiedEvents,
      Metrics metrics) {
    var attempts = new Attempts(pause);
    var claims = new Claims(store, attempts, clock, metrics);
    var ledger = new Ledger(store, Cloud::pseudonym);
    var ids = new CountedIds();
    var track = new Track(stream, metrics);
    var identify = new Identify(claims, new Browsers(store, attempts), stream, metrics);
    var reset = new Reset(store, stream, attempts, clock, ids, metrics);
    var merge = new Merge(store, attempts, clock, metrics);
    var aliasUser = new AliasUser(store, merge, identify, metrics);
    return new Cloud(
        store,
        identify,
        track,
        reset,
        new Batch(identify, reset, aliasUser, track, stream, tasks, metrics),
        merge,
        aliasUser,
        new Unlink(store, attempts, clock, metrics),
        new Erase(store, attempts, clock, metrics),
        new Project(
            store,
            claims,
            new Converge(store, attempts, clock, metrics, maxCopiedEvents),
            ledger,
            attempts,
            tasks,
            clock,
            metrics),
        new Reconcile(
            store,
            new Converge(store, attempts, reconcilersClock, metrics, maxCopiedEvents),
            new Unlink(store, attempts, reconcilersClock, metrics),
            new Erasing(store, ledger, attempts, reconcilersClock),
            tasks,
            reconcilersClock,
            metrics),
        ids);
  }

  /** A name by which nobody finds the id in the table. */
  public static String pseudonym(WebsiteId website, String id) {
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
