package crowd.simulation.explore;

import crowd.core.store.Condition;
import crowd.core.store.ForwardingStore;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.Store;
import crowd.core.store.Write;
import crowd.core.store.WriteOutcome;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bugs that the product does not have: stores that answer, or write, as they should not. */
final class Planted {

  private Planted() {}

  /** An alias is read before the events are put, and not again. */
  static Store staleAlias(Store store) {
    var known = new HashMap<Key, Map<Key, Item>>();
    return new ForwardingStore(store) {
      @Override
      public List<Item> putAll(List<Item> items) {
        for (var item : items) {
          var alias = new Key(item.key().pk(), "@");
          if (alias.pk().contains("#a#")) {
            known.put(alias, super.get(List.of(alias)));
          }
        }
        return super.putAll(items);
      }

      @Override
      public Map<Key, Item> get(Collection<Key> keys) {
        var only = keys.size() == 1 ? known.get(keys.iterator().next()) : null;
        return only != null ? only : super.get(keys);
      }
    };
  }

  /** A copy is put whatever is there. */
  static Store unconditionalCopy(Store store) {
    return new ForwardingStore(store) {
      @Override
      public List<WriteOutcome> write(List<? extends Write> writes) {
        return super.write(writes.stream().map(Planted::withoutCondition).toList());
      }
    };
  }

  private static Write withoutCondition(Write write) {
    return write instanceof Write.Put(var item, Condition.AbsentOrOlder _)
            && item.key().sk().startsWith("E#")
        ? new Write.Put(item, Condition.ALWAYS)
        : write;
  }

  /** A job ends with its first sweep. */
  static Store oneSweep(Store store) {
    return new ForwardingStore(store) {
      @Override
      public List<WriteOutcome> write(List<? extends Write> writes) {
        return super.write(writes.stream().map(Planted::ended).toList());
      }
    };
  }

  private static Write ended(Write write) {
    return write instanceof Write.Put(var item, var condition)
            && item.key().sk().startsWith("J#")
            && item.text("phase").equals(Optional.of("LATE_SWEEP"))
        ? new Write.Delete(item.key(), condition)
        : write;
  }

  /** A merge does not look whether the other user is still a root. */
  static Store oneRoot(Store store) {
    return new ForwardingStore(store) {
      @Override
      public WriteOutcome transact(List<? extends Write> writes) {
        return super.transact(
            writes.stream()
                .filter(write ->
                    !(write instanceof Write.Put(var item, _))
                        || !item.key().sk().equals("@")
                        || item.text("merged_into").isPresent())
                .toList());
      }
    };
  }
}
