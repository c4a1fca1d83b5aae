package crowd.local.eventsource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import crowd.local.eventsource.ShardReader.Read;
import crowd.local.eventsource.ShardReader.Rest;
import crowd.local.stream.StreamRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.Record;

/** What the emulator does not do: iterators that expire, pages of shards, throttling. */
class KinesisSourceTest {

  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  private final Client client = new Client();
  private final KinesisSource source = new KinesisSource(client, "events");

  @Test
  void read_whenTheIteratorHasExpired_goesOnBehindTheLastRecord() throws IOException {
    // given
    client.answers.add(() -> answer("next", 0, record("1")));
    client.answers.add(() -> {
      throw ExpiredIteratorException.builder().build();
    });
    client.answers.add(() -> answer("next", 0, record("2")));
    var reader = source.open("s");

    // when
    var reads = List.of(reader.read(10), reader.read(10), reader.read(10));

    // then
    assertEquals(
        List.of(
            new Read(List.of(expected("1")), Rest.MORE),
            new Read(List.of(), Rest.MORE),
            new Read(List.of(expected("2")), Rest.MORE)),
        reads);
    assertEquals(List.of("TRIM_HORIZON", "AFTER_SEQUENCE_NUMBER 1"), client.iterators);
  }

  @Test
  void read_thatIsEmptyButBehind_isNotTheEnd() throws IOException {
    // given
    client.answers.add(() -> answer("next", 5_000));
    client.answers.add(() -> answer("next", 0));
    client.answers.add(() -> answer(null, 0));
    var reader = source.open("s");

    // when
    var reads = List.of(reader.read(10), reader.read(10), reader.read(10));

    // then
    assertEquals(
        List.of(Rest.MORE, Rest.NOTHING_YET, Rest.NOTHING_EVER),
        reads.stream().map(Read::rest).toList());
  }

  @Test
  void read_thatIsThrottled_isAnErrorToTryAgain() throws IOException {
    // given
    client.answers.add(() -> {
      throw ProvisionedThroughputExceededException.builder().build();
    });
    client.answers.add(() -> answer("next", 0, record("1")));
    var reader = source.open("s");

    // when
    assertThrows(IOException.class, () -> reader.read(10));
    var read = reader.read(10);

    // then
    assertEquals(List.of(expected("1")), read.records());
  }

  @Test
  void open_afterACheckpoint_goesOnBehindIt() throws IOException {
    // given
    client.answers.add(() -> answer("next", 0));
    source.open("s").checkpoint("7");

    // when
    source.open("s").read(10);

    // then
    assertEquals(List.of("AFTER_SEQUENCE_NUMBER 7"), client.iterators);
  }

  @Test
  void shards_areListedPageByPage() throws IOException {
    assertEquals(
        List.of(
            new Shard("a", Set.of()),
            new Shard("b", Set.of("a")),
            new Shard("c", Set.of("a", "b"))),
        source.shards());
  }

  private static Record record(String sequenceNumber) {
    return Record.builder()
        .sequenceNumber(sequenceNumber)
        .partitionKey("key")
        .approximateArrivalTimestamp(NOON)
        .data(SdkBytes.fromUtf8String("data"))
        .build();
  }

  private static StreamRecord expected(String sequenceNumber) {
    return new StreamRecord(
        sequenceNumber, "key", NOON, ByteBuffer.wrap(new byte[] {'d', 'a', 't', 'a'}));
  }

  private static GetRecordsResponse answer(@Nullable String next, long behind, Record... records) {
    return GetRecordsResponse.builder()
        .nextShardIterator(next)
        .millisBehindLatest(behind)
        .records(records)
        .build();
  }

  /** A client that answers as it is told. */
  private static final class Client implements KinesisClient {
    final Deque<Supplier<GetRecordsResponse>> answers = new ArrayDeque<>();
    final List<String> iterators = new ArrayList<>();

    @Override
    public GetRecordsResponse getRecords(GetRecordsRequest request) {
      return answers.removeFirst().get();
    }

    @Override
    public GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
      var after = request.startingSequenceNumber();
      iterators.add(request.shardIteratorTypeAsString() + (after == null ? "" : " " + after));
      return GetShardIteratorResponse.builder().shardIterator("first").build();
    }

    @Override
    public ListShardsResponse listShards(ListShardsRequest request) {
      var page = ListShardsResponse.builder();
      if (request.nextToken() == null) {
        return page.shards(shard("a", null, null), shard("b", "a", null)).nextToken("2").build();
      }
      return page.shards(shard("c", "a", "b")).build();
    }

    private static software.amazon.awssdk.services.kinesis.model.Shard shard(
        String id, @Nullable String parent, @Nullable String adjacentParent) {
      return software.amazon.awssdk.services.kinesis.model.Shard.builder()
          .shardId(id)
          .parentShardId(parent)
          .adjacentParentShardId(adjacentParent)
          .build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
