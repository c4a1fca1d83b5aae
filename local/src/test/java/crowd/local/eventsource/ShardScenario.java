package crowd.local.eventsource;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.local.stream.StreamRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/**
 * A shard, a function and a clock under a test's control. Time passes only by waiting, so that a
 * test of hours takes no time; the run ends when it waits for records and none are to come.
 *
 * <p>Records are called {@code 1}, {@code 2}, and so on; their names are their sequence numbers.
 */
final class ShardScenario implements Pace, InstantSource, ShardReader, Invoker, FailureDestination {

  static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  static final Duration POLL = Duration.ofHours(1);

  private final Deque<StreamRecord> coming = new ArrayDeque<>();
  private final Function<List<String>, String> function;

  final List<List<String>> batches = new ArrayList<>();
  final List<Duration> times = new ArrayList<>();
  final List<Duration> backOffs = new ArrayList<>();
  final List<String> checkpoints = new ArrayList<>();
  final List<Json.Obj> failures = new ArrayList<>();
  final List<String> lines = new ArrayList<>();
  final List<String> order = new ArrayList<>();

  private Instant now = NOON;
  private boolean closedShard;
  private boolean draining;
  private boolean stopping;
  private int brokenReads;
  private int brokenWrites;
  private int invocationsUntilStop = Integer.MAX_VALUE;

  /**
   * @param function from the names of a batch to the answer; it may throw
   */
  ShardScenario(Function<List<String>, String> function) {
    this.function = function;
  }

  ShardScenario records(int from, int to) {
    return records(from, to, Duration.ZERO, 10);
  }

  ShardScenario records(int from, int to, Duration arrival, int bytes) {
    for (int name = from; name <= to; name++) {
      coming.add(
          new StreamRecord(
              Integer.toString(name), "key", NOON.plus(arrival), ByteBuffer.allocate(bytes)));
    }
    return this;
  }

  ShardScenario closedShard() {
    closedShard = true;
    return this;
  }

  ShardScenario draining() {
    draining = true;
    return this;
  }

  ShardScenario brokenReads(int reads) {
    brokenReads = reads;
    return this;
  }

  ShardScenario brokenWrites(int writes) {
    brokenWrites = writes;
    return this;
  }

  ShardScenario stoppedAfterInvocation(int invocations) {
    invocationsUntilStop = invocations;
    return this;
  }

  boolean run(EventSourceSettings settings) throws InterruptedException {
    return new ShardRunner(settings, "shardId-7", this, POLL, this, this, this, this, lines::add)
        .run();
  }

  // The clock.

  @Override
  public Instant instant() {
    return now;
  }

  // The pace.

  @Override
  public void awaitRecords(Duration atMost) {
    var end = now.plus(atMost);
    if (coming.isEmpty()) {
      stopping |= atMost.equals(POLL);
    } else if (coming.getFirst().arrivedAt().isBefore(end)) {
      end = coming.getFirst().arrivedAt();
    }
    now = end;
  }

  @Override
  public void backOff(Duration time) {
    backOffs.add(time);
    now = now.plus(time);
  }

  @Override
  public boolean isStopping() {
    return stopping;
  }

  @Override
  public boolean isDraining() {
    return draining;
  }

  @Override
  public void reading() {}

  @Override
  public void caughtUp() {
    order.add("caught up");
  }

  // The shard.

  @Override
  public Read read(int max) throws IOException {
    if (brokenReads > 0) {
      brokenReads--;
      throw new IOException("no answer");
    }
    var found = new ArrayList<StreamRecord>();
    while (found.size() < max && !coming.isEmpty() && !coming.getFirst().arrivedAt().isAfter(now)) {
      found.add(coming.removeFirst());
    }
    if (closedShard && coming.isEmpty()) {
      return new Read(found, Rest.NOTHING_EVER);
    }
    return new Read(found, found.size() == max ? Rest.MORE : Rest.NOTHING_YET);
  }

  @Override
  public void checkpoint(String sequenceNumber) throws IOException {
    mayBreak();
    checkpoints.add(sequenceNumber);
    order.add("checkpoint " + sequenceNumber);
  }

  @Override
  public void close() {}

  // The function.

  @Override
  public Invocation invoke(String event) {
    var names = names(event);
    batches.add(names);
    times.add(Duration.between(NOON, now));
    order.add("invoke " + names);
    invocationsUntilStop--;
    stopping |= invocationsUntilStop == 0;
    try {
      return new Invocation.Returned("request-" + batches.size(), function.apply(names));
    } catch (IllegalStateException e) {
      return new Invocation.Failed("request-" + batches.size(), e.toString());
    }
  }

  // The failure destination.

  @Override
  public void send(Json.Obj note) throws IOException {
    mayBreak();
    failures.add(note);
    order.add(
        "given up "
            + note.object("KinesisBatchInfo")
                .orElseThrow()
                .text("startSequenceNumber")
                .orElseThrow());
  }

  /** The notes in short: condition, first and last record, number of records, invocations. */
  List<String> givenUp() {
    return failures.stream()
        .map(note -> {
          var request = note.object("requestContext").orElseThrow();
          var info = note.object("KinesisBatchInfo").orElseThrow();
          return String.join(
              " ",
              text(request, "condition"),
              text(info, "startSequenceNumber"),
              text(info, "endSequenceNumber"),
              text(info, "batchSize"),
              text(request, "approximateInvokeCount"));
        })
        .toList();
  }

  static List<String> names(String event) {
    var json = JsonReader.readOwnObject(event);
    if (!(json.get("Records").orElseThrow() instanceof Json.Arr(var records))) {
      throw new AssertionError("no records");
    }
    return records.stream()
        .map(record -> text(((Json.Obj) record).object("kinesis").orElseThrow(), "sequenceNumber"))
        .toList();
  }

  private static String text(Json.Obj object, String name) {
    return switch (object.get(name).orElseThrow()) {
      case Json.Text(var value) -> value;
      case Json.Num(var literal) -> literal;
      case Json other -> throw new AssertionError(other);
    };
  }

  private void mayBreak() throws IOException {
    if (brokenWrites > 0) {
      brokenWrites--;
      throw new IOException("disk full");
    }
  }
}
