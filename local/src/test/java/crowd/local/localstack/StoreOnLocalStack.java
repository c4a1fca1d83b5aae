package crowd.local.localstack;

import crowd.aws.Clients;
import crowd.aws.DynamoStore;
import crowd.aws.TableSchema;
import crowd.core.store.Store;
import crowd.core.store.StoreContract;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.regions.Region;

/** The table's adapter keeps the contract behind LocalStack, too. */
@ExtendWith(LocalStackProcess.Extension.class)
class StoreOnLocalStack extends StoreContract {

  private final DynamoStore store;

  StoreOnLocalStack(LocalStackProcess cloud) {
    var table = "crowd-" + UUID.randomUUID();
    var client = Clients.in(Region.EU_CENTRAL_1).dynamoDb();
    TableSchema.createTable(client, table);
    store = new DynamoStore(client, table);
  }

  @Override
  protected Store store() {
    return store;
  }
}
