package crowd.local.dynamo;

import crowd.aws.Clients;
import crowd.aws.DynamoStore;
import crowd.aws.TableSchema;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A table in a DynamoDB Local of its own, for one test class. */
final class DynamoTable implements AfterAllCallback {

  final String name = "crowd-" + UUID.randomUUID();
  final DynamoDbLocal dynamo = DynamoDbLocal.inMemory(DynamoDbLocal.ANY_PORT);
  final SdkHttpClient http = Clients.newHttp();
  final DynamoDbClient client = dynamo.client(http);
  final DynamoStore store = new DynamoStore(client, name);

  DynamoTable() {
    TableSchema.createTable(client, name);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    client.close();
    http.close();
    dynamo.close();
  }
}
