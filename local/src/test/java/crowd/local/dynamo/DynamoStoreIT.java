package crowd.local.dynamo;

import crowd.core.store.Store;
import crowd.core.store.StoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class DynamoStoreIT extends StoreContract {

  @RegisterExtension static final DynamoTable TABLE = new DynamoTable();

  @Override
  protected Store store() {
    return TABLE.store;
  }
}
