package crowd.simulation.explore;

import crowd.core.batch.Batch;
import crowd.core.claim.Claims;
import crowd.core.erase.Erase;
import crowd.core.erase.Erasing;
import crowd.core.erase.Ledger;
import crowd.core.fingerprint.Browsers;
import crowd.core.identify.Identify;
import crowd.core.merge.AliasUser;
import crowd.core.merge.Merge;
import crowd.core.message.Ids;
import crowd.core.observe.Metrics;
import crowd.core.project.Converge;
import crowd.core.project.Project;
import crowd.core.reconcile.Reconcile;
import crowd.core.reset.Reset;
import crowd.core.run.Attempts;
import crowd.core.run.Tasks;
import crowd.core.store.Store;
import crowd.core.track.Track;
import crowd.core.unlink.Unlink;
import java.time.Duration;
import java.time.InstantSource;

/** The product's use cases, put together as {@code Wiring} does it, for one process. */
record UseCases(
    Identify identify,
    Track track,
    Reset reset,
    Batch batch,
    Merge merge,
    Unlink unlink,
    Erase erase,
    Project project,
    Reconcile reconcile,
    Ids ids) {

  /**
   * How far ahead the reconciler's clock is: work that is due a little later is found by it at any
   * time. Less than what the late sweeps wait for.
   */
  static final Duration AHEAD = Duration.ofMinutes(3);

  /**
   * @param store the port, or what stands before it
   */
  static UseCases on(Port port, Store store) {
    InstantSource ahead = () -> port.instant().plus(AHEAD);
    var attempts = new Attempts(port);
    var claims = new Claims(store, attempts, port, Metrics.NONE);
    var ledger = new Ledger(store, (website, id) -> pseudonym(id));
    var identify = new Identify(claims, new Browsers(store, attempts), port, Metrics.NONE);
    var track = new Track(port, Metrics.NONE);
    var ids = new CountedIds();
    var reset = new Reset(store, port, attempts, port, ids, Metrics.NONE);
    var merge = new Merge(store, attempts, port, Metrics.NONE);
    return new UseCases(
        identify,
        track,
        reset,
        new Batch(
            identify,
            reset,
            new AliasUser(store, merge, identify, Metrics.NONE),
            track,
            port,
            Tasks.IN_TURN,
            Metrics.NONE),
        merge,
        new Unlink(store, attempts, port, Metrics.NONE),
        new Erase(store, attempts, port, Metrics.NONE),
        new Project(
            store,
            claims,
            new Converge(store, attempts, port, Metrics.NONE),
            ledger,
            attempts,
            Tasks.IN_TURN,
            port,
            Metrics.NONE),
        new Reconcile(
            store,
            new Converge(store, attempts, ahead, Metrics.NONE),
            new Unlink(store, attempts, ahead, Metrics.NONE),
            new Erasing(store, ledger, attempts, ahead),
            Tasks.IN_TURN,
            ahead,
            Metrics.NONE),
        ids);
  }

  /** A name by which nobody finds the id in the table. */
  static String pseudonym(String id) {
    return Integer.toHexString(id.hashCode());
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
}
