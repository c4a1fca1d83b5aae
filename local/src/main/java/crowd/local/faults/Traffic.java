package crowd.local.faults;

import crowd.local.surface.Api;
import crowd.local.surface.Stage;
import crowd.local.template.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Visitors of one website at a steady pace, some of them much more often than others. Now and then
 * one logs in, a message is sent twice, a request on the way to DynamoDB meets a {@link
 * StoreFault}. What was acknowledged is kept in a ledger, and in the end each message of it has to
 * be in the table, once.
 */
public final class Traffic {

  private static final int VISITORS = 1_000;

  /** How much rarer the second visitor is than the first, and so on. */
  private static final double ZIPF = 1.05;

  private static final int IDENTIFIES_PERCENT = 1;
  private static final int DUPLICATES_PERCENT = 1;
  private static final int FAULTS_PERCENT = 1;

  /** Behind how many messages one is sent again. */
  private static final int AGAIN_AFTER = 500;

  private static final int AT_ONCE = 64;
  private static final int PATIENCE = 200;
  private static final long PAUSE_MILLIS = 20;

  private final Stage stage;
  private final Api api;
  private final SplittableRandom random;
  private final Findings findings = new Findings();
  private final double[] shares = shares();
  private final List<Message> sent = new ArrayList<>();
  private final AtomicInteger repeats = new AtomicInteger();
  private final long[] acknowledgedNanos;

  /** Message ids that were acknowledged, by visitor. */
  private final Map<Integer, Set<String>> ledger = new ConcurrentHashMap<>();

  private Traffic(Stage stage, long seed, int messages) {
    this.stage = stage;
    this.api = stage.api();
    this.random = new SplittableRandom(seed);
    this.acknowledgedNanos = new long[messages];
  }

  /**
   * What came of it.
   *
   * @param messages different ones that were acknowledged
   * @param perSecond at which they were, from the first to the last
   * @param p99 within which 99 of 100 requests were acknowledged, repeats included
   * @param repeats requests that were sent again since they were not acknowledged
   * @param drained how long it took until nothing waited any more
   */
  public record Result(
      int messages,
      double perSecond,
      Duration p99,
      int repeats,
      Duration drained,
      Map<StoreFault, Integer> faults,
      List<String> violations) {}

  private record Message(int number, int visitor, boolean isIdentify) {

    String id() {
      return "m" + number;
    }

    String user() {
      return "visitor-" + visitor;
    }

    String route() {
      return isIdentify ? "/identify" : "/track";
    }

    String fields() {
      return "'anonymous_id':'anon_%d','message_id':'%s','timestamp':'%s',%s"
          .formatted(
              visitor,
              id(),
              Api.at(number / 1000.0),
              isIdentify
                  ? "'user_id':'%s','traits':{'last':%d}".formatted(user(), number)
                  : "'event':'%s'".formatted(id()));
    }
  }

  /** Sends for so many seconds, and drains. */
  public static Result run(Template template, long seed, int seconds, int perSecond)
      throws IOException, InterruptedException {
    var way = new AtomicReference<UnsteadyHttp>();
    try (var stage = Stage.start(template, http -> way.updateAndGet(_ -> new UnsteadyHttp(http)))) {
      return new Traffic(stage, seed, seconds * perSecond).run(way.get(), seed, perSecond);
    }
  }

  private Result run(UnsteadyHttp http, long seed, int perSecond) throws InterruptedException {
    http.unsettle(seed, FAULTS_PERCENT);
    long began = System.nanoTime();
    sendAll(perSecond);
    double took = (System.nanoTime() - began) / 1e9;
    long drainBegan = System.nanoTime();
    http.calm();
    stage.settleDown();
    var drained = Duration.ofNanos(System.nanoTime() - drainBegan);
    // Whoever never logged in does now: all that he did has to be on his profile.
    for (int visitor : ledger.keySet()) {
      send(new Message(acknowledgedNanos.length + visitor, visitor, true));
    }
    stage.settleDown();
    compare();
    var nanos = acknowledgedNanos.clone();
    Arrays.sort(nanos);
    int messages = ledger.values().stream().mapToInt(Set::size).sum();
    return new Result(
        messages,
        acknowledgedNanos.length / took,
        Duration.ofNanos(nanos[nanos.length * 99 / 100]),
        repeats.get(),
        drained,
        http.counts(),
        findings.all());
  }

  private void sendAll(int perSecond) throws InterruptedException {
    var room = new Semaphore(AT_ONCE);
    long began = System.nanoTime();
    try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < acknowledgedNanos.length; i++) {
        long due = began + i * (TimeUnit.SECONDS.toNanos(1) / perSecond);
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        room.acquire();
        var message = next(i);
        int place = i;
        senders.execute(() -> {
          try {
            long start = System.nanoTime();
            send(message);
            acknowledgedNanos[place] = System.nanoTime() - start;
          } finally {
            room.release();
          }
        });
      }
    }
  }

  private Message next(int number) {
    if (sent.size() > AGAIN_AFTER && random.nextInt(100) < DUPLICATES_PERCENT) {
      return sent.get(sent.size() - 1 - random.nextInt(AGAIN_AFTER));
    }
    var message = new Message(number, visitor(), random.nextInt(100) < IDENTIFIES_PERCENT);
    sent.add(message);
    return message;
  }

  private int visitor() {
    int found = Arrays.binarySearch(shares, random.nextDouble());
    return Math.min(VISITORS - 1, found < 0 ? -found - 1 : found);
  }

  /** Summed up, so that the last is 1. */
  private static double[] shares() {
    var shares = new double[VISITORS];
    double sum = 0;
    for (int i = 0; i < VISITORS; i++) {
      sum += 1 / Math.pow(i + 1, ZIPF);
      shares[i] = sum;
    }
    for (int i = 0; i < VISITORS; i++) {
      shares[i] /= sum;
    }
    return shares;
  }

  private void send(Message message) {
    for (int tries = 0; tries < PATIENCE; tries++) {
      int status = status(message);
      if (status == 200) {
        ledger
            .computeIfAbsent(message.visitor(), _ -> ConcurrentHashMap.newKeySet())
            .add(message.id());
        return;
      }
      if (status != 503 && status != 429 && status != 0) {
        findings.add(message + " was answered with " + status);
        return;
      }
      repeats.incrementAndGet();
      pause();
    }
    findings.add(message + " was never acknowledged");
  }

  /** 0 if there was no answer. */
  private int status(Message message) {
    try {
      return api.message(message.route(), message.fields()).status();
    } catch (UncheckedIOException e) {
      return 0;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void compare() {
    ledger.forEach((visitor, acknowledged) -> {
      var shown = api.messageIds("visitor-" + visitor);
      var once = new HashSet<String>();
      for (var id : shown) {
        findings.require(once.add(id), () -> id + " is shown twice to visitor " + visitor);
        findings.require(
            acknowledged.contains(id), () -> id + " is shown to visitor " + visitor + " too");
      }
      for (var id : acknowledged) {
        findings.require(
            once.contains(id),
            () -> id + " of visitor " + visitor + " was acknowledged and is lost");
      }
    });
    var acknowledged = new HashSet<String>();
    ledger.values().forEach(acknowledged::addAll);
    findings.equal(acknowledged, stored(), () -> "the ledger, and the messages of the table");
  }

  /** Message ids of the rows: one that was sent twice may have two, and is shown once. */
  private Set<String> stored() {
    var stored = new HashSet<String>();
    new RawTable(stage.items())
        .forEach((_, row) -> {
          if (RawTable.text(row, "sk").startsWith("E#")) {
            stored.add(RawTable.text(row, "message_id"));
          }
        });
    return stored;
  }
}
