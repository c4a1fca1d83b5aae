package crowd.aws;

import crowd.core.store.Attributes;
import crowd.core.store.Index;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** The table as DynamoDB knows it. template.yaml says the same for the stack. */
public final class TableSchema {

  private TableSchema() {}

  /** {@code due} and {@code seen}. */
  public static String nameOf(Index index) {
    return index.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Makes the table, unless it is there, where no stack does: in the local run and in tests. Waits
   * until it can be used.
   */
  public static void createTable(DynamoDbClient client, String name) {
    try {
      create(client, name);
    } catch (ResourceInUseException _) {
      // Of an earlier run; or the answer was lost, and the SDK asked once more.
    }
    try (var waiter = client.waiter()) {
      waiter.waitUntilTableExists(table -> table.tableName(name));
    }
    if (!expires(client, name)) {
      client.updateTimeToLive(table ->
          table
              .tableName(name)
              .timeToLiveSpecification(ttl -> ttl.attributeName(Attributes.TTL).enabled(true)));
    }
  }

  private static void create(DynamoDbClient client, String name) {
    client.createTable(table ->
        table
            .tableName(name)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .attributeDefinitions(keyAttributes())
            .keySchema(keys(Attributes.PK, Attributes.SK))
            .globalSecondaryIndexes(
                Stream.of(Index.values()).map(TableSchema::secondaryIndex).toList()));
  }

  /** To turn it on twice is an error. */
  private static boolean expires(DynamoDbClient client, String name) {
    var ttl = client.describeTimeToLive(table -> table.tableName(name)).timeToLiveDescription();
    return ttl.timeToLiveStatus() == TimeToLiveStatus.ENABLED;
  }

  private static List<AttributeDefinition> keyAttributes() {
    return Stream.concat(
            Stream.of(text(Attributes.PK), text(Attributes.SK)),
            Stream.of(Index.values())
                .flatMap(index -> Stream.of(text(index.hash()), number(index.range()))))
        .toList();
  }

  private static GlobalSecondaryIndex secondaryIndex(Index index) {
    return GlobalSecondaryIndex.builder()
        .indexName(nameOf(index))
        .keySchema(keys(index.hash(), index.range()))
        .projection(projection -> projection.projectionType(ProjectionType.KEYS_ONLY))
        .build();
  }

  private static List<KeySchemaElement> keys(String hash, String range) {
    return List.of(
        KeySchemaElement.builder().attributeName(hash).keyType(KeyType.HASH).build(),
        KeySchemaElement.builder().attributeName(range).keyType(KeyType.RANGE).build());
  }

  private static AttributeDefinition text(String name) {
    return attribute(name, ScalarAttributeType.S);
  }

  private static AttributeDefinition number(String name) {
    return attribute(name, ScalarAttributeType.N);
  }

  private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }
}
