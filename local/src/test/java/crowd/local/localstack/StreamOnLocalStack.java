package crowd.local.localstack;

import crowd.aws.Clients;
import crowd.aws.KinesisStream;
import crowd.core.stream.Envelope;
import crowd.core.stream.Stream;
import crowd.core.stream.StreamContract;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.regions.Region;

/** The stream's adapter keeps the contract behind LocalStack, too. */
@ExtendWith(LocalStackProcess.Extension.class)
class StreamOnLocalStack extends StreamContract {

  private CloudStream stream = new CloudStream(Clients.in(Region.EU_CENTRAL_1).kinesis(), "");

  StreamOnLocalStack(LocalStackProcess cloud) {}

  @Override
  protected Stream newStream() {
    stream = CloudStream.create(stream.client(), "events-" + UUID.randomUUID());
    return new KinesisStream(stream.client(), stream.name());
  }

  @Override
  protected List<Envelope> read(int atLeast) {
    return stream.read(atLeast);
  }
}
