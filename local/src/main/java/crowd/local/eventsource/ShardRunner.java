package crowd.local.eventsource;

import crowd.local.eventsource.ShardReader.Read;
import crowd.local.eventsource.ShardReader.Rest;
import crowd.local.stream.StreamRecord;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Feeds one shard to the function, one batch at a time and in order. The checkpoint moves only over
 * records that the function has done, or that were put down as given up.
 */
final class ShardRunner {

  /** Lambda's limit for the payload of an invocation. */
  private static final int MAX_EVENT_BYTES = 6 * 1024 * 1024;

  private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);

  private final EventSourceSettings settings;
  private final String shardId;
  private final ShardReader reader;
  private final Duration pollInterval;
  private final Invoker function;
  private final FailureDestination failures;
  private final InstantSource clock;
  private final Pace pace;
  private final Consumer<String> log;

  /** Read and in no batch yet. */
  private final Deque<StreamRecord> waiting = new ArrayDeque<>();

  /** Parts of one batch, the oldest first. */
  private final Deque<Batch> open = new ArrayDeque<>();

  private Rest rest = Rest.MORE;

  ShardRunner(
      EventSourceSettings settings,
      String shardId,
      ShardReader reader,
      Duration pollInterval,
      Invoker function,
      FailureDestination failures,
      InstantSource clock,
      Pace pace,
      Consumer<String> log) {
    this.settings = settings;
    this.shardId = shardId;
    this.reader = reader;
    this.pollInterval = pollInterval;
    this.function = function;
    this.failures = failures;
    this.clock = clock;
    this.pace = pace;
    this.log = log;
  }

  /**
   * Runs until the shard's end, or until it is to stop.
   *
   * @return whether it is at the shard's end and all of it is done with
   */
  boolean run() throws InterruptedException {
    while (!pace.isStopping()) {
      if (open.isEmpty()) {
        gather();
      }
      if (!open.isEmpty()) {
        invoke(open.removeFirst());
      } else if (rest == Rest.NOTHING_EVER && waiting.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** Opens a batch once it is full, or has waited for its window, or can get no more records. */
  private void gather() throws InterruptedException {
    var windowEnd = Instant.MAX;
    while (!pace.isStopping() && !isFull()) {
      pace.reading();
      fetch();
      if (waiting.isEmpty() && rest == Rest.NOTHING_EVER) {
        return;
      }
      if (waiting.isEmpty() && rest == Rest.NOTHING_YET) {
        pace.caughtUp();
        pace.awaitRecords(pollInterval);
        continue;
      }
      if (waiting.isEmpty()) {
        continue;
      }
      var now = clock.instant();
      if (windowEnd.equals(Instant.MAX)) {
        windowEnd = now.plus(settings.maximumBatchingWindow());
      }
      if (isFull() || !now.isBefore(windowEnd) || rest == Rest.NOTHING_EVER || pace.isDraining()) {
        break;
      }
      if (rest == Rest.NOTHING_YET) {
        pace.awaitRecords(shorter(pollInterval, Duration.between(now, windowEnd)));
      }
    }
    if (!pace.isStopping() && !waiting.isEmpty()) {
      open.add(Batch.of(take()));
    }
  }

  private void fetch() throws InterruptedException {
    if (rest == Rest.NOTHING_EVER) {
      return;
    }
    try {
      Read read = reader.read(settings.batchSize() - waiting.size());
      waiting.addAll(read.records());
      rest = read.rest();
    } catch (IOException e) {
      log.accept("shard " + shardId + " cannot be read: " + e.getMessage());
      pace.backOff(LONGEST_BACKOFF);
      rest = Rest.MORE;
    }
  }

  private boolean isFull() {
    return waiting.size() >= settings.batchSize()
        || waiting.stream().mapToInt(KinesisEventJson::size).sum() >= MAX_EVENT_BYTES;
  }

  /** As many of the records that wait as one event holds. */
  private List<StreamRecord> take() {
    var records = new ArrayList<StreamRecord>();
    int bytes = 0;
    while (!waiting.isEmpty() && records.size() < settings.batchSize()) {
      bytes += KinesisEventJson.size(waiting.getFirst());
      if (bytes > MAX_EVENT_BYTES && !records.isEmpty()) {
        break;
      }
      records.add(waiting.removeFirst());
    }
    return records;
  }

  private void invoke(Batch opened) throws InterruptedException {
    int expired = expired(opened);
    if (expired > 0) {
      giveUp(opened.part(0, expired), GivenUp.RECORD_AGE_EXCEEDED);
    }
    if (expired == opened.size()) {
      return;
    }
    var due = opened.part(expired, opened.size());
    var invocation = function.invoke(KinesisEventJson.write(settings, shardId, due.records()));
    var batch = due.after(invocation);
    switch (invocation) {
      case Invocation.Failed(_, var reason) -> failed(batch, 0, reason);
      case Invocation.Returned(_, var response) -> {
        var lowest =
            settings.reportBatchItemFailures()
                ? BatchResponse.lowestFailure(response, batch.records())
                : OptionalInt.empty();
        if (lowest.isEmpty()) {
          checkpoint(batch.lastSequenceNumber());
        } else {
          failed(batch, lowest.getAsInt(), "it reported failures");
        }
      }
    }
  }

  /** How many of the first records are too old; the order of a shard is that of arrival. */
  private int expired(Batch batch) {
    if (settings.maximumRecordAgeInSeconds() == EventSourceSettings.NO_LIMIT) {
      return 0;
    }
    var oldest = clock.instant().minusSeconds(settings.maximumRecordAgeInSeconds());
    int expired = 0;
    while (expired < batch.size() && batch.records().get(expired).arrivedAt().isBefore(oldest)) {
      expired++;
    }
    return expired;
  }

  /**
   * @param lowest index of the first record that failed: those before it are done
   */
  private void failed(Batch batch, int lowest, String reason) throws InterruptedException {
    log.accept(
        settings.function()
            + " failed with a batch of "
            + batch.size()
            + " from "
            + batch.records().get(lowest).sequenceNumber()
            + ": "
            + reason);
    if (lowest > 0) {
      checkpoint(batch.records().get(lowest - 1).sequenceNumber());
      open.addFirst(batch.from(lowest));
      pace.backOff(FIRST_BACKOFF);
    } else if (settings.bisectBatchOnFunctionError() && batch.size() > 1) {
      int half = batch.size() / 2;
      open.addFirst(batch.part(half, batch.size()));
      open.addFirst(batch.part(0, half));
      pace.backOff(FIRST_BACKOFF);
    } else if (settings.maximumRetryAttempts() != EventSourceSettings.NO_LIMIT
        && batch.retries() >= settings.maximumRetryAttempts()) {
      giveUp(batch, GivenUp.RETRY_ATTEMPTS_EXHAUSTED);
    } else {
      open.addFirst(batch.again());
      pace.backOff(backoff(batch.retries()));
    }
  }

  private void giveUp(Batch batch, GivenUp condition) throws InterruptedException {
    log.accept(
        settings.function()
            + " is given up with a batch of "
            + batch.size()
            + " from "
            + batch.records().getFirst().sequenceNumber()
            + ": "
            + condition.word());
    var note = FailureJson.write(settings, shardId, batch, condition, clock.instant());
    persist("the note of what was given up", () -> failures.send(note));
    checkpoint(batch.lastSequenceNumber());
  }

  private void checkpoint(String sequenceNumber) throws InterruptedException {
    persist("the checkpoint", () -> reader.checkpoint(sequenceNumber));
  }

  private interface Writing {
    void write() throws IOException;
  }

  /** Tries until it is written: to go on without would lose something, or count it as done. */
  private void persist(String what, Writing writing) throws InterruptedException {
    for (int tries = 0; ; tries++) {
      try {
        writing.write();
        return;
      } catch (IOException e) {
        log.accept(what + " cannot be written: " + e.getMessage());
        if (pace.isStopping()) {
          throw new InterruptedException("stopped with records that are not done with");
        }
        pace.backOff(backoff(tries));
      }
    }
  }

  private static Duration backoff(int retries) {
    return shorter(LONGEST_BACKOFF, FIRST_BACKOFF.multipliedBy(1L << Math.min(retries, 10)));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
