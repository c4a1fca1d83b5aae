package crowd.core.project;

import crowd.core.identity.Alias;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.CopyState;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.message.Message;
import crowd.core.observe.Counter;
import crowd.core.observe.Metrics;
import crowd.core.profile.Profile;
import crowd.core.run.Attempts;
import crowd.core.store.Query;
import crowd.core.store.Store;
import crowd.core.store.Write;
import crowd.core.store.WriteOutcome;
import crowd.core.table.AliasRow;
import crowd.core.table.EventRow;
import crowd.core.table.Table;
import crowd.core.table.TableKeys;
import crowd.core.unlink.UnlinkJob;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The backfill: makes the copies in the owner's timeline equal to what rule R2 says, page by page.
 * May be repeated, stopped at any point, and run by several at once.
 */
public final class Converge {

  /**
   * Above this an id is {@code LAZY}: its events are never copied but always read where they are.
   */
  public static final int MAX_COPIED_EVENTS = 100_000;

  private static final int PAGE = 100;

  private final Store store;
  private final Table table;
  private final Attempts attempts;
  private final InstantSource clock;
  private final Metrics metrics;
  private final int maxCopiedEvents;

  public Converge(Store store, Attempts attempts, InstantSource clock, Metrics metrics) {
    this(store, attempts, clock, metrics, MAX_COPIED_EVENTS);
  }

  /**
   * With another limit than {@link #MAX_COPIED_EVENTS}.
   *
   * @param maxCopiedEvents looked at page by page, so that up to a page more may be copied
   */
  public Converge(
      Store store, Attempts attempts, InstantSource clock, Metrics metrics, int maxCopiedEvents) {
    this.store = store;
    this.table = new Table(store);
    this.attempts = attempts;
    this.clock = clock;
    this.metrics = metrics;
    this.maxCopiedEvents = maxCopiedEvents;
  }

  /** How a pass ended. */
  public enum Pass {
    /** No copies waited. */
    NOTHING_WAITED,
    /** Every event that was stored when the pass began has its copy, if it is to have one. */
    COMPLETE,
    /**
     * The end was reached, but not every event was copied on the way: the pass began at a cursor,
     * or only took copies back.
     */
    PARTIAL,
    /** The time was up. The reconciler goes on at the cursor. */
    UNFINISHED
  }

  /**
   * @param deadline after which no new page is begun
   * @throws crowd.core.store.StoreUnavailableException if it has to be done again
   */
  public Pass run(WebsiteId website, AnonymousId id, Instant deadline) {
    var alias = table.alias(website, id);
    if (!alias.waitsAt(clock.instant())) {
      return Pass.NOTHING_WAITED;
    }
    return new Walk(alias, deadline).run();
  }

  /** One walk over an id's events. */
  private final class Walk {

    private final Instant deadline;
    private Alias alias;
    private boolean whole;
    private @Nullable String cursor;
    private long scanned;
    private @Nullable Instant earliest;
    private @Nullable Instant latest;

    Walk(Alias alias, Instant deadline) {
      this.deadline = deadline;
      this.alias = alias;
      this.whole = true;
      restartFrom(alias);
    }

    private void restartFrom(Alias current) {
      alias = current;
      cursor = current.cursor();
      scanned = current.scanned();
      whole = cursor == null;
    }

    Pass run() {
      while (alias.waitsAt(clock.instant())) {
        var events =
            Query.prefix(
                TableKeys.anonymousPartition(alias.website(), alias.id()), TableKeys.EVENTS, PAGE);
        var page = store.query(events.startingAfter(cursor));
        var messages = page.items().stream().map(item -> EventRow.read(item).message()).toList();
        copy(messages);
        var current = table.alias(alias.website(), alias.id());
        if (!current.isOfSameDecision(alias)) {
          takeBack(messages, current);
          restartFrom(current);
          continue;
        }
        alias = current;
        if (!alias.waitsAt(clock.instant())) {
          // Another walk came to the end: a cursor stored now would never be removed again.
          break;
        }
        cursor = page.next();
        scanned += messages.size();
        if (cursor == null || scanned > maxCopiedEvents) {
          var copies = alias.copies();
          if (finish(cursor == null)) {
            return whole && copies == CopyState.PENDING ? Pass.COMPLETE : Pass.PARTIAL;
          }
          restartFrom(table.alias(alias.website(), alias.id()));
        } else if (!clock.instant().isBefore(deadline)) {
          stop(cursor);
          return Pass.UNFINISHED;
        }
      }
      return Pass.PARTIAL;
    }

    private void copy(List<Message> messages) {
      var owner = alias.owner().orElseThrow();
      var writes =
          new ArrayList<>(
              Erased.removals(
                  alias.website(), messages.stream().filter(alias::hasErased).toList()));
      int copied = 0;
      for (var message : messages) {
        if (alias.owns(message)) {
          seen(message.time());
          if (alias.copies() == CopyState.PENDING) {
            writes.add(
                EventRow.putCopy(alias.website(), owner, alias.id(), message, alias.epoch()));
            copied++;
          }
        } else if (message.time().isAfter(alias.sealedAt())) {
          writes.add(delete(owner, message));
        }
      }
      attempts.settle(store, writes);
      metrics.add(Counter.COPIED_EVENTS, copied);
    }

    /**
     * What was copied under a decision that no longer stands. Not what belongs by the new one, too:
     * it may have been copied long before, and a walk that only takes back does not copy it again.
     */
    private void takeBack(List<Message> messages, Alias current) {
      var owner = alias.owner().orElseThrow();
      attempts.settle(
          store,
          messages.stream()
              .filter(message -> alias.owns(message))
              .filter(message -> !current.owns(owner, message))
              .map(message -> delete(owner, message))
              .toList());
    }

    private Write delete(UserId owner, Message message) {
      return EventRow.deleteCopy(alias.website(), owner, alias.id(), message, alias.epoch());
    }

    private void seen(Instant time) {
      earliest = earliest == null || time.isBefore(earliest) ? time : earliest;
      latest = latest == null ? time : Profile.lastSeen(latest, time);
    }

    /**
     * The end comes last of all, and only if the decision is still the one that was carried out.
     */
    private boolean finish(boolean isComplete) {
      markSeen();
      var end =
          isComplete
              ? alias.settled(clock.instant().plus(UnlinkJob.LATE_SWEEP_AFTER))
              : alias.lazy();
      boolean done = store.write(AliasRow.write(end)) instanceof WriteOutcome.Written;
      if (done && !isComplete) {
        metrics.add(Counter.LAZY_IDS);
      }
      return done;
    }

    private void stop(String at) {
      markSeen();
      // If it fails, the reconciler begins at the cursor before: more work, nothing lost.
      store.write(AliasRow.write(alias.scannedTo(at, scanned, clock.instant())));
    }

    private void markSeen() {
      if (earliest != null && latest != null) {
        new Seen(store, table, attempts).mark(alias, earliest, latest);
      }
    }
  }
}
