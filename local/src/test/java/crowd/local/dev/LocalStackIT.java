package crowd.local.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.identity.WebsiteId;
import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.website.WebsiteRegistry;
import crowd.local.Project;
import crowd.local.console.Console;
import crowd.local.stream.FolderInUseException;
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
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole product on one machine, over HTTP. */
@Timeout(180)
class LocalStackIT {

  @TempDir private Path data = Path.of("");

  private final HttpClient client = HttpClient.newHttpClient();

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
    return send(
        HttpRequest.newBuilder(uri(stack, path)).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private Json.Obj get(LocalStack stack, String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(stack, path)).GET());
  }

  private Json.Obj send(HttpRequest.Builder request) throws IOException, InterruptedException {
    var response =
        client.send(
            request
                .header("content-type", "application/json")
                .header("x-crowd-key", Demo.SERVER_KEY)
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertEquals(200, response.statusCode(), response.body());
    return JsonReader.readOwnObject(response.body());
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
      var refused =
          client.send(
              HttpRequest.newBuilder(uri(stack, "/track"))
                  .header("x-crowd-key", Demo.READ_KEY)
                  .POST(HttpRequest.BodyPublishers.ofString(track("anon_a", "t1")))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals(403, refused.statusCode(), refused.body());
      assertTrue(
          refused
              .headers()
              .firstValue("content-type")
              .orElse("")
              .startsWith("application/problem+json"));
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
