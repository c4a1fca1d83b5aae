package crowd.core.timeline;

import crowd.core.event.StoredEvent;
import crowd.core.json.Unicode;
import crowd.core.message.Message;
import crowd.core.store.Item;
import crowd.core.store.Query;
import crowd.core.store.Store;
import crowd.core.table.EventRow;
import crowd.core.table.TableKeys;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The events of one partition in the order of their keys, as groups: a group is what is stored of
 * one event, more than one item if it was delivered more than once.
 */
final class EventSource {

  private final Store store;
  private final Query query;
  private final Predicate<StoredEvent> belongs;
  private final Deque<Item> read = new ArrayDeque<>();
  private @Nullable String next;
  private boolean isAtEnd;

  /**
   * @param query from where on, in which direction
   * @param belongs which of the events are the timeline's
   */
  EventSource(Store store, Query query, Predicate<StoredEvent> belongs) {
    this.store = store;
    this.query = query;
    this.belongs = belongs;
    this.next = query.after();
  }

  /** What is stored of one event. */
  record Group(String key, List<StoredEvent> items) {

    /** The order of groups in a partition. */
    static int inOrder(Group a, Group b) {
      return Unicode.compareUtf8(a.key, b.key);
    }

    Group with(Group other) {
      var all = new ArrayList<>(items);
      all.addAll(other.items);
      return new Group(key, all);
    }

    /**
     * The one that is shown: that with a user id first, then the earliest received, then the
     * smallest hash. A join, so that it does not matter in which order they came.
     */
    StoredEvent shown() {
      return items.stream().min(EventSource::firstShown).orElseThrow();
    }
  }

  private static int firstShown(StoredEvent a, StoredEvent b) {
    if (a.message().user().isPresent() != b.message().user().isPresent()) {
      return a.message().user().isPresent() ? -1 : 1;
    }
    int received = a.message().receivedAt().compareTo(b.message().receivedAt());
    return received != 0 ? received : hash(a.message()).compareTo(hash(b.message()));
  }

  private static String hash(Message message) {
    return message.contentHash();
  }

  /** The next group with an event of the timeline; empty at the end. */
  Optional<Group> next() {
    while (true) {
      var first = peek();
      if (first.isEmpty()) {
        return Optional.empty();
      }
      var key = TableKeys.groupOf(first.get().key().sk());
      var items = new ArrayList<StoredEvent>();
      for (var item = first;
          item.isPresent() && item.get().key().sk().startsWith(key);
          item = peek()) {
        var event = EventRow.read(item.get());
        if (belongs.test(event)) {
          items.add(event);
        }
        read.removeFirst();
      }
      if (!items.isEmpty()) {
        return Optional.of(new Group(key, items));
      }
    }
  }

  private Optional<Item> peek() {
    while (read.isEmpty() && !isAtEnd) {
      var page = store.query(query.startingAfter(next));
      read.addAll(page.items());
      next = page.next();
      isAtEnd = next == null;
    }
    return Optional.ofNullable(read.peekFirst());
  }
}
