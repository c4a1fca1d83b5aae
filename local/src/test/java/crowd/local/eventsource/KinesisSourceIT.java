package crowd.local.eventsource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import crowd.aws.KinesisStream;
import crowd.core.stream.AppendOutcome;
import crowd.core.stream.Envelope;
import crowd.local.kinesis.KinesisExtension;
import crowd.local.kinesis.KinesisLocal;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Reads a stream of Kinesis, through changes of its shards. */
@ExtendWith(KinesisExtension.class)
class KinesisSourceIT {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final KinesisLocal local;
  private final KinesisClient kinesis;
  private final String name = "events-" + UUID.randomUUID();
  private final List<String> consumed = Collections.synchronizedList(new ArrayList<>());
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

  @TempDir private Path folder;

  KinesisSourceIT(KinesisLocal local) {
    this.local = local;
    this.kinesis = local.client();
  }

  @BeforeEach
  void createStream() throws Exception {
    local.createStream(name, 2);
  }

  @Test
  void drain_consumesEveryShard() throws Exception {
    // given
    append(0, 100);

    // when
    try (var source = start((event, _, _) -> consumed.addAll(EventSourceTest.ids(event)))) {
      append(100, 150);
      assertTrue(source.drain(LONG));
    }

    // then
    assertEquals(names(150), new HashSet<>(consumed));
    assertEquals(150, consumed.size());
    assertEquals(List.of(), lines);
  }

  @Test
  void shards_thatAreSplitAndMerged_areFollowed() throws Exception {
    // given
    append(0, 20);
    var shards = kinesis.listShards(list -> list.streamName(name)).shards();
    var range = shards.get(0).hashKeyRange();
    var middle =
        new BigInteger(range.startingHashKey())
            .add(new BigInteger(range.endingHashKey()))
            .shiftRight(1);

    // when: before the start, and while it runs
    kinesis.splitShard(split ->
        split
            .streamName(name)
            .shardToSplit(shards.get(0).shardId())
            .newStartingHashKey(middle.toString()));
    awaitActive();
    append(20, 40);
    try (var source = start((event, _, _) -> consumed.addAll(EventSourceTest.ids(event)))) {
      append(40, 60);
      var open =
          kinesis.listShards(list -> list.streamName(name)).shards().stream()
              .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
              .filter(shard -> shard.parentShardId() != null)
              .toList();
      kinesis.mergeShards(merge ->
          merge
              .streamName(name)
              .shardToMerge(open.get(0).shardId())
              .adjacentShardToMerge(open.get(1).shardId()));
      awaitActive();
      append(60, 90);
      assertTrue(source.drain(LONG));
    }

    // then
    assertEquals(names(90), new HashSet<>(consumed));
    assertEquals(90, consumed.size());
    assertEquals(List.of(), lines);
  }

  @Test
  void itemFailure_isReadAgainFromThere() throws Exception {
    // given
    append(0, 30);
    var failed = Collections.synchronizedSet(new HashSet<String>());

    // when
    try (var source =
        start((event, _, _) -> {
          var ids = EventSourceTest.ids(event);
          if (failed.add(ids.getFirst())) {
            throw new IllegalStateException("the first time always");
          }
          consumed.addAll(ids);
        })) {
      assertTrue(source.drain(LONG));
    }

    // then
    assertEquals(names(30), new HashSet<>(consumed));
    assertEquals(30, consumed.size());
  }

  @Test
  void close_andStartAgain_goesOnBehindTheCheckpoints() throws Exception {
    // given
    var kinesisSource = new KinesisSource(kinesis, name);
    append(0, 20);
    try (var first =
        start(kinesisSource, (event, _, _) -> consumed.addAll(EventSourceTest.ids(event)))) {
      assertTrue(first.drain(LONG));
    }
    append(20, 40);

    // when
    try (var second =
        start(kinesisSource, (event, _, _) -> consumed.addAll(EventSourceTest.ids(event)))) {
      assertTrue(second.drain(LONG));
    }

    // then
    assertEquals(names(40), new HashSet<>(consumed));
    assertEquals(40, consumed.size());
  }

  private EventSource start(RequestStreamHandler function) throws IOException {
    return start(new KinesisSource(kinesis, name), function);
  }

  private EventSource start(KinesisSource kinesisSource, RequestStreamHandler function)
      throws IOException {
    var settings = EventSourceSettings.defaults("consumer", LONG, EventSourceTest.STREAM_ARN);
    return EventSource.start(
        settings,
        kinesisSource,
        EventSourceTest.inProcess(settings, function),
        new FailureFile(folder.resolve("failures.jsonl")),
        lines::add);
  }

  private void append(int from, int to) {
    var stream = new KinesisStream(kinesis, name);
    for (int n = from; n < to; n++) {
      assertEquals(
          AppendOutcome.APPENDED,
          stream.append(
              new Envelope(EventSourceTest.DEMO, List.of(EventSourceTest.message("m-" + n)))));
    }
  }

  private static Set<String> names(int size) {
    var names = new HashSet<String>();
    for (int n = 0; n < size; n++) {
      names.add("m-" + n);
    }
    return names;
  }

  private void awaitActive() throws InterruptedException {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (!local.isActive(name)) {
      assertTrue(System.nanoTime() < deadline, "the stream does not become active");
      Thread.sleep(20);
    }
  }
}
