package crowd.local.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.local.surface.Api.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code ./crowd dev --packaged}: the jar, its processes and the emulators, over HTTP. */
@Timeout(240)
class PackagedRunIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client = HttpClient.newHttpClient();

  private Answer send(DevRun run, String method, String path, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(run.address() + path))
            .header("X-Crowd-Key", Demo.SERVER_KEY)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return Answer.of(client.send(request, HttpResponse.BodyHandlers.ofByteArray()));
  }

  /** Whether the event is on the user's timeline, or comes there in time. */
  private boolean shows(DevRun run, String user, String event)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    do {
      var answer = send(run, "GET", "/users/" + user + "/events", "");
      if (answer.each("events", "event").contains(event)) {
        return true;
      }
      Thread.sleep(100);
    } while (System.nanoTime() < deadline);
    return false;
  }

  @Test
  void packaged_earlierClick_isOnTheProfileAndAllProcessesEndWithTheRun()
      throws IOException, InterruptedException {
    try (var run = DevRun.start("--packaged", "--ephemeral")) {
      // when
      var clicked =
          send(
              run,
              "POST",
              "/track",
              """
              {"website": "demo", "anonymous_id": "anon-1", "event": "Clicked"}
              """);
      var identified =
          send(
              run,
              "POST",
              "/identify",
              """
              {"website": "demo", "anonymous_id": "anon-1", "user_id": "ada"}
              """);
      // then
      assertEquals(List.of(200, 200), List.of(clicked.status(), identified.status()));
      assertTrue(shows(run, "ada", "Clicked"));
      // and
      assertEquals(List.of(), leftBy(run, () -> run.process().destroy()));
      assertEquals(143, run.process().waitFor(), "ended by SIGTERM");
    }
  }

  @Test
  void packaged_killed_leavesNoFunctionBehind() throws IOException, InterruptedException {
    try (var run = DevRun.start("--packaged", "--ephemeral")) {
      assertEquals(200, send(run, "GET", "/users", "").status());
      assertEquals(List.of(), leftBy(run, () -> run.process().destroyForcibly()));
    }
  }

  /** The functions that still run a while after the run has ended. */
  private static List<String> leftBy(DevRun run, Runnable end) throws InterruptedException {
    var functions =
        run.process()
            .descendants()
            .filter(process -> process.info().command().orElse("").endsWith("/java"))
            .toList();
    assertTrue(functions.size() >= 1, "functions run");
    end.run();
    assertTrue(run.process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), "it ends");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (functions.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }
    return functions.stream().filter(ProcessHandle::isAlive).map(ProcessHandle::toString).toList();
  }
}
