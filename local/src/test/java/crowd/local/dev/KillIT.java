package crowd.local.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.local.openapi.Contract;
import crowd.local.surface.Api.Answer;
import java.io.IOException;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./crowd dev} as a process of its own, killed without a warning. */
@Timeout(240)
class KillIT {

  private static final int EVENTS = 40;

  @TempDir private Path data = Path.of("");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Contract contract = new Contract();

  private Answer send(DevRun run, String method, String path, String body)
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
    try (var run = DevRun.start("--data", data.toString())) {
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
    try (var run = DevRun.start("--data", data.toString())) {
      assertEquals(acknowledged, timeline(run, acknowledged.size()));
    }
  }

  /** The message ids on the timeline, once there are so many. */
  private Set<String> timeline(DevRun run, int expected) throws IOException, InterruptedException {
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
