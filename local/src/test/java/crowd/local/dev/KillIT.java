package crowd.local.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.local.Crowd;
import crowd.local.Project;
import crowd.local.openapi.Contract;
import crowd.local.surface.Api.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./crowd dev} as a process of its own, killed without a warning. */
@Timeout(240)
class KillIT {

  private static final Pattern ADDRESS = Pattern.compile("\\s*API\\s+(http://\\S+)");
  private static final int EVENTS = 40;

  @TempDir private Path data = Path.of("");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Contract contract = new Contract();

  private record Run(Process process, String address) implements AutoCloseable {

    static Run start(Path data) throws IOException {
      var process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "--sun-misc-unsafe-memory-access=allow",
                  "-XX:+UseSerialGC",
                  "-Dcrowd.root=" + Project.file(""),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Crowd.class.getName(),
                  "dev",
                  "--port",
                  "0",
                  "--data",
                  data.toString())
              .redirectErrorStream(true)
              .start();
      var output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      var before = new StringBuilder();
      for (var line = output.readLine(); line != null; line = output.readLine()) {
        var address = ADDRESS.matcher(line);
        if (address.matches()) {
          Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
          return new Run(process, address.group(1));
        }
        before.append(line).append('\n');
      }
      throw new AssertionError("it did not start: " + before);
    }

    /** {@code kill -9}. */
    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }

  private Answer send(Run run, String method, String path, String body)
      throws IOException, InterruptedException {
    var headers = Map.of("x-crowd-key", Demo.SERVER_KEY);
    var request =
        HttpRequest.newBuilder(URI.create(run.address() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    var answer = Answer.of(client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    contract.saw(method, path, headers, body.getBytes(StandardCharsets.UTF_8), answer);
    return answer;
  }

  @Test
  void killed_losesNothingThatWasAcknowledged() throws IOException, InterruptedException {
    // given
    var acknowledged = new TreeSet<String>();
    try (var run = Run.start(data)) {
      for (int i = 0; i < EVENTS; i++) {
        var id = "event-" + i;
        var answer =
            send(
                run,
                "POST",
                "/track",
                """
                {"website": "demo", "user_id": "ada", "event": "Clicked",
                 "message_id": "%s", "timestamp": "2026-01-01T00:00:00Z"}
                """
                    .formatted(id));
        if (answer.status() == 200) {
          acknowledged.add(id);
        }
      }
      // when: at once, so that most of them are on the log only
    }
    // then
    assertEquals(EVENTS, acknowledged.size());
    try (var run = Run.start(data)) {
      assertEquals(acknowledged, timeline(run, acknowledged.size()));
    }
  }

  /** The message ids on the timeline, once there are so many. */
  private Set<String> timeline(Run run, int expected) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    var ids = new TreeSet<String>();
    do {
      ids.clear();
      ids.addAll(send(run, "GET", "/users/ada/events?limit=100", "").each("events", "message_id"));
      if (ids.size() >= expected) {
        return ids;
      }
      Thread.sleep(50);
    } while (System.nanoTime() < deadline);
    return ids;
  }
}
