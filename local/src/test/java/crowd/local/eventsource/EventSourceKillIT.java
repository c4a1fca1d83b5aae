package crowd.local.eventsource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import crowd.core.stream.AppendOutcome;
import crowd.core.stream.Envelope;
import crowd.local.stream.FileLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that appends and consumes is killed without notice: every record is consumed. */
class EventSourceKillIT {

  private static final int ROUNDS = 4;
  private static final String APPENDED = "appended ";
  private static final String CONSUMED = "consumed ";

  @TempDir private Path folder;

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void kill_leavesNoAcknowledgedRecordUnconsumed() throws Exception {
    // given
    long seed = new SplittableRandom().nextLong();
    System.out.println("EventSourceKillIT seed " + seed);
    var random = new SplittableRandom(seed);
    var appended = new HashSet<String>();
    var consumed = Collections.synchronizedSet(new HashSet<String>());

    // when
    for (int round = 0; round < ROUNDS; round++) {
      runUntilKilled(round, 1 + random.nextInt(300), appended, consumed);
    }
    try (var log = FileLog.open(folder, _ -> {});
        var source =
            start(log, folder, (event, _, _) -> consumed.addAll(EventSourceTest.ids(event)))) {
      assertTrue(source.drain(Duration.ofMinutes(1)));
    }

    // then
    var missing = new HashSet<>(appended);
    missing.removeAll(consumed);
    assertEquals(Set.of(), missing);
  }

  private void runUntilKilled(int round, int appends, Set<String> appended, Set<String> consumed)
      throws Exception {
    var process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Run.class.getName(),
                folder.toString(),
                Integer.toString(round))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int seen = 0;
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(APPENDED) && line.endsWith(".")) {
          appended.add(line.substring(APPENDED.length()));
          seen++;
          if (seen == appends) {
            // Through its handle: that leaves what it has printed to be read.
            process.toHandle().destroyForcibly();
          }
        } else if (line.startsWith(CONSUMED) && line.endsWith(".")) {
          consumed.add(line.substring(CONSUMED.length()));
        }
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertTrue(seen >= appends, "the process ended by itself");
  }

  private static EventSource start(FileLog log, Path folder, RequestStreamHandler function)
      throws IOException {
    var settings =
        EventSourceSettings.defaults("consumer", Duration.ofMinutes(1), EventSourceTest.STREAM_ARN);
    return EventSource.start(
        settings,
        new FileLogSource(log, "consumer"),
        EventSourceTest.inProcess(settings, function),
        new FailureFile(folder.resolve("failures.jsonl")),
        System.err::println);
  }

  /** The process that is killed. Its lines end in a full stop, to be told from cut ones. */
  static final class Run {

    private Run() {}

    public static void main(String[] args) throws Exception {
      var folder = Path.of(args[0]);
      var log = FileLog.open(folder, _ -> {});
      start(
          log,
          folder,
          (event, _, _) ->
              EventSourceTest.ids(event).forEach(id -> System.out.println(CONSUMED + id)));
      for (int n = 0; ; n++) {
        var id = "m-" + args[1] + "-" + n + ".";
        var outcome =
            log.append(new Envelope(EventSourceTest.DEMO, List.of(EventSourceTest.message(id))));
        if (outcome.equals(AppendOutcome.APPENDED)) {
          System.out.println(APPENDED + id);
        }
      }
    }
  }
}
