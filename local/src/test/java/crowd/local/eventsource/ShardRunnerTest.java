package crowd.local.eventsource;

import static crowd.local.eventsource.EventSourceSettings.NO_LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardRunnerTest {

  // Batches.

  @Test
  void batch_holdsWhatIsThereUpToTheBatchSize() throws Exception {
    // given
    var scenario = new ShardScenario(ShardRunnerTest::succeeds).records(1, 7);

    // when
    scenario.run(settings(3, Duration.ZERO));

    // then
    assertEquals(
        List.of(List.of("1", "2", "3"), List.of("4", "5", "6"), List.of("7")), scenario.batches);
    assertEquals(List.of("3", "6", "7"), scenario.checkpoints);
  }

  @Test
  void batch_withoutAWindow_waitsForNothing() throws Exception {
    // given
    var scenario =
        new ShardScenario(ShardRunnerTest::succeeds)
            .records(1, 1)
            .records(2, 2, Duration.ofMillis(5), 10);

    // when
    scenario.run(settings(100, Duration.ZERO));

    // then
    assertEquals(List.of(Duration.ZERO, Duration.ofMillis(5)), scenario.times);
  }

  @Test
  void batch_withAWindow_waitsForItFromTheFirstRecordOn() throws Exception {
    // given
    var scenario =
        new ShardScenario(ShardRunnerTest::succeeds)
            .records(1, 1, Duration.ofSeconds(30), 10)
            .records(2, 2, Duration.ofSeconds(34), 10)
            .records(3, 3, Duration.ofSeconds(36), 10);

    // when
    scenario.run(settings(100, Duration.ofSeconds(5)));

    // then
    assertEquals(List.of(List.of("1", "2"), List.of("3")), scenario.batches);
    assertEquals(List.of(Duration.ofSeconds(35), Duration.ofSeconds(41)), scenario.times);
  }

  @Test
  void batch_thatIsFull_waitsForNoWindow() throws Exception {
    // given
    var scenario =
        new ShardScenario(ShardRunnerTest::succeeds)
            .records(1, 1)
            .records(2, 3, Duration.ofSeconds(2), 10);

    // when
    scenario.run(settings(3, Duration.ofMinutes(5)));

    // then
    assertEquals(List.of(List.of("1", "2", "3")), scenario.batches);
    assertEquals(List.of(Duration.ofSeconds(2)), scenario.times);
  }

  @Test
  void batch_whileDraining_waitsForNoWindow() throws Exception {
    // given
    var scenario = new ShardScenario(ShardRunnerTest::succeeds).records(1, 2).draining();

    // when
    scenario.run(settings(100, Duration.ofMinutes(5)));

    // then
    assertEquals(List.of(Duration.ZERO), scenario.times);
  }

  @Test
  void batch_endsAtSixMegabytesOfEvent() throws Exception {
    // given: 1 MiB is 1.4 MB in Base64
    var scenario =
        new ShardScenario(ShardRunnerTest::succeeds).records(1, 6, Duration.ZERO, 1024 * 1024);

    // when
    scenario.run(settings(100, Duration.ofMinutes(5)));

    // then
    assertEquals(List.of(List.of("1", "2", "3", "4"), List.of("5", "6")), scenario.batches);
  }

  @Test
  void closedShard_isDoneWithAfterItsLastRecord() throws Exception {
    // given
    var scenario = new ShardScenario(ShardRunnerTest::succeeds).records(1, 2).closedShard();

    // when
    boolean done = scenario.run(settings(100, Duration.ofMinutes(5)));

    // then
    assertTrue(done);
    assertEquals(List.of("2"), scenario.checkpoints);
  }

  @Test
  void caughtUp_isSaidOnlyWhenNothingIsUnderWay() throws Exception {
    // given
    var scenario = new ShardScenario(ShardRunnerTest::succeeds).records(1, 2);

    // when
    scenario.run(settings(1, Duration.ZERO));

    // then
    assertEquals(
        List.of("invoke [1]", "checkpoint 1", "invoke [2]", "checkpoint 2", "caught up"),
        scenario.order);
  }

  // Failures of the whole batch.

  @Test
  void functionError_isTriedAgainWithGrowingBackOff() throws Exception {
    // given
    var scenario = new ShardScenario(failingTimes(9)).records(1, 2);

    // when
    scenario.run(settings(100, Duration.ZERO));

    // then
    assertEquals(Collections.nCopies(10, List.of("1", "2")), scenario.batches);
    assertEquals(
        List.of(100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 10_000L, 10_000L),
        scenario.backOffs.stream().map(Duration::toMillis).toList());
    assertEquals(List.of("2"), scenario.checkpoints);
  }

  @Test
  void functionError_keepsLaterRecordsWaiting() throws Exception {
    // given
    var scenario = new ShardScenario(failingTimes(2)).records(1, 2);

    // when
    scenario.run(settings(1, Duration.ZERO));

    // then
    assertEquals(List.of(List.of("1"), List.of("1"), List.of("1"), List.of("2")), scenario.batches);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void retriesExhausted_putsTheBatchDownAndGoesOn(int attempts) throws Exception {
    // given
    var scenario = new ShardScenario(failingWith(name -> name.equals("2"))).records(1, 6);

    // when
    scenario.run(settings(3, false, false, attempts, NO_LIMIT));

    // then
    assertEquals(List.of("RetryAttemptsExhausted 1 3 3 " + (attempts + 1)), scenario.givenUp());
    assertEquals(List.of("3", "6"), scenario.checkpoints);
    assertEquals(attempts + 2, scenario.batches.size());
  }

  @Test
  void givenUp_isPutDownBeforeTheCheckpointMoves() throws Exception {
    // given
    var scenario = new ShardScenario(failingWith(_ -> true)).records(1, 1).brokenWrites(3);

    // when
    scenario.run(settings(100, false, false, 0, NO_LIMIT));

    // then
    assertEquals(List.of("invoke [1]", "given up 1", "checkpoint 1", "caught up"), scenario.order);
    assertEquals(
        List.of(100L, 200L, 400L), scenario.backOffs.stream().map(Duration::toMillis).toList());
  }

  @Test
  void bisect_splitsDownToThePoisonRecord() throws Exception {
    // given
    var scenario = new ShardScenario(failingWith(name -> name.equals("3"))).records(1, 8);

    // when
    scenario.run(settings(8, false, true, 1, NO_LIMIT));

    // then
    assertEquals(
        List.of(
            List.of("1", "2", "3", "4", "5", "6", "7", "8"),
            List.of("1", "2", "3", "4"),
            List.of("1", "2"),
            List.of("3", "4"),
            List.of("3"),
            List.of("3"),
            List.of("4"),
            List.of("5", "6", "7", "8")),
        scenario.batches);
    assertEquals(List.of("RetryAttemptsExhausted 3 3 1 5"), scenario.givenUp());
    assertEquals(List.of("2", "3", "4", "8"), scenario.checkpoints);
  }

  @Test
  void bisect_isNoRetry() throws Exception {
    // given: no retry at all is allowed
    var scenario = new ShardScenario(failingWith(name -> name.equals("4"))).records(1, 4);

    // when
    scenario.run(settings(4, false, true, 0, NO_LIMIT));

    // then
    assertEquals(List.of("RetryAttemptsExhausted 4 4 1 3"), scenario.givenUp());
  }

  // Failures of single records.

  @Test
  void itemFailures_checkpointAtTheLowestAndGoOnFromThere() throws Exception {
    // given
    var first = new boolean[] {true};
    var scenario =
        new ShardScenario(
                _ -> {
                  boolean fails = first[0];
                  first[0] = false;
                  return fails ? failures("4", "3", "5") : "{}";
                })
            .records(1, 5);

    // when
    scenario.run(settings(5, true, false, NO_LIMIT, NO_LIMIT));

    // then
    assertEquals(
        List.of(List.of("1", "2", "3", "4", "5"), List.of("3", "4", "5")), scenario.batches);
    assertEquals(List.of("2", "5"), scenario.checkpoints);
  }

  @Test
  void itemFailures_thatAreNotAskedFor_areNotSeen() throws Exception {
    // given
    var scenario = new ShardScenario(_ -> failures("1")).records(1, 2);

    // when
    scenario.run(settings(5, false, false, NO_LIMIT, NO_LIMIT));

    // then
    assertEquals(List.of("2"), scenario.checkpoints);
  }

  @Test
  void itemFailures_retriesCountForTheSameBatchOnly() throws Exception {
    // given: record 2 never works, record 4 neither
    var scenario = new ShardScenario(reporting(Set.of("2", "4"))).records(1, 5);

    // when
    scenario.run(settings(5, true, false, 2, NO_LIMIT));

    // then: without bisection what follows the record is given up with it
    assertEquals(List.of("RetryAttemptsExhausted 2 5 4 4"), scenario.givenUp());
    assertEquals(List.of("1", "5"), scenario.checkpoints);
  }

  @Test
  void itemFailures_withBisect_giveUpThePoisonRecordsAlone() throws Exception {
    // given
    var scenario = new ShardScenario(reporting(Set.of("2", "4"))).records(1, 5);

    // when
    scenario.run(settings(5, true, true, 2, NO_LIMIT));

    // then
    assertEquals(
        List.of("2", "4"),
        scenario.failures.stream()
            .map(note -> note.object("KinesisBatchInfo").orElseThrow())
            .map(info -> info.text("startSequenceNumber").orElseThrow())
            .toList());
    assertTrue(
        scenario.givenUp().stream().allMatch(note -> note.matches(".* (\\d) \\1 1 \\d+")),
        scenario.givenUp().toString());
    assertEquals("5", scenario.checkpoints.getLast());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "{}",
        "{\"batchItemFailures\":null}",
        "{\"batchItemFailures\":[]}",
        "{\"somethingElse\":1}"
      })
  void response_thatSaysNothing_isSuccess(String response) throws Exception {
    // given
    var scenario = new ShardScenario(_ -> response).records(1, 2);

    // when
    scenario.run(settings(5, true, false, 0, NO_LIMIT));

    // then
    assertEquals(List.of("2"), scenario.checkpoints);
    assertEquals(List.of(), scenario.givenUp());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rubbish",
        "[]",
        "7",
        "{\"batchItemFailures\":{}}",
        "{\"batchItemFailures\":[\"2\"]}",
        "{\"batchItemFailures\":[{}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"99\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"2\"},{\"itemId\":\"2\"}]}"
      })
  void response_thatCannotBeUnderstood_isTheFailureOfAll(String response) throws Exception {
    // given
    var scenario = new ShardScenario(_ -> response).records(1, 2);

    // when
    scenario.run(settings(5, true, false, 0, NO_LIMIT));

    // then
    assertEquals(List.of("RetryAttemptsExhausted 1 2 2 1"), scenario.givenUp());
  }

  // Age.

  @Test
  void recordAge_thatIsExceededBeforeTheFirstCall_isGivenUpWithoutOne() throws Exception {
    // given
    var scenario =
        new ShardScenario(ShardRunnerTest::succeeds)
            .records(1, 2, Duration.ofSeconds(-61), 10)
            .records(3, 4, Duration.ofSeconds(-60), 10);

    // when
    scenario.run(settings(10, false, false, NO_LIMIT, 60));

    // then
    assertEquals(List.of(List.of("3", "4")), scenario.batches);
    assertEquals(List.of("RecordAgeExceeded 1 2 2 0"), scenario.givenUp());
    assertEquals(List.of("2", "4"), scenario.checkpoints);
  }

  @Test
  void recordAge_endsTheRetries() throws Exception {
    // given
    var scenario =
        new ShardScenario(failingWith(name -> name.equals("1")))
            .records(1, 1)
            .records(2, 2, Duration.ofSeconds(30), 10);

    // when
    scenario.run(settings(1, false, false, NO_LIMIT, 60));

    // then: 0.1, 0.2, ... 6.4 and then every 10 seconds
    assertEquals(List.of("RecordAgeExceeded 1 1 1 12"), scenario.givenUp());
    assertEquals(List.of("1", "2"), scenario.checkpoints);
  }

  // Trouble.

  @Test
  void read_thatFails_isTriedAgain() throws Exception {
    // given
    var scenario = new ShardScenario(ShardRunnerTest::succeeds).records(1, 1).brokenReads(2);

    // when
    scenario.run(settings(5, Duration.ZERO));

    // then
    assertEquals(List.of("1"), scenario.checkpoints);
    assertEquals(
        List.of(
            "shard shardId-7 cannot be read: no answer",
            "shard shardId-7 cannot be read: no answer"),
        scenario.lines);
  }

  @Test
  void checkpoint_thatFails_isTriedAgainBeforeTheNextBatch() throws Exception {
    // given
    var scenario = new ShardScenario(ShardRunnerTest::succeeds).records(1, 2).brokenWrites(2);

    // when
    scenario.run(settings(1, Duration.ZERO));

    // then
    assertEquals(
        List.of("invoke [1]", "checkpoint 1", "invoke [2]", "checkpoint 2", "caught up"),
        scenario.order);
  }

  @Test
  void stop_endsAfterTheInvocationUnderWayAndItsCheckpoint() throws Exception {
    // given
    var scenario =
        new ShardScenario(ShardRunnerTest::succeeds).records(1, 3).stoppedAfterInvocation(2);

    // when
    boolean done = scenario.run(settings(1, Duration.ZERO));

    // then
    assertFalse(done);
    assertEquals(List.of("1", "2"), scenario.checkpoints);
  }

  @Test
  void stop_withACheckpointThatCannotBeWritten_leavesTheRecordsForTheNextRun() {
    // given
    var scenario =
        new ShardScenario(ShardRunnerTest::succeeds)
            .records(1, 3)
            .stoppedAfterInvocation(1)
            .brokenWrites(Integer.MAX_VALUE);

    // when, then
    assertThrows(InterruptedException.class, () -> scenario.run(settings(1, Duration.ZERO)));
    assertEquals(List.of(), scenario.checkpoints);
  }

  @Test
  void anyMixtureOfFailures_doesOrPutsDownEveryRecordAndNeverPassesOneBefore() throws Exception {
    long seed = new SplittableRandom().nextLong();
    System.out.println("ShardRunnerTest seed " + seed);
    var random = new SplittableRandom(seed);
    for (int history = 0; history < 500; history++) {
      // given
      int size = 1 + random.nextInt(40);
      var poison = new HashSet<String>();
      var trouble = new HashMap<String, Integer>();
      for (int name = 1; name <= size; name++) {
        if (random.nextInt(8) == 0) {
          poison.add(Integer.toString(name));
        }
        trouble.put(Integer.toString(name), random.nextInt(6) == 0 ? 1 + random.nextInt(3) : 0);
      }
      var done = new HashSet<String>();
      boolean reports = random.nextBoolean();
      var scenario =
          new ShardScenario(
                  batch -> {
                    for (var name : batch) {
                      boolean fails = poison.contains(name);
                      if (trouble.getOrDefault(name, 0) > 0) {
                        trouble.merge(name, -1, Integer::sum);
                        fails = true;
                      }
                      if (fails && reports && random.nextInt(4) > 0) {
                        return failures(name);
                      } else if (fails) {
                        throw new IllegalStateException(name);
                      }
                      done.add(name);
                    }
                    return "";
                  })
              .records(1, size)
              .brokenReads(random.nextInt(3))
              .brokenWrites(random.nextInt(3));
      boolean bisects = random.nextBoolean();

      // when
      scenario.run(settings(1 + random.nextInt(10), reports, bisects, random.nextInt(6), NO_LIMIT));

      // then
      var settled = new HashSet<>(done);
      scenario.failures.forEach(
          note -> settled.addAll(ShardScenario.names(note.text("payload").orElseThrow())));
      assertEquals(all(size), settled, "seed " + seed + ", history " + history);
      var checkpoints = scenario.checkpoints.stream().map(Integer::valueOf).toList();
      var sorted = new ArrayList<>(checkpoints);
      Collections.sort(sorted);
      assertEquals(sorted, checkpoints, "seed " + seed + ", history " + history);
      assertEquals(size, checkpoints.getLast(), "seed " + seed + ", history " + history);
    }
  }

  private static Set<String> all(int size) {
    var names = new HashSet<String>();
    IntStream.rangeClosed(1, size).forEach(name -> names.add(Integer.toString(name)));
    return names;
  }

  private static String succeeds(List<String> batch) {
    return "";
  }

  private static Function<List<String>, String> failingTimes(int times) {
    var left = new int[] {times};
    return batch -> {
      if (left[0]-- > 0) {
        throw new IllegalStateException(batch.toString());
      }
      return "";
    };
  }

  private static Function<List<String>, String> failingWith(Predicate<String> fails) {
    return batch -> {
      if (batch.stream().anyMatch(fails)) {
        throw new IllegalStateException(batch.toString());
      }
      return "";
    };
  }

  /** Stops at the first that fails and reports it, as our consumer does. */
  private static Function<List<String>, String> reporting(Set<String> fails) {
    return batch ->
        batch.stream()
            .filter(fails::contains)
            .findFirst()
            .map(name -> failures(name))
            .orElse("{\"batchItemFailures\":[]}");
  }

  private static String failures(String... names) {
    var items = new ArrayList<String>();
    for (var name : names) {
      items.add("{\"itemIdentifier\":\"" + name + "\"}");
    }
    return "{\"batchItemFailures\":[" + String.join(",", items) + "]}";
  }

  private static EventSourceSettings settings(int batchSize, Duration window) {
    return new EventSourceSettings(
        "consumer",
        Duration.ofMinutes(1),
        EventSourceTest.STREAM_ARN,
        batchSize,
        window,
        false,
        false,
        NO_LIMIT,
        NO_LIMIT);
  }

  private static EventSourceSettings settings(
      int batchSize, boolean report, boolean bisect, int attempts, int age) {
    return new EventSourceSettings(
        "consumer",
        Duration.ofMinutes(1),
        EventSourceTest.STREAM_ARN,
        batchSize,
        Duration.ZERO,
        report,
        bisect,
        attempts,
        age);
  }
}
