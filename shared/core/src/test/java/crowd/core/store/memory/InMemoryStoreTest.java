package crowd.core.store.memory;

import crowd.core.store.Store;
import crowd.core.store.StoreContract;

class InMemoryStoreTest extends StoreContract {

  private final InMemoryStore store = new InMemoryStore();

  @Override
  protected Store store() {
    return store;
  }
}
