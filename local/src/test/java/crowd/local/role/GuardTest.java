package crowd.local.role;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import crowd.aws.Clients;
import crowd.local.template.Allowance;
import crowd.local.template.Call;
import crowd.local.template.FunctionResource;
import crowd.local.template.Role;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

class GuardTest {

  private static final Map<String, AttributeValue> ANN =
      Map.of("pk", AttributeValue.fromS("shop#u#ann"), "sk", AttributeValue.fromS("@"));

  private final List<Call> seen = new ArrayList<>();
  private final Guard guard =
      Guard.of(
          new FunctionResource(
              "GreetFunction",
              "some.GreetHandler",
              Duration.ofSeconds(1),
              512,
              Map.of(),
              new Role(
                  "GreetRole",
                  List.of(
                      new Allowance("dynamodb:GetItem", "TABLE_NAME", List.of("*#u#*")),
                      new Allowance("dynamodb:PutItem", "TABLE_NAME", List.of())))),
          (_, call) -> seen.add(call));
  private final SdkHttpClient http = Clients.newHttp();
  private final DynamoDbClient client =
      guard
          .before(Clients.dynamoDb(http, Region.US_EAST_1))
          .endpointOverride(URI.create("http://127.0.0.1:9"))
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
          .build();

  @AfterEach
  void close() {
    client.close();
    http.close();
  }

  private static String refusal(Call call) {
    return "GreetRole in template.yaml does not allow " + call;
  }

  @Test
  void call_thatIsAllowed_isSent() {
    // when: nobody answers there
    assertThrows(
        SdkClientException.class, () -> client.getItem(get -> get.tableName("t").key(ANN)));
    // then
    assertEquals(List.of(new Call("dynamodb:GetItem", "TABLE_NAME", List.of("shop#u#ann"))), seen);
  }

  @Test
  void call_ofAnotherKindOfRow_isRefusedAsAwsWould() {
    // given
    var call = new Call("dynamodb:GetItem", "TABLE_NAME", List.of("shop#s"));
    var key = Map.of("pk", AttributeValue.fromS("shop#s"), "sk", AttributeValue.fromS("@"));
    // when
    var refused =
        assertThrows(
            DynamoDbException.class, () -> client.getItem(get -> get.tableName("t").key(key)));
    // then
    assertEquals(400, refused.statusCode());
    assertEquals("AccessDeniedException", refused.awsErrorDetails().errorCode());
    assertEquals(refusal(call), refused.awsErrorDetails().errorMessage());
  }

  @Test
  void transaction_needsTheRightsOfItsParts() {
    // given
    var parts =
        List.of(
            TransactWriteItem.builder().put(put -> put.tableName("t").item(ANN)).build(),
            TransactWriteItem.builder().delete(part -> part.tableName("t").key(ANN)).build());
    // when
    var refused =
        assertThrows(
            DynamoDbException.class,
            () -> client.transactWriteItems(transaction -> transaction.transactItems(parts)));
    // then
    var put = new Call("dynamodb:PutItem", "TABLE_NAME", List.of("shop#u#ann"));
    var delete = new Call("dynamodb:DeleteItem", "TABLE_NAME", List.of("shop#u#ann"));
    assertEquals(List.of(put, delete), seen);
    assertEquals(refusal(delete), refused.awsErrorDetails().errorMessage());
  }

  @Test
  void query_isOfItsIndexAndItsPartition() {
    // when
    assertThrows(
        DynamoDbException.class,
        () ->
            client.query(query ->
                query
                    .tableName("t")
                    .indexName("due")
                    .keyConditionExpression("#hash = :hash AND #range <= :range")
                    .expressionAttributeNames(Map.of("#hash", "due_in", "#range", "due"))
                    .expressionAttributeValues(
                        Map.of(
                            ":hash", AttributeValue.fromS("P#3"),
                            ":range", AttributeValue.fromN("1")))));
    // then
    assertEquals(List.of(new Call("dynamodb:Query", "TABLE_NAME/index/due", List.of("P#3"))), seen);
  }
}
