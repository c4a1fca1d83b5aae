package crowd.core.unlink;

import crowd.core.event.StoredEvent;
import crowd.core.history.Because;
import crowd.core.history.Decided;
import crowd.core.history.Decided.Kind;
import crowd.core.identity.Alias;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.merge.Unions;
import crowd.core.observe.Counter;
import crowd.core.observe.Metrics;
import crowd.core.run.Attempts;
import crowd.core.store.Attributes;
import crowd.core.store.Key;
import crowd.core.store.Query;
import crowd.core.store.Store;
import crowd.core.store.StoreUnavailableException;
import crowd.core.store.Write;
import crowd.core.store.WriteOutcome;
import crowd.core.table.EventRow;
import crowd.core.table.HistoryRow;
import crowd.core.table.JobRow;
import crowd.core.table.Table;
import crowd.core.table.TableKeys;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes an anonymous id back from its owner (R3): its events are nobody's at once, and the id is
 * free for the next claim. The copies leave the user's timeline by a job of two sweeps; every step
 * may be repeated, by several at once.
 */
public final class Unlink {

  private static final int PAGE = 200;

  private final Store store;
  private final Table table;
  private final Unions unions;
  private final SeenAgain seenAgain;
  private final Attempts attempts;
  private final InstantSource clock;
  private final Metrics metrics;

  public Unlink(Store store, Attempts attempts, InstantSource clock, Metrics metrics) {
    this.store = store;
    this.table = new Table(store);
    this.unions = new Unions(store);
    this.seenAgain = new SeenAgain(store, attempts);
    this.attempts = attempts;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * @param user the owner, or one who is one person with him
   */
  public UnlinkOutcome apply(WebsiteId website, UserId user, AnonymousId id, Because because) {
    var trial = new Trial(website, user, id, because);
    try {
      return attempts.until(trial::attempt);
    } catch (StoreUnavailableException _) {
      metrics.add(Counter.UNAVAILABLE);
      return UnlinkOutcome.UNAVAILABLE;
    }
  }

  /** One unlink on its way. */
  private final class Trial {

    private final WebsiteId website;
    private final UserId user;
    private final AnonymousId id;
    private final Because because;

    /** From whom the transaction was sent before: if it is no longer his then, this took it. */
    private @Nullable UserId sentFrom;

    Trial(WebsiteId website, UserId user, AnonymousId id, Because because) {
      this.website = website;
      this.user = user;
      this.id = id;
      this.because = because;
    }

    Optional<UnlinkOutcome> attempt() {
      var alias = table.alias(website, id);
      var owner = alias.owner().filter(this::isOfThePerson);
      if (owner.isEmpty()) {
        // Still his, he may have ceased to be one with the other meanwhile.
        return Optional.of(
            sentFrom != null && !alias.ownedBy(sentFrom)
                ? UnlinkOutcome.UNLINKED
                : UnlinkOutcome.NOT_LINKED);
      }
      var profile = table.profile(website, owner.get());
      if (alias.isErasedWith(owner.get(), profile.erasedAt())) {
        // It goes with him, by the job of the erasure, which knows it by its owner.
        return Optional.of(UnlinkOutcome.NOT_LINKED);
      }
      var now =
          alias.afterLink(profile.afterErasure(clock.instant().truncatedTo(ChronoUnit.MILLIS)));
      var writes = new ArrayList<>(UnlinkWrites.of(alias, alias.unlinked(now), profile, now));
      writes.add(HistoryRow.write(decided(alias, owner.get(), now)));
      sentFrom = owner.get();
      if (!(store.transact(writes) instanceof WriteOutcome.Written)) {
        return Optional.empty();
      }
      metrics.add(Counter.UNLINKS);
      return Optional.of(UnlinkOutcome.UNLINKED);
    }

    private boolean isOfThePerson(UserId owner) {
      return owner.equals(user) || unions.areOne(website, owner, user);
    }

    private Decided decided(Alias alias, UserId owner, Instant now) {
      return new Decided(
          website,
          owner,
          Kind.UNLINKED,
          id.value(),
          null,
          now,
          because.source(),
          because.messageId(),
          Decided.by(alias.revision() + 1, now));
    }
  }

  /**
   * Does the next sweep of a job, if it is due.
   *
   * @throws StoreUnavailableException if it has to be done again
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
    seenAgain.mark(job.website(), job.user());
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
    var origin = Optional.of(StoredEvent.originOf(job.id()));
    store.eachPage(
        query,
        items ->
            attempts.settle(
                store,
                items.stream()
                    .filter(item -> item.text(Attributes.ORIGIN).equals(origin))
                    .map(item -> EventRow.deleteCopy(item.key(), job.id(), job.epoch() - 1))
                    .toList()));
  }
}
