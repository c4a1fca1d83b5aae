package crowd.core.erase;

import crowd.core.event.StoredEvent;
import crowd.core.identity.Alias;
import crowd.core.identity.AnonymousId;
import crowd.core.message.Message;
import crowd.core.run.Attempts;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.Query;
import crowd.core.store.Store;
import crowd.core.store.Write;
import crowd.core.table.EventRow;
import crowd.core.table.MarkerRow;
import crowd.core.table.MembershipRow;
import crowd.core.table.Table;
import crowd.core.table.TableKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Goes through partitions and removes the events that were received up to the erasure. */
final class Sweep {

  private static final int PAGE = 200;

  private final Store store;
  private final Table table;
  private final Attempts attempts;
  private final EraseJob job;
  private final List<Message> survivors = new ArrayList<>();
  private final Set<AnonymousId> claimed = new LinkedHashSet<>();

  Sweep(Store store, Attempts attempts, EraseJob job) {
    this.store = store;
    this.table = new Table(store);
    this.attempts = attempts;
    this.job = job;
  }

  /**
   * Removes copies too that were received later, as long as an id was still his: they are nobody's.
   * Leaves the copies of ids that somebody new, who bears the same user id, claimed since, whenever
   * their events were received.
   *
   * @param ids that were his, as they are now
   */
  void user(Collection<Alias> ids) {
    var byOrigin = new HashMap<String, Alias>();
    ids.forEach(alias -> byOrigin.put(StoredEvent.originOf(alias.id()), alias));
    var partition = TableKeys.userPartition(job.website(), job.user());
    partition(
        partition,
        event -> byOrigin.containsKey(event.origin()) || !isOfSomebodyNew(event),
        event -> ofNobody(event, byOrigin.get(event.event().origin())));
    remove(partition, TableKeys.MEMBERSHIPS, this::membership);
  }

  /** Asked after the copy was read: whoever made it has had the id before. */
  private boolean isOfSomebodyNew(StoredEvent event) {
    return event.isCopy()
        && event
            .message()
            .anonymous()
            .map(id -> table.alias(job.website(), id))
            .filter(alias -> alias.ownedBy(job.user()))
            .filter(alias -> !alias.isErasedWith(job.user(), job.erasedAt()))
            .isPresent();
  }

  void anonymous(AnonymousId id) {
    partition(TableKeys.anonymousPartition(job.website(), id), _ -> true, _ -> Optional.empty());
  }

  /** The user's own events that were received since. */
  List<Message> survivors() {
    return List.copyOf(survivors);
  }

  /** The anonymous ids that the user's own events name, which were removed. */
  Set<AnonymousId> claimed() {
    return Collections.unmodifiableSet(claimed);
  }

  /** Unless somebody new, who bears the same id, has come into the group meanwhile. */
  private Optional<Write> membership(Item item) {
    return Optional.of(MembershipRow.read(job.website(), item))
        .filter(membership -> membership.isErasedBy(job.erasedAt()))
        .map(MembershipRow::delete);
  }

  /** An event, and where it stands. */
  private record Stored(Key key, StoredEvent event) {}

  private Optional<Write> ofNobody(Stored stored, @Nullable Alias alias) {
    return alias == null
            || !stored.event().isCopy()
            || alias.owns(job.user(), stored.event().message())
        ? Optional.empty()
        : Optional.of(EventRow.deleteCopy(stored.key(), alias.id(), alias.epoch()));
  }

  /**
   * @param isHis whether the erasure is about the event at all
   * @param ofLater what happens to an event that was received later
   */
  private void partition(
      String pk, Predicate<StoredEvent> isHis, Function<Stored, Optional<Write>> ofLater) {
    // The first sending of an untimed message goes; one of after it, which has its time, stays.
    var timed = new HashSet<String>();
    remove(
        pk,
        TableKeys.EVENTS,
        item -> {
          var stored = new Stored(item.key(), EventRow.read(item));
          var received = stored.event().message().receivedAt();
          if (!stored.event().isCopy() && received.isAfter(job.erasedAt())) {
            timed.add(TableKeys.groupOf(item.key().sk()));
          }
          if (!isHis.test(stored.event())) {
            return Optional.empty();
          }
          return isErased(stored.event().message())
              ? Optional.of(EventRow.delete(stored.key(), stored.event()))
              : ofLater.apply(stored);
        });
    if (job.phase() == EraseJob.Phase.LATE_SWEEP) {
      remove(
          pk,
          TableKeys.MARKERS,
          item ->
              MarkerRow.read(item).isAfter(job.erasedAt()) || timed.contains(MarkerRow.group(item))
                  ? Optional.empty()
                  : Optional.of(new Write.Delete(item.key(), Condition.ALWAYS)));
    }
  }

  private boolean isErased(Message message) {
    if (message.receivedAt().isAfter(job.erasedAt())) {
      if (message.user().isPresent()) {
        survivors.add(message);
      }
      return false;
    }
    if (message.user().isPresent()) {
      message.anonymous().ifPresent(claimed::add);
    }
    return true;
  }

  private void remove(String pk, String prefix, Function<Item, Optional<Write>> removal) {
    store.eachPage(
        Query.prefix(pk, prefix, PAGE),
        items ->
            attempts.settle(store, items.stream().map(removal).flatMap(Optional::stream).toList()));
  }
}
