package crowd.core.erase;

import crowd.core.identity.WebsiteId;
import crowd.core.store.Attributes;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.Store;
import crowd.core.store.Write;
import crowd.core.table.TableKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers that ids were erased, and when, once nothing in the table says so any more: a record of
 * the stream may come again after days, a backup may be restored after years. It holds pseudonyms
 * only.
 */
public final class Ledger {

  /**
   * Messages that were received longer ago than this are looked up here. Younger ones need not be:
   * the tombstones of an erasure stand for longer than this, and by more than clocks differ.
   */
  public static final Duration LOOKED_UP_AFTER = Duration.ofMinutes(15);

  private final Store store;
  private final Pseudonyms pseudonyms;

  public Ledger(Store store, Pseudonyms pseudonyms) {
    this.store = store;
    this.pseudonyms = pseudonyms;
  }

  /** The moment of the last erasure of each id that was erased. */
  public Map<String, Instant> erasures(WebsiteId website, Collection<String> ids) {
    var keys = new LinkedHashMap<Key, String>();
    ids.forEach(id -> keys.put(key(website, id), id));
    var erasures = new HashMap<String, Instant>();
    var items = store.getAll(keys.keySet());
    keys.forEach((key, id) -> {
      var item = items.get(key);
      if (item != null) {
        erasures.put(id, Instant.ofEpochMilli(item.requireWhole(Attributes.EPOCH)));
      }
    });
    return erasures;
  }

  /** Remembers an erasure, unless a later one of the same id is remembered. */
  Write entry(WebsiteId website, String id, Instant at) {
    return new Write.Put(
        Item.at(key(website, id)).with(Attributes.EPOCH, at.toEpochMilli()),
        new Condition.AbsentOrOlder(at.toEpochMilli()));
  }

  /** Several of {@link #entry}. */
  List<Write> entries(WebsiteId website, Collection<String> ids, Instant at) {
    return ids.stream().distinct().map(id -> entry(website, id, at)).toList();
  }

  private Key key(WebsiteId website, String id) {
    return TableKeys.erasure(website, pseudonyms.of(website, id));
  }
}
