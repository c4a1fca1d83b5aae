package crowd.bench.handler;

import crowd.aws.Clients;
import crowd.aws.DynamoStore;
import crowd.aws.KinesisStream;
import crowd.core.message.RandomIds;
import crowd.functions.Wiring;
import java.time.InstantSource;
import software.amazon.awssdk.regions.Region;

/** The wiring of the functions as it is on Lambda, with a part left out. */
public final class Parts {

  private Parts() {}

  static Clients clients() {
    return Clients.in(Region.of(System.getenv("AWS_REGION")));
  }

  static String table() {
    return System.getenv("TABLE_NAME");
  }

  static String stream() {
    return System.getenv("STREAM_NAME");
  }

  /** Without the calls that warm the clients up. */
  static Wiring unprimed() {
    var clients = clients();
    return Wiring.reporting(
        System.out,
        new DynamoStore(clients.dynamoDb(), table()),
        new KinesisStream(clients.kinesis(), stream()),
        InstantSource.system(),
        new RandomIds());
  }
}
