package crowd.bench.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.core.SdkBytes;

/**
 * The floor of a warm call: the empty function with the calls of the SDK that Track makes, no more.
 */
public final class RawTrack implements RequestStreamHandler {

  private static final SdkBytes RECORD = SdkBytes.fromByteArray(new byte[400]);

  private final crowd.aws.Clients client = Parts.clients();

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    in.readAllBytes();
    client
        .kinesis()
        .putRecord(put -> put.streamName(Parts.stream()).partitionKey("m-1").data(RECORD));
    out.write("{\"statusCode\":200}".getBytes(StandardCharsets.UTF_8));
  }
}
