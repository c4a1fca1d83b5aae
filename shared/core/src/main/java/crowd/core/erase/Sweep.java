package crowd.core.erase;

import crowd.core.directory.DirectoryEntries;
import crowd.core.directory.Searched;
import crowd.core.identity.AnonymousId;
import crowd.core.run.Attempts;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Query;
import crowd.core.store.Store;
import crowd.core.store.Write;
import crowd.core.table.EventRow;
import crowd.core.table.MarkerRow;
import crowd.core.table.MembershipRow;
import crowd.core.table.TableKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Goes through partitions and removes the events that were received up to the erasure. */
final class Sweep {

  private static final int PAGE = 200;

  private final Store store;
  private final Attempts attempts;
  private final EraseJob job;
  private final Set<Searched> found = new LinkedHashSet<>();
  private final List<Instant> survivors = new ArrayList<>();

  Sweep(Store store, Attempts attempts, EraseJob job) {
    this.store = store;
    this.attempts = attempts;
    this.job = job;
  }

  void user() {
    var partition = TableKeys.userPartition(job.website(), job.user());
    partition(partition);
    remove(partition, TableKeys.MEMBERSHIPS, this::membership);
  }

  void anonymous(AnonymousId id) {
    partition(TableKeys.anonymousPartition(job.website(), id));
  }

  /** What the directory may have held by the events that were removed. */
  List<Searched> found() {
    return List.copyOf(found);
  }

  /** The times of the user's own events that were received since. */
  List<Instant> survivors() {
    return List.copyOf(survivors);
  }

  private void partition(String pk) {
    remove(pk, TableKeys.EVENTS, item -> always(item, isErasedEvent(item)));
    remove(
        pk, TableKeys.MARKERS, item -> always(item, !MarkerRow.read(item).isAfter(job.erasedAt())));
  }

  private static Optional<Write> always(Item item, boolean isErased) {
    return isErased
        ? Optional.of(new Write.Delete(item.key(), Condition.ALWAYS))
        : Optional.empty();
  }

  /** Unless somebody new, who bears the same id, has come into the group meanwhile. */
  private Optional<Write> membership(Item item) {
    return Optional.of(MembershipRow.read(job.website(), item))
        .filter(membership -> membership.isErasedBy(job.erasedAt()))
        .map(MembershipRow::delete);
  }

  private boolean isErasedEvent(Item item) {
    var message = EventRow.read(item).message();
    if (message.receivedAt().isAfter(job.erasedAt())) {
      if (message.user().isPresent()) {
        survivors.add(message.time());
      }
      return false;
    }
    found.addAll(DirectoryEntries.searched(message));
    return true;
  }

  private void remove(String pk, String prefix, Function<Item, Optional<Write>> removal) {
    var query = Query.prefix(pk, prefix, PAGE);
    for (var next = Optional.of(query); next.isPresent(); ) {
      var page = store.query(next.get());
      var deletes = new ArrayList<Write>();
      for (var item : page.items()) {
        removal.apply(item).ifPresent(deletes::add);
      }
      attempts.settle(store, deletes);
      next = Optional.ofNullable(page.next()).map(query::startingAfter);
    }
  }
}
