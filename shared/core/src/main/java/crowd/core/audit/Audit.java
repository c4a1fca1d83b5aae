package crowd.core.audit;

import crowd.core.directory.DirectoryRepair;
import crowd.core.directory.DirectoryRepair.Shelf;
import crowd.core.identity.WebsiteId;
import crowd.core.observe.Counter;
import crowd.core.observe.Metrics;
import crowd.core.project.Settle;
import crowd.core.reconcile.Reconcile;
import crowd.core.run.Attempts;
import crowd.core.run.Tasks;
import crowd.core.store.Index;
import crowd.core.store.IndexEntry;
import crowd.core.store.IndexQuery;
import crowd.core.store.Store;
import crowd.core.store.WriteOutcome;
import crowd.core.table.AuditRow;
import crowd.core.table.TableKeys;
import crowd.core.website.WebsiteRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks the promises on the people of all websites who were seen lately, newest first, and mends
 * what is derived. Everything that it writes is conditional, so that it may run beside everything
 * else, and beside itself; it may stop at any point.
 *
 * <p>What the indexes say is only a hint, and what is found is read again before it is counted: a
 * change under way is no finding.
 */
public final class Audit {

  /** People seen within this time are looked at: twice as long as from one run to the next. */
  public static final Duration RECENT = Duration.ofDays(2);

  /** Entries of the directory that are looked at on each shelf, in a run. */
  private static final int ENTRIES_A_SHELF = 5_000;

  private static final int PEOPLE_AT_ONCE = 25;

  private final Store store;
  private final PersonAudit people;
  private final Waiting waiting;
  private final DirectoryRepair directory;
  private final WebsiteRegistry websites;
  private final Tasks tasks;
  private final InstantSource clock;
  private final Metrics metrics;

  public Audit(
      Store store,
      Settle settle,
      Reconcile reconcile,
      Attempts attempts,
      Tasks tasks,
      InstantSource clock,
      Metrics metrics) {
    this.store = store;
    this.directory = new DirectoryRepair(store);
    this.waiting = new Waiting(store, reconcile, clock);
    this.people = new PersonAudit(store, settle, waiting, directory, attempts, clock);
    this.websites = new WebsiteRegistry(store);
    this.tasks = tasks;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * Goes on where the last run stopped, or begins anew if it came to the end.
   *
   * @param deadline after which nothing new is begun
   * @throws crowd.core.store.StoreUnavailableException if the store did not answer; what was
   *     checked before is not checked again by the next run
   */
  public Report run(Instant deadline) {
    var walk = new Walk(deadline);
    try {
      return walk.run();
    } finally {
      walk.report.found().forEach(metrics::add);
    }
  }

  /** One run. */
  private final class Walk {

    private final Instant deadline;
    private final Map<String, Shelf> shelves = new HashMap<>();
    private @Nullable Progress progress;
    private Report report = Report.NOTHING;

    Walk(Instant deadline) {
      this.deadline = deadline;
      this.progress = stored();
    }

    Report run() {
      report = waiting.workOverdue(deadline);
      var since = progress == null ? clock.instant().minus(RECENT) : progress.since();
      for (var website : websites.all()) {
        if (isDone(website)) {
          continue;
        }
        shelves.clear();
        if (!walk(website, since) || !tidy(website)) {
          return report.incomplete();
        }
      }
      forget();
      return report;
    }

    private boolean isDone(WebsiteId website) {
      return progress != null && website.value().compareTo(progress.website().value()) < 0;
    }

    /** False if the time was up. */
    private boolean walk(WebsiteId website, Instant since) {
      var after = start(website);
      do {
        if (isTimeUp()) {
          return false;
        }
        var page =
            store.query(
                new IndexQuery(
                    Index.SEEN, website.value(), Long.MAX_VALUE, true, after, PEOPLE_AT_ONCE));
        var recent =
            page.entries().stream().filter(entry -> entry.range() >= since.toEpochMilli()).toList();
        check(website, recent);
        if (recent.size() < page.entries().size() || page.next() == null) {
          return true;
        }
        after = page.next();
        remember(website, since, after);
      } while (true);
    }

    private @Nullable IndexEntry start(WebsiteId website) {
      return progress != null && progress.website().equals(website)
          ? new IndexEntry(
              TableKeys.profile(website, progress.user()), progress.lastSeen().toEpochMilli())
          : null;
    }

    private void check(WebsiteId website, List<IndexEntry> entries) {
      var checks =
          entries.stream()
              .map(entry -> TableKeys.userOf(website, entry.key()))
              .<Supplier<PersonAudit.Checked>>map(
                  user -> () -> people.check(website, user, deadline))
              .toList();
      for (var checked : tasks.<PersonAudit.Checked>all(checks)) {
        report = report.plus(checked.report());
        checked.shelves().forEach(shelf -> shelves.putIfAbsent(shelf.name(), shelf));
      }
    }

    /** False if the time was up. */
    private boolean tidy(WebsiteId website) {
      for (var shelf : shelves.values()) {
        int removed = directory.tidy(website, shelf, ENTRIES_A_SHELF, this::isTimeUp);
        report = report.plus(Report.of(Counter.STRAY_ENTRIES, removed));
      }
      return !isTimeUp();
    }

    private boolean isTimeUp() {
      return !clock.instant().isBefore(deadline);
    }

    private @Nullable Progress stored() {
      var key = TableKeys.auditProgress();
      var item = store.get(List.of(key)).get(key);
      return item == null ? null : AuditRow.read(item);
    }

    /** If another run is under way as well, its progress is as good as this one's. */
    private void remember(WebsiteId website, Instant since, IndexEntry last) {
      long revision = progress == null ? 0 : progress.revision();
      var next =
          new Progress(
              revision,
              since,
              website,
              Instant.ofEpochMilli(last.range()),
              TableKeys.userOf(website, last.key()));
      progress =
          store.write(AuditRow.write(next)) instanceof WriteOutcome.Written
              ? new Progress(revision + 1, since, website, next.lastSeen(), next.user())
              : stored();
    }

    private void forget() {
      if (progress != null) {
        store.write(AuditRow.delete(progress.revision()));
      }
    }
  }
}
