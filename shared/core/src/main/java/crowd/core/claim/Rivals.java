package crowd.core.claim;

import crowd.core.run.Attempts;
import crowd.core.store.IndexPage;
import crowd.core.store.IndexQuery;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.Page;
import crowd.core.store.Query;
import crowd.core.store.Store;
import crowd.core.store.Write;
import crowd.core.store.WriteOutcome;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The store as one claim uses it, which sees whether it is others that are in the way. */
final class Rivals implements Store {

  private final Store store;
  private int lost;
  private boolean isBusy;

  Rivals(Store store) {
    this.store = store;
  }

  /** Whether each try was lost to another writer, and none to a store that was busy or silent. */
  boolean wonEachTime() {
    return lost >= Attempts.MOST && !isBusy;
  }

  private WriteOutcome seen(WriteOutcome outcome) {
    switch (outcome) {
      case WriteOutcome.Conflict _, WriteOutcome.ConditionFailed _ -> lost++;
      case WriteOutcome.Throttled _, WriteOutcome.Unknown _ -> isBusy = true;
      case WriteOutcome.Written _ -> {
        // Nobody was in the way.
      }
    }
    return outcome;
  }

  @Override
  public Map<Key, Item> get(Collection<Key> keys) {
    return store.get(keys);
  }

  @Override
  public Page query(Query query) {
    return store.query(query);
  }

  @Override
  public IndexPage query(IndexQuery query) {
    return store.query(query);
  }

  @Override
  public List<WriteOutcome> write(List<? extends Write> writes) {
    var outcomes = store.write(writes);
    outcomes.forEach(this::seen);
    return outcomes;
  }

  @Override
  public WriteOutcome transact(List<? extends Write> writes) {
    return seen(store.transact(writes));
  }

  @Override
  public List<Item> putAll(List<Item> items) {
    return store.putAll(items);
  }
}
