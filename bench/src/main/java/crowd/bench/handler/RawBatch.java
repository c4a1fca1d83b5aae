package crowd.bench.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The floor of a batch of a hundred events: they are written, and nothing is asked. */
public final class RawBatch implements RequestStreamHandler {

  private static final int BATCHES = 4;
  private static final int ITEMS = 25;

  private final crowd.aws.Clients client = Parts.clients();

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    in.readAllBytes();
    for (int batch = 0; batch < BATCHES; batch++) {
      int first = batch * ITEMS;
      var writes = IntStream.range(first, first + ITEMS).mapToObj(RawBatch::put).toList();
      client.dynamoDb().batchWriteItem(write -> write.requestItems(Map.of(Parts.table(), writes)));
    }
    out.write("{\"batchItemFailures\":[]}".getBytes(StandardCharsets.UTF_8));
  }

  /** As many attributes, and as long, as the consumer's. */
  private static WriteRequest put(int n) {
    return WriteRequest.builder()
        .putRequest(put ->
            put.item(
                Map.of(
                    "pk", AttributeValue.fromS("demo#a#anon_1f0e5b7e-9c1c-4f6e-8a39-5d1f2f0a7c11"),
                    "sk", AttributeValue.fromS("e#1747750500000#m-" + n + "#track"),
                    "type", AttributeValue.fromS("track"),
                    "message_id", AttributeValue.fromS("m-" + n),
                    "body",
                        AttributeValue.fromS(
                            "{\"event\":\"Viewed Pricing\",\"properties\":{\"plan\":\"pro\",\"price\":49.0}}"),
                    "time", AttributeValue.fromN("1747750500000"),
                    "received_at", AttributeValue.fromN("1747750560123"),
                    "ttl", AttributeValue.fromN("4102444800"))))
        .build();
  }
}
