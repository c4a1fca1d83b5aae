package crowd.typical;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** What our track function does on its first call: looks the website up, puts on the stream. */
public final class TrackHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

  private final ObjectMapper mapper = new ObjectMapper();
  private final DynamoDbClient dynamoDb =
      DynamoDbClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build();
  private final KinesisClient kinesis =
      KinesisClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build();
  private final String table = System.getenv("TABLE_NAME");
  private final String stream = System.getenv("STREAM_NAME");

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    try {
      var tracked = mapper.readValue(event.getBody(), Tracked.class);
      dynamoDb.query(query ->
          query
              .tableName(table)
              .consistentRead(true)
              .keyConditionExpression("pk = :pk")
              .expressionAttributeValues(
                  Map.of(":pk", AttributeValue.fromS(tracked.website() + "#s"))));
      var id = tracked.messageId() == null ? UUID.randomUUID().toString() : tracked.messageId();
      var record = SdkBytes.fromByteArray(mapper.writeValueAsBytes(tracked));
      kinesis.putRecord(put -> put.streamName(stream).partitionKey(id).data(record));
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
