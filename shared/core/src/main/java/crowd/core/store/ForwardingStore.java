package crowd.core.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A store that does what another does; subclasses change one thing. */
public abstract class ForwardingStore implements Store {

  protected final Store store;

  protected ForwardingStore(Store store) {
    this.store = store;
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
    return store.write(writes);
  }

  @Override
  public WriteOutcome transact(List<? extends Write> writes) {
    return store.transact(writes);
  }

  @Override
  public List<Item> putAll(List<Item> items) {
    return store.putAll(items);
  }
}
