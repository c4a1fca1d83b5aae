package crowd.core.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The table. Reads of items and partitions are strong: they see every write that was acknowledged
 * before they began. Reads of an index are not, and what it points at has to be read again.
 *
 * <p>Writes answer how they ended and never throw for it. Reads that fail throw {@link
 * StoreUnavailableException}.
 */
public interface Store {

  /** Most items of one {@link #get} or {@link #transact}. */
  int MAX_KEYS = 100;

  /**
   * Strong read of items by key. Each item is read on its own: together they are no snapshot.
   *
   * @param keys at most {@link #MAX_KEYS}, no key twice
   * @return the items that exist
   */
  Map<Key, Item> get(Collection<Key> keys);

  /** Strong read of a page of one partition. */
  Page query(Query query);

  /** Eventual read of a page of an index. */
  IndexPage query(IndexQuery query);

  /**
   * Writes each on its own, in any order, several at once.
   *
   * @param writes any number, no key twice
   * @return the endings, in the order of the writes
   */
  List<WriteOutcome> write(List<? extends Write> writes);

  /**
   * Writes all or none.
   *
   * @param writes 1 to {@link #MAX_KEYS}, no key twice
   * @return one ending for all; {@code ConditionFailed} if at least one condition did not hold
   */
  WriteOutcome transact(List<? extends Write> writes);

  /**
   * Puts items without a condition, in bulk: for items whose key names their whole content, so that
   * a repeat writes the same.
   *
   * @param items any number, no key twice
   * @return those that are not known to be written after the store's own tries: not to be
   *     acknowledged
   */
  List<Item> putAll(List<Item> items);

  /**
   * As {@link #get}, of any number of keys, in as few calls as possible.
   *
   * @param keys a key that stands in it twice is read once
   */
  default Map<Key, Item> getAll(Collection<Key> keys) {
    var distinct = new ArrayList<>(new LinkedHashSet<>(keys));
    var items = new HashMap<Key, Item>();
    for (int from = 0; from < distinct.size(); from += MAX_KEYS) {
      items.putAll(get(distinct.subList(from, Math.min(distinct.size(), from + MAX_KEYS))));
    }
    return items;
  }

  /** All pages of a query, each done with before the next is read. */
  default void eachPage(Query query, Consumer<List<Item>> action) {
    @Nullable String after = query.after();
    do {
      var page = query(query.startingAfter(after));
      action.accept(page.items());
      after = page.next();
    } while (after != null);
  }

  /** Writes one. */
  default WriteOutcome write(Write write) {
    return write(List.of(write)).getFirst();
  }
}
