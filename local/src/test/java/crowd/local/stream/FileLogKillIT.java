package crowd.local.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.identity.AnonymousId;
import crowd.core.identity.WebsiteId;
import crowd.core.json.Json;
import crowd.core.message.Message;
import crowd.core.message.MessageType;
import crowd.core.stream.AppendOutcome;
import crowd.core.stream.Envelope;
import crowd.core.stream.EnvelopeJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that appends is killed without notice: what it acknowledged is there. */
class FileLogKillIT {

  private static final int ROUNDS = 5;
  private static final int APPENDERS = 8;

  @TempDir private Path folder;

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void kill_losesNothingThatWasAcknowledged() throws Exception {
    // given
    long seed = new SplittableRandom().nextLong();
    System.out.println("FileLogKillIT seed " + seed);
    var random = new SplittableRandom(seed);
    var acknowledged = new HashSet<String>();

    for (int round = 0; round < ROUNDS; round++) {
      // when
      acknowledged.addAll(appendUntilKilled(round, 1 + random.nextInt(400)));

      // then
      var missing = new HashSet<>(acknowledged);
      missing.removeAll(readAll());
      assertEquals(Set.of(), missing, "lost in round " + round);
    }
  }

  /**
   * Kills the process once it has acknowledged so many; those under way then may be there or not.
   */
  private Set<String> appendUntilKilled(int round, int acknowledgements) throws Exception {
    var process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Appender.class.getName(),
                folder.toString(),
                Integer.toString(round))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var acknowledged = new HashSet<String>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.endsWith(".")) {
          acknowledged.add(line);
        }
        if (acknowledged.size() == acknowledgements) {
          var inUse = assertThrows(FolderInUseException.class, this::readAll);
          assertEquals(
              "another run (process "
                  + process.pid()
                  + ") uses "
                  + folder
                  + ": end it, or choose another data folder",
              inUse.getMessage());
          // Through its handle: that leaves what it has printed to be read.
          process.toHandle().destroyForcibly();
        }
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertTrue(acknowledged.size() >= acknowledgements, "the process ended by itself");
    return acknowledged;
  }

  private Set<String> readAll() throws IOException {
    var ids = new HashSet<String>();
    try (var log = FileLog.open(folder, _ -> {});
        var reader = log.reader("check")) {
      for (var records = reader.read(100); !records.isEmpty(); records = reader.read(100)) {
        records.forEach(record -> ids.add(EnvelopeJson.read(record.bytes()).spread()));
      }
    }
    return ids;
  }

  /** The process that is killed: appends without end, and prints each id that was acknowledged. */
  static final class Appender {

    private Appender() {}

    public static void main(String[] args) throws Exception {
      var log =
          FileLog.open(Path.of(args[0]), _ -> {}, InstantSource.system(), 50_000, Segment::new);
      for (int appender = 0; appender < APPENDERS; appender++) {
        var prefix = "m-" + args[1] + "-" + appender + "-";
        Thread.ofPlatform().start(() -> appendForEver(log, prefix));
      }
    }

    private static void appendForEver(FileLog log, String prefix) {
      for (int n = 0; ; n++) {
        // The full stop tells a whole line from one that the kill cut.
        var id = prefix + n + ".";
        var outcome = log.append(new Envelope(new WebsiteId("demo"), List.of(message(id))));
        if (outcome.equals(AppendOutcome.APPENDED)) {
          System.out.println(id);
        }
      }
    }

    private static Message message(String id) {
      var noon = Instant.parse("2026-11-25T12:00:00Z");
      return new Message(
          MessageType.TRACK,
          null,
          new AnonymousId("anon_1"),
          id,
          noon,
          noon,
          noon,
          noon,
          false,
          new Json.Obj(Map.of("event", new Json.Text("x".repeat(300)))));
    }
  }
}
