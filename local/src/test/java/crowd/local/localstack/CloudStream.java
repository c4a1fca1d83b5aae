package crowd.local.localstack;

import crowd.core.stream.Envelope;
import crowd.core.stream.EnvelopeJson;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** A stream of one shard, and what is on it. */
record CloudStream(KinesisClient client, String name) {

  private static final long READ_NANOS = 60_000_000_000L;

  static CloudStream create(KinesisClient client, String name) {
    try {
      client.createStream(create -> create.streamName(name).shardCount(1));
    } catch (ResourceInUseException _) {
      // LocalStack starts its Kinesis with the first call, which the SDK does not wait for.
    }
    try (var waiter = client.waiter()) {
      waiter.waitUntilStreamExists(describe -> describe.streamName(name));
    }
    return new CloudStream(client, name);
  }

  List<Envelope> read(int atLeast) {
    var shard = client.listShards(list -> list.streamName(name)).shards().getFirst().shardId();
    var next =
        client
            .getShardIterator(get ->
                get.streamName(name)
                    .shardId(shard)
                    .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .shardIterator();
    var read = new ArrayList<Envelope>();
    long deadline = System.nanoTime() + READ_NANOS;
    while (read.size() < atLeast && System.nanoTime() < deadline) {
      var from = next;
      var answer = client.getRecords(get -> get.shardIterator(from));
      answer.records().forEach(record -> read.add(EnvelopeJson.read(record.data().asByteArray())));
      next = answer.nextShardIterator();
    }
    return read;
  }
}
