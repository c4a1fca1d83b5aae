package crowd.core.erase;

import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

  /**
   * The moments of the last erasures. A user and an anonymous id of the same name are two: the one
   * may be erased, and the other somebody else's.
   */
  public record Erasures(Map<UserId, Instant> ofUsers, Map<AnonymousId, Instant> ofIds) {

    public Erasures {
      ofUsers = Map.copyOf(ofUsers);
      ofIds = Map.copyOf(ofIds);
    }

    /** Whether the user was erased at this moment or after it. */
    public boolean took(UserId user, Instant receivedAt) {
      return !receivedAt.isAfter(ofUsers.getOrDefault(user, Instant.MIN));
    }

    /** Whether the id went with its owner at this moment or after it. */
    public boolean took(AnonymousId id, Instant receivedAt) {
      return !receivedAt.isAfter(ofIds.getOrDefault(id, Instant.MIN));
    }
  }

  /** Those of these users and ids. Reads nothing if there are none. */
  public Erasures erasures(WebsiteId website, Set<UserId> users, Set<AnonymousId> ids) {
    var keysOfUsers = new LinkedHashMap<UserId, Key>();
    users.forEach(user -> keysOfUsers.put(user, key(website, user)));
    var keysOfIds = new LinkedHashMap<AnonymousId, Key>();
    ids.forEach(id -> keysOfIds.put(id, key(website, id)));
    var keys = new ArrayList<>(keysOfUsers.values());
    keys.addAll(keysOfIds.values());
    var items = store.getAll(keys);
    return new Erasures(found(keysOfUsers, items), found(keysOfIds, items));
  }

  private static <T> Map<T, Instant> found(Map<T, Key> keys, Map<Key, Item> items) {
    var moments = new HashMap<T, Instant>();
    keys.forEach((erased, key) -> {
      var item = items.get(key);
      if (item != null) {
        moments.put(erased, Instant.ofEpochMilli(item.requireWhole(Attributes.EPOCH)));
      }
    });
    return moments;
  }

  /** Remembers an erasure, unless a later one of the same is remembered. */
  List<Write> entries(WebsiteId website, UserId user, Set<AnonymousId> ids, Instant erasedAt) {
    var entries = new ArrayList<Write>();
    entries.add(entry(key(website, user), erasedAt));
    ids.forEach(id -> entries.add(entry(key(website, id), erasedAt)));
    return entries;
  }

  private static Write entry(Key key, Instant erasedAt) {
    return new Write.Put(
        Item.at(key).with(Attributes.EPOCH, erasedAt.toEpochMilli()),
        new Condition.AbsentOrOlder(erasedAt.toEpochMilli()));
  }

  private Key key(WebsiteId website, UserId user) {
    return TableKeys.erasure(website, pseudonyms.of(website, "user\n" + user.value()));
  }

  private Key key(WebsiteId website, AnonymousId id) {
    return TableKeys.erasure(website, pseudonyms.of(website, "anonymous\n" + id.value()));
  }
}
