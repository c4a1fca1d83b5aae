package crowd.typical;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Takes an event and writes it to a table on condition: typed event, data binding, one client. */
public final class PutHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

  private final ObjectMapper mapper = new ObjectMapper();
  private final DynamoDbClient dynamoDb =
      DynamoDbClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build();
  private final String table = System.getenv("TABLE_NAME");

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    try {
      var tracked = mapper.readValue(event.getBody(), Tracked.class);
      var id = tracked.messageId() == null ? UUID.randomUUID().toString() : tracked.messageId();
      dynamoDb.putItem(put ->
          put.tableName(table)
              .item(
                  Map.of(
                      "pk", AttributeValue.fromS(tracked.website()),
                      "sk", AttributeValue.fromS(id)))
              .conditionExpression("attribute_not_exists(pk)"));
      return APIGatewayV2HTTPResponse.builder()
          .withStatusCode(200)
          .withHeaders(Map.of("content-type", "application/json"))
          .withBody(mapper.writeValueAsString(Map.of("message_id", id)))
          .build();
    } catch (JsonProcessingException e) {
      return APIGatewayV2HTTPResponse.builder().withStatusCode(400).build();
    }
  }
}
