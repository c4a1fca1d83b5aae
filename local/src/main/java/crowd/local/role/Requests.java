package crowd.local.role;

import crowd.core.store.Attributes;
import crowd.local.template.Call;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.kinesis.model.KinesisRequest;

/** What IAM is asked for a request of the SDK. */
final class Requests {

  static final String TABLE = "TABLE_NAME";
  static final String STREAM = "STREAM_NAME";

  /** The first term of a key condition: name and value of the partition key. */
  private static final Pattern PARTITION = Pattern.compile("#\\w+ = (:\\w+)\\b.*");

  private Requests() {}

  static List<Call> calls(SdkRequest request) {
    return switch (request) {
      case GetItemRequest get -> items("GetItem", Stream.of(get.key()));
      case PutItemRequest put -> items("PutItem", Stream.of(put.item()));
      case UpdateItemRequest update -> items("UpdateItem", Stream.of(update.key()));
      case DeleteItemRequest delete -> items("DeleteItem", Stream.of(delete.key()));
      case BatchGetItemRequest get ->
          items(
              "BatchGetItem",
              get.requestItems().values().stream().flatMap(keys -> keys.keys().stream()));
      case BatchWriteItemRequest write ->
          items(
              "BatchWriteItem",
              write.requestItems().values().stream()
                  .flatMap(Collection::stream)
                  .map(Requests::item));
      // A transaction needs the rights of its parts and none of its own.
      case TransactWriteItemsRequest transaction ->
          transaction.transactItems().stream().flatMap(part -> part(part).stream()).toList();
      case QueryRequest query -> List.of(query(query));
      case DynamoDbRequest other -> List.of(new Call("dynamodb:" + name(other), TABLE, List.of()));
      case KinesisRequest other -> List.of(new Call("kinesis:" + name(other), STREAM, List.of()));
      default -> throw new IllegalArgumentException("of no service in use: " + name(request));
    };
  }

  private static String name(SdkRequest request) {
    return request.getClass().getSimpleName().replaceFirst("Request$", "");
  }

  private static Map<String, AttributeValue> item(WriteRequest write) {
    return write.putRequest() == null ? write.deleteRequest().key() : write.putRequest().item();
  }

  private static List<Call> part(TransactWriteItem part) {
    return Stream.of(
            part("PutItem", part.put() == null ? null : part.put().item()),
            part("UpdateItem", part.update() == null ? null : part.update().key()),
            part("DeleteItem", part.delete() == null ? null : part.delete().key()),
            part(
                "ConditionCheckItem",
                part.conditionCheck() == null ? null : part.conditionCheck().key()))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Call> part(String action, @Nullable Map<String, AttributeValue> item) {
    return item == null ? List.of() : items(action, Stream.of(item));
  }

  private static List<Call> items(String action, Stream<Map<String, AttributeValue>> items) {
    return List.of(
        new Call("dynamodb:" + action, TABLE, items.map(Requests::partition).distinct().toList()));
  }

  private static String partition(Map<String, AttributeValue> item) {
    var key = item.get(Attributes.PK);
    if (key == null) {
      throw new IllegalArgumentException("an item without a partition key");
    }
    return key.s();
  }

  private static Call query(QueryRequest query) {
    var condition = PARTITION.matcher(query.keyConditionExpression());
    var value =
        condition.matches() ? query.expressionAttributeValues().get(condition.group(1)) : null;
    if (value == null) {
      throw new IllegalArgumentException("a query that does not begin with its partition key");
    }
    var resource = query.indexName() == null ? TABLE : TABLE + "/index/" + query.indexName();
    return new Call("dynamodb:Query", resource, List.of(value.s()));
  }
}
