package crowd.core.reconcile;

import crowd.core.erase.Erasing;
import crowd.core.observe.Counter;
import crowd.core.observe.Metrics;
import crowd.core.project.Converge;
import crowd.core.run.Tasks;
import crowd.core.store.Index;
import crowd.core.store.IndexEntry;
import crowd.core.store.IndexQuery;
import crowd.core.store.Key;
import crowd.core.store.Store;
import crowd.core.store.StoreUnavailableException;
import crowd.core.table.TableKeys;
import crowd.core.table.TableKeys.Waiting;
import crowd.core.unlink.Unlink;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Finishes the work that waits longer than it should: backfills whose record was lost with a crash,
 * and the sweeps of jobs. What the index says is only a hint; each piece of work reads its row
 * again.
 */
public final class Reconcile {

  private static final int PAGE = 100;

  private final Store store;
  private final Converge converge;
  private final Unlink unlink;
  private final Erasing erasing;
  private final Tasks tasks;
  private final InstantSource clock;
  private final Metrics metrics;

  public Reconcile(
      Store store,
      Converge converge,
      Unlink unlink,
      Erasing erasing,
      Tasks tasks,
      InstantSource clock,
      Metrics metrics) {
    this.store = store;
    this.converge = converge;
    this.unlink = unlink;
    this.erasing = erasing;
    this.tasks = tasks;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * @param finished pieces of work that are done
   * @param waiting pieces that are still to be done: the store was not reachable, or the time was
   *     up
   * @param oldest for how long the oldest piece had been due when the run began
   */
  public record Report(int finished, int waiting, Duration oldest) {
    static final Report NOTHING = new Report(0, 0, Duration.ZERO);

    Report plus(Report other) {
      return new Report(
          finished + other.finished,
          waiting + other.waiting,
          oldest.compareTo(other.oldest) >= 0 ? oldest : other.oldest);
    }
  }

  /**
   * @param deadline after which nothing new is begun
   */
  public Report run(Instant deadline) {
    var now = clock.instant();
    var buckets = new ArrayList<Supplier<Report>>();
    IntStream.range(0, TableKeys.DUE_BUCKETS)
        .forEach(bucket -> buckets.add(() -> work(bucket, now, deadline)));
    var report = tasks.<Report>all(buckets).stream().reduce(Report.NOTHING, Report::plus);
    metrics.add(Counter.RECONCILED, report.finished());
    metrics.add(Counter.STILL_WAITING, report.waiting());
    metrics.add(Counter.OLDEST_WAITING_SECONDS, report.oldest().toSeconds());
    return report;
  }

  private Report work(int bucket, Instant now, Instant deadline) {
    var report = Report.NOTHING;
    var after = Optional.<IndexEntry>empty();
    do {
      var page =
          store.query(
              new IndexQuery(
                  Index.DUE,
                  TableKeys.dueBucket(bucket),
                  now.toEpochMilli(),
                  false,
                  after.orElse(null),
                  PAGE));
      for (var entry : page.entries()) {
        var age = Duration.between(Instant.ofEpochMilli(entry.range()), now);
        report =
            report.plus(
                work(entry.key(), deadline) ? new Report(1, 0, age) : new Report(0, 1, age));
      }
      after = Optional.ofNullable(page.next());
    } while (after.isPresent());
    return report;
  }

  /**
   * Does one piece of work, if it is due and still waits.
   *
   * @param key of the alias or the job
   * @return whether nothing more is to be done for now
   */
  public boolean work(Key key, Instant deadline) {
    if (!clock.instant().isBefore(deadline)) {
      return false;
    }
    try {
      return switch (TableKeys.waiting(key)) {
        case Waiting.OfAlias(var website, var id) ->
            converge.run(website, id, deadline) != Converge.Pass.UNFINISHED;
        case Waiting.OfUnlink(var website, var job) -> {
          unlink.work(website, job);
          yield true;
        }
        case Waiting.OfErasure(var website, var job) -> {
          erasing.work(website, job);
          yield true;
        }
      };
    } catch (StoreUnavailableException _) {
      return false;
    }
  }
}
