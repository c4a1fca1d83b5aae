package crowd.local.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.identity.WebsiteId;
import crowd.core.json.Json;
import crowd.core.website.WebsiteRegistry;
import crowd.local.Project;
import crowd.local.console.Console;
import crowd.local.openapi.Contract;
import crowd.local.stream.FolderInUseException;
import crowd.local.surface.Api.Answer;
import crowd.local.template.TemplateReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole product on one machine, over HTTP. */
@Timeout(180)
class LocalStackIT {

  @TempDir private Path data = Path.of("");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Contract contract = new Contract();

  private static LocalStack start(Optional<Path> data) throws IOException, InterruptedException {
    var silent =
        new Console(
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
            InstantSource.system(),
            ZoneOffset.UTC,
            false);
    return LocalStack.start(
        TemplateReader.read(Project.file("template.yaml")),
        0,
        data,
        Project.file(".crowd/tools"),
        false,
        silent);
  }

  private Json.Obj post(LocalStack stack, String path, String body)
      throws IOException, InterruptedException {
    return taken(send(stack, "POST", path, Demo.SERVER_KEY, body));
  }

  private Json.Obj get(LocalStack stack, String path) throws IOException, InterruptedException {
    return taken(send(stack, "GET", path, Demo.SERVER_KEY, ""));
  }

  private static Json.Obj taken(Answer answer) {
    assertEquals(200, answer.status(), answer::toString);
    return (Json.Obj) answer.body();
  }

  private Answer send(LocalStack stack, String method, String path, String key, String body)
      throws IOException, InterruptedException {
    var headers = Map.of("content-type", "application/json", "x-crowd-key", key);
    var request =
        HttpRequest.newBuilder(uri(stack, path))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    var answer = Answer.of(client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    contract.saw(method, path, headers, body.getBytes(StandardCharsets.UTF_8), answer);
    return answer;
  }

  private static URI uri(LocalStack stack, String path) {
    return URI.create("http://127.0.0.1:" + stack.port() + path);
  }

  private static String track(String anonymousId, String messageId) {
    return """
    {"website": "demo", "anonymous_id": "%s", "event": "Clicked", "message_id": "%s",
     "timestamp": "2026-01-01T00:00:00Z"}
    """
        .formatted(anonymousId, messageId);
  }

  private static String identify(String user, String anonymousId) {
    return """
    {"website": "demo", "user_id": "%s", "anonymous_id": "%s", "message_id": "identify-%s",
     "timestamp": "2026-01-01T00:01:00Z"}
    """
        .formatted(user, anonymousId, user);
  }

  /** The message ids of the timeline, newest first, once there are so many. */
  private List<String> timeline(LocalStack stack, String user, int expected)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    List<String> ids;
    do {
      var events = get(stack, "/users/" + user + "/events").get("events").orElseThrow();
      ids =
          ((Json.Arr) events)
              .values().stream()
                  .map(event -> ((Json.Obj) event).text("message_id").orElseThrow())
                  .toList();
      if (ids.size() >= expected) {
        return ids;
      }
      Thread.sleep(50);
    } while (System.nanoTime() < deadline);
    return ids;
  }

  @Test
  void anonymousEvents_becomeTheirUsers_andOutliveARestart()
      throws IOException, InterruptedException {
    // given
    try (var stack = start(Optional.of(data))) {
      post(stack, "/track", track("anon_a", "t1"));
      post(stack, "/identify", identify("ada", "anon_a"));
      post(stack, "/track/", track("anon_a", "t2"));
      // then
      var seen = timeline(stack, "ada", 3);
      assertEquals(List.of("identify-ada", "t1", "t2"), seen.stream().sorted().toList());
    }
    // when
    try (var stack = start(Optional.of(data))) {
      // then
      var seen = timeline(stack, "ada", 3);
      assertEquals(List.of("identify-ada", "t1", "t2"), seen.stream().sorted().toList());
      assertEquals("t1", seen.getLast().equals("t1") ? "t1" : seen.get(seen.size() - 2));
    }
  }

  @Test
  void websites_areSharedWithOtherCommands_whileItRuns() throws IOException, InterruptedException {
    try (var _ = start(Optional.of(data))) {
      // when
      try (var table = LocalTable.of(data)) {
        // then
        assertEquals(
            List.of(new WebsiteId(Demo.WEBSITE)), new WebsiteRegistry(table.store()).all());
      }
      assertThrows(FolderInUseException.class, () -> start(Optional.of(data)).close());
    }
  }

  @Test
  void ephemeral_leavesNothing() throws IOException, InterruptedException {
    // given
    var before = passingFolders();
    // when
    try (var stack = start(Optional.empty())) {
      post(stack, "/track", track("anon_a", "t1"));
    }
    // then
    assertEquals(before, passingFolders());
  }

  @Test
  void readKey_readsAndDoesNothingElse() throws IOException, InterruptedException {
    try (var stack = start(Optional.empty())) {
      var refused = send(stack, "POST", "/track", Demo.READ_KEY, track("anon_a", "t1"));
      assertEquals(403, refused.status(), refused::toString);
      assertTrue(refused.header("content-type").orElse("").startsWith("application/problem+json"));
    }
  }

  private static List<String> passingFolders() throws IOException {
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("crowd-"))
          .sorted()
          .toList();
    }
  }
}
