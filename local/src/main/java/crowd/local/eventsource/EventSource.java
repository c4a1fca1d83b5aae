package crowd.local.eventsource;

import crowd.local.function.LocalFunction;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Feeds a stream to a function, as Lambda's event source mapping does: one batch at a time from
 * each shard, a shard after those that it came from.
 *
 * <p>To be killed at any moment loses nothing: what was not acknowledged by the function is read
 * again by the next run.
 */
public final class EventSource implements AutoCloseable {

  private static final Duration RETRY = Duration.ofSeconds(1);

  /** To write down how the last invocation ended. */
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private record Running(ShardPace pace, Thread thread) {}

  private final EventSourceSettings settings;
  private final RecordSource source;
  private final Invoker function;
  private final FailureDestination failures;
  private final Consumer<String> log;

  // Under the lock of this.
  private final Map<String, Running> running = new LinkedHashMap<>();
  private final Set<String> finished = new HashSet<>();
  private boolean closed;

  private EventSource(
      EventSourceSettings settings,
      RecordSource source,
      Invoker function,
      FailureDestination failures,
      Consumer<String> log) {
    this.settings = settings;
    this.source = source;
    this.function = function;
    this.failures = failures;
    this.log = log;
  }

  /**
   * Starts to read.
   *
   * @param function called by several shards at once, if there are several
   * @param log takes what went wrong, a line each, for people
   */
  public static EventSource start(
      EventSourceSettings settings,
      RecordSource source,
      LocalFunction function,
      FailureDestination failures,
      Consumer<String> log)
      throws IOException {
    var invoker = new FunctionInvoker(function);
    var eventSource = new EventSource(settings, source, invoker, failures, log);
    source.onRecords(eventSource::recordsCame);
    eventSource.startShards();
    return eventSource;
  }

  /**
   * Waits until the function is done with all that was on the stream when this was called; batches
   * do not wait for their window meanwhile.
   *
   * @return whether it is; if not, the rest is for later, or for the next run
   */
  public boolean drain(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    var drained = new HashSet<String>();
    while (true) {
      // A shard that ends starts others before it counts as ended.
      var next = shardOtherThan(drained);
      if (next.isEmpty()) {
        return true;
      }
      for (var shard : next.entrySet()) {
        if (!shard.getValue().pace().drain(deadline)) {
          return false;
        }
        drained.add(shard.getKey());
      }
    }
  }

  /** Ends after the invocations under way; what is not done with then is for the next run. */
  @Override
  public void close() {
    List<Running> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(running.values());
    }
    all.forEach(shard -> shard.pace().stop());
    try {
      for (var shard : all) {
        shard.thread().join(settings.timeout().plus(CLOSING));
      }
    } catch (InterruptedException e) {
      // Whoever closes is in a hurry; the shards' threads end by themselves, or with the process.
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Map<String, Running> shardOtherThan(Set<String> ids) {
    var others = new LinkedHashMap<>(running);
    others.keySet().removeAll(ids);
    return others;
  }

  private void recordsCame() {
    List<Running> all;
    synchronized (this) {
      all = List.copyOf(running.values());
    }
    all.forEach(shard -> shard.pace().recordsCame());
  }

  /** Starts every shard whose parents are done with. A parent that is gone from the stream is. */
  private synchronized void startShards() throws IOException {
    if (closed) {
      return;
    }
    var shards = source.shards();
    var unfinished = new HashSet<String>();
    shards.forEach(shard -> unfinished.add(shard.id()));
    unfinished.removeAll(finished);
    var due = new ArrayList<String>();
    for (var shard : shards) {
      if (!running.containsKey(shard.id())
          && shard.parents().stream().noneMatch(unfinished::contains)) {
        due.add(shard.id());
      }
    }
    for (var id : due) {
      start(id, source.open(id));
    }
  }

  private void start(String id, ShardReader reader) {
    var pace = new ShardPace();
    var runner =
        new ShardRunner(
            settings,
            id,
            reader,
            source.pollInterval(),
            function,
            failures,
            InstantSource.system(),
            pace,
            log);
    var thread =
        Thread.ofPlatform()
            .daemon()
            .name(settings.function() + " " + id)
            .unstarted(() -> run(id, reader, runner, pace));
    running.put(id, new Running(pace, thread));
    thread.start();
  }

  private void run(String id, ShardReader reader, ShardRunner runner, ShardPace pace) {
    boolean isDone = false;
    try (reader) {
      if (runner.run()) {
        synchronized (this) {
          finished.add(id);
        }
        startChildren(pace);
        isDone = true;
      }
    } catch (IOException e) {
      log.accept("shard " + id + " could not be closed: " + e.getMessage());
    } catch (InterruptedException | RuntimeException e) {
      log.accept("shard " + id + " is left for the next run: " + e);
    } finally {
      pace.end(isDone);
    }
  }

  private void startChildren(ShardPace pace) throws InterruptedException {
    while (!pace.isStopping()) {
      try {
        startShards();
        return;
      } catch (IOException e) {
        log.accept("the shards of the stream cannot be listed: " + e.getMessage());
        pace.backOff(RETRY);
      }
    }
  }
}
