package crowd.local.eventsource;

import crowd.local.stream.StreamRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * A Kinesis stream, read by polling. Its checkpoints live as long as this object, as the emulator's
 * records do.
 */
public final class KinesisSource implements RecordSource {

  private final KinesisClient kinesis;
  private final String streamName;
  private final Map<String, String> checkpoints = new ConcurrentHashMap<>();

  public KinesisSource(KinesisClient kinesis, String streamName) {
    this.kinesis = kinesis;
    this.streamName = streamName;
  }

  @Override
  public List<Shard> shards() throws IOException {
    try {
      var shards = Stream.<Shard>builder();
      var request = ListShardsRequest.builder().streamName(streamName).build();
      while (true) {
        var page = kinesis.listShards(request);
        page.shards().forEach(shard -> shards.add(shard(shard)));
        if (page.nextToken() == null) {
          return shards.build().toList();
        }
        request = ListShardsRequest.builder().nextToken(page.nextToken()).build();
      }
    } catch (SdkException e) {
      throw new IOException(e);
    }
  }

  @Override
  public ShardReader open(String shardId) {
    return new Reader(shardId);
  }

  /** Kinesis calls nobody. */
  @Override
  public void onRecords(Runnable listener) {}

  @Override
  public Duration pollInterval() {
    return Duration.ofMillis(200);
  }

  private static Shard shard(software.amazon.awssdk.services.kinesis.model.Shard shard) {
    return new Shard(
        shard.shardId(),
        Stream.of(
                Optional.ofNullable(shard.parentShardId()),
                Optional.ofNullable(shard.adjacentParentShardId()))
            .flatMap(Optional::stream)
            .collect(Collectors.toSet()));
  }

  private final class Reader implements ShardReader {
    private final String shardId;
    private @Nullable String iterator;

    /** The last record that was read; an iterator lives for five minutes only. */
    private @Nullable String last;

    Reader(String shardId) {
      this.shardId = shardId;
      this.last = checkpoints.get(shardId);
    }

    @Override
    public Read read(int max) throws IOException {
      try {
        var from = iterator == null ? iterator() : iterator;
        var answer = kinesis.getRecords(get -> get.shardIterator(from).limit(max));
        var records = answer.records().stream().map(Reader::record).toList();
        if (!records.isEmpty()) {
          last = records.getLast().sequenceNumber();
        }
        iterator = answer.nextShardIterator();
        if (answer.nextShardIterator() == null) {
          return new Read(records, Rest.NOTHING_EVER);
        }
        boolean more = !records.isEmpty() || answer.millisBehindLatest() > 0;
        return new Read(records, more ? Rest.MORE : Rest.NOTHING_YET);
      } catch (ExpiredIteratorException e) {
        iterator = null;
        return new Read(List.of(), Rest.MORE);
      } catch (SdkException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void checkpoint(String sequenceNumber) {
      checkpoints.put(shardId, sequenceNumber);
    }

    @Override
    public void close() {}

    private String iterator() {
      return kinesis
          .getShardIterator(get -> {
            get.streamName(streamName).shardId(shardId);
            if (last == null) {
              get.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
            } else {
              get.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                  .startingSequenceNumber(last);
            }
          })
          .shardIterator();
    }

    private static StreamRecord record(Record record) {
      return new StreamRecord(
          record.sequenceNumber(),
          record.partitionKey(),
          record.approximateArrivalTimestamp(),
          record.data().asByteBuffer());
    }
  }
}
