package crowd.local.eventsource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.local.eventsource.ShardReader.Read;
import crowd.local.eventsource.ShardReader.Rest;
import crowd.local.stream.StreamRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In which order the shards of a changing stream are read. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class EventSourceShardsTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final List<String> consumed = Collections.synchronizedList(new ArrayList<>());
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

  @Test
  void child_isReadAfterBothOfItsParents() throws Exception {
    // given: the second parent is slow
    var mayEnd = new CountDownLatch(1);
    var source =
        new Source(
            new Shard("a", Set.of()), new Shard("b", Set.of()), new Shard("c", Set.of("a", "b")));

    // when
    try (var eventSource =
        start(
            source,
            shard -> {
              if (shard.equals("b")) {
                mayEnd.await();
              }
            })) {
      boolean drainedBefore = eventSource.drain(Duration.ofMillis(200));
      var before = List.copyOf(consumed);
      mayEnd.countDown();
      boolean drained = eventSource.drain(LONG);

      // then
      assertFalse(drainedBefore);
      assertEquals(List.of("a"), before);
      assertTrue(drained);
      assertEquals(List.of("a", "b", "c"), consumed);
    }
  }

  @Test
  void child_whoseParentIsGone_isReadAtOnce() throws Exception {
    // given
    var source = new Source(new Shard("c", Set.of("long ago")));

    // when
    try (var eventSource = start(source, _ -> {})) {
      assertTrue(eventSource.drain(LONG));
    }

    // then
    assertEquals(List.of("c"), consumed);
  }

  @Test
  void list_thatFails_isTriedAgain() throws Exception {
    // given: it works at the start, and then not once
    var source = new Source(new Shard("a", Set.of()), new Shard("b", Set.of("a")));
    source.failingList = 2;

    // when
    try (var eventSource = start(source, _ -> {})) {
      assertTrue(eventSource.drain(LONG));
    }

    // then
    assertEquals(List.of("a", "b"), consumed);
    assertEquals(List.of("the shards of the stream cannot be listed: no answer"), lines);
  }

  private interface Work {
    void on(String shard) throws InterruptedException;
  }

  private EventSource start(Source source, Work work) throws IOException {
    var settings = EventSourceSettings.defaults("consumer", LONG, EventSourceTest.STREAM_ARN);
    return EventSource.start(
        settings,
        source,
        EventSourceTest.inProcess(
            settings,
            (event, _, _) -> {
              var shard =
                  ShardScenario.names(new String(event.readAllBytes(), StandardCharsets.UTF_8))
                      .getFirst();
              try {
                work.on(shard);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              consumed.add(shard);
            }),
        _ -> {},
        lines::add);
  }

  /** Closed shards with one record each, whose name is the shard's. */
  private static final class Source implements RecordSource {
    private final List<Shard> shards;
    private final AtomicInteger lists = new AtomicInteger();
    private int failingList;

    Source(Shard... shards) {
      this.shards = List.of(shards);
    }

    @Override
    public List<Shard> shards() throws IOException {
      if (lists.incrementAndGet() == failingList) {
        throw new IOException("no answer");
      }
      return shards;
    }

    @Override
    public ShardReader open(String shardId) {
      return new ShardReader() {
        @Override
        public Read read(int max) {
          return new Read(
              List.of(new StreamRecord(shardId, "key", Instant.EPOCH, ByteBuffer.allocate(0))),
              Rest.NOTHING_EVER);
        }

        @Override
        public void checkpoint(String sequenceNumber) {}

        @Override
        public void close() {}
      };
    }

    @Override
    public void onRecords(Runnable listener) {}

    @Override
    public Duration pollInterval() {
      return Duration.ofMillis(10);
    }
  }
}
