package crowd.local.kinesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.aws.KinesisStream;
import crowd.core.stream.AppendOutcome;
import crowd.core.stream.Envelope;
import crowd.core.stream.EnvelopeJson;
import crowd.core.stream.Stream;
import crowd.core.stream.StreamContract;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** The Kinesis adapter keeps the contract, as far as the emulator is Kinesis. */
@ExtendWith(KinesisExtension.class)
class KinesisStreamIT extends StreamContract {

  private static final int SHARDS = 4;
  private static final long READ_NANOS = 60_000_000_000L;

  private final KinesisLocal local;
  private final KinesisClient kinesis;
  private String name = "";

  KinesisStreamIT(KinesisLocal local) {
    this.local = local;
    this.kinesis = local.client();
  }

  @Override
  protected Stream newStream() throws Exception {
    name = "events-" + UUID.randomUUID();
    local.createStream(name, SHARDS);
    return new KinesisStream(kinesis, name);
  }

  @Override
  protected List<Envelope> read(int atLeast) {
    return readByShard(atLeast).values().stream().flatMap(List::stream).toList();
  }

  @Test
  void append_ofOneVisitorsEvents_goesToEveryShard() throws Exception {
    // given
    var stream = newStream();
    var envelopes =
        IntStream.range(0, 60)
            .mapToObj(n -> new Envelope(DEMO, List.of(track(UUID.randomUUID().toString(), "Seen"))))
            .toList();

    // when
    envelopes.forEach(stream::append);

    // then
    var byShard = readByShard(envelopes.size());
    assertEquals(SHARDS, byShard.size());
    byShard.forEach((shard, read) -> assertTrue(read.size() > 2, shard + " has " + read.size()));
  }

  @Test
  void append_toAStreamThatIsNotThere_isNotAcknowledged() {
    // given
    var stream = new KinesisStream(kinesis, "nowhere");

    // when
    var outcome = stream.append(new Envelope(DEMO, List.of(track("m-1", "Seen"))));

    // then
    assertEquals(AppendOutcome.UNKNOWN, outcome);
  }

  private Map<String, List<Envelope>> readByShard(int atLeast) {
    var iterators = new HashMap<String, String>();
    for (var shard : kinesis.listShards(list -> list.streamName(name)).shards()) {
      iterators.put(
          shard.shardId(),
          kinesis
              .getShardIterator(get ->
                  get.streamName(name)
                      .shardId(shard.shardId())
                      .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
              .shardIterator());
    }
    var read = new HashMap<String, List<Envelope>>();
    int records = 0;
    long deadline = System.nanoTime() + READ_NANOS;
    while (records < atLeast && System.nanoTime() < deadline) {
      for (var shard : List.copyOf(iterators.keySet())) {
        var answer = kinesis.getRecords(get -> get.shardIterator(iterators.get(shard)));
        iterators.put(shard, answer.nextShardIterator());
        for (var record : answer.records()) {
          read.computeIfAbsent(shard, _ -> new ArrayList<>())
              .add(EnvelopeJson.read(record.data().asByteArray()));
          records++;
        }
      }
    }
    return read;
  }
}
