package crowd.bench.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * The floor of a warm call: the empty function with the calls of the SDK that Identify makes, no
 * more.
 */
public final class RawIdentify implements RequestStreamHandler {

  private static final SdkBytes RECORD = SdkBytes.fromByteArray(new byte[400]);

  private static final KeysAndAttributes KEYS =
      KeysAndAttributes.builder()
          .keys(
              List.of(
                  Map.of(
                      "pk",
                      AttributeValue.fromS("demo#u#user_123"),
                      "sk",
                      AttributeValue.fromS("@")),
                  Map.of(
                      "pk",
                      AttributeValue.fromS("demo#a#anon_1f0e5b7e-9c1c-4f6e-8a39-5d1f2f0a7c11"),
                      "sk",
                      AttributeValue.fromS("@"))))
          .consistentRead(true)
          .build();

  private final crowd.aws.Clients client = Parts.clients();

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    in.readAllBytes();
    client.dynamoDb().batchGetItem(get -> get.requestItems(Map.of(Parts.table(), KEYS)));
    client
        .kinesis()
        .putRecord(put -> put.streamName(Parts.stream()).partitionKey("m-1").data(RECORD));
    out.write("{\"statusCode\":200}".getBytes(StandardCharsets.UTF_8));
  }
}
