package crowd.local.check;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.local.dev.Demo;
import crowd.local.folder.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Kills the local run again and again while clients write, and looks for what was acknowledged:
 * each event has to be read back once. Size: kills.
 */
final class Kill9 implements Check {

  private static final int WRITERS = 4;
  private static final int PEOPLE = 8;
  private static final Duration START = Duration.ofSeconds(60);

  /** Within which more has to be on the profiles than before: the runs leave a long backlog. */
  private static final Duration DRAIN = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  /** Message ids that were acknowledged, by the user whose timeline has to show them. */
  private final Map<String, Set<String>> acknowledged = new ConcurrentHashMap<>();

  private final AtomicInteger messages = new AtomicInteger();

  @Override
  public String name() {
    return "kill9";
  }

  @Override
  public String about() {
    return "kill -9 of the local run while clients write: acknowledged events lost or doubled";
  }

  @Override
  public long ciSize() {
    return 8;
  }

  @Override
  public Figure run(long size) {
    long seed = Long.getLong("seed", 9);
    var random = new SplittableRandom(seed);
    try {
      var data = Files.createTempDirectory("crowd-kill9-");
      for (int i = 1; i <= size; i++) {
        killOnce(data, random.nextInt(300, 2000));
      }
      int wrong = readBack(data);
      int kept = acknowledged.values().stream().mapToInt(Set::size).sum();
      if (wrong == 0) {
        Folders.delete(data);
      } else {
        System.err.println("kill9: what is left to look at: ./crowd dev --data " + data);
      }
      return new Figure(
          "%d/%d".formatted(wrong, kept), "lost-or-doubled", wrong == 0 && kept > size);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void killOnce(Path data, int afterMillis) throws IOException, InterruptedException {
    try (var run = Run.start(http, data)) {
      var over = new AtomicBoolean();
      var writers = new ArrayList<Thread>();
      for (int i = 0; i < WRITERS; i++) {
        writers.add(Thread.ofVirtual().start(() -> write(run, over)));
      }
      Thread.sleep(afterMillis);
      run.kill();
      over.set(true);
      for (var writer : writers) {
        writer.join();
      }
    }
  }

  /** Anonymous events, the login that makes them somebody's, and events of the user. */
  private void write(Run run, AtomicBoolean over) {
    while (!over.get()) {
      int n = messages.incrementAndGet();
      var user = "user-" + n % PEOPLE;
      var message =
          switch (n % 10) {
            case 0 -> "'user_id':'%s','anonymous_id':'anon_%s'".formatted(user, user);
            case 1, 2, 3, 4 -> "'anonymous_id':'anon_%s','event':'e'".formatted(user);
            default -> "'user_id':'%s','event':'e'".formatted(user);
          };
      var id = "m" + n;
      var body =
          "{'website':'demo','message_id':'%s','timestamp':'%s',%s}"
              .formatted(id, Instant.now(), message);
      try {
        if (run.post(n % 10 == 0 ? "/identify" : "/track", body) == 200) {
          acknowledged.computeIfAbsent(user, _ -> ConcurrentHashMap.newKeySet()).add(id);
        }
      } catch (IOException _) {
        // no answer: it may be there or not
      }
    }
  }

  private int readBack(Path data) throws IOException, InterruptedException {
    try (var run = Run.start(http, data)) {
      // Whoever was never identified is so now: all anonymous events have to be on a profile.
      for (int i = 0; i < PEOPLE; i++) {
        identify(run, i);
      }
      var wrong = wrong(run);
      var end = Instant.now().plus(DRAIN);
      while (!wrong.isEmpty() && Instant.now().isBefore(end)) {
        Thread.sleep(500);
        var next = wrong(run);
        if (next.size() != wrong.size()) {
          end = Instant.now().plus(DRAIN);
        }
        wrong = next;
      }
      wrong.forEach(one -> System.err.println("kill9: " + one));
      return wrong.size();
    }
  }

  private static void identify(Run run, int person) throws IOException, InterruptedException {
    var body =
        "{'website':'demo','user_id':'user-%d','anonymous_id':'anon_user-%d'}"
            .formatted(person, person);
    for (int left = 20; run.post("/identify", body) != 200; left--) {
      if (left == 0) {
        throw new IllegalStateException("the local run takes no identify any more");
      }
      Thread.sleep(500);
    }
  }

  /** Each acknowledged event that its user does not see, and each that he sees twice. */
  private List<String> wrong(Run run) throws IOException {
    var wrong = new ArrayList<String>();
    for (var entry : acknowledged.entrySet()) {
      var read = run.messageIds(entry.getKey());
      var seen = new HashSet<String>();
      read.stream()
          .filter(id -> !seen.add(id))
          .forEach(id -> wrong.add(entry.getKey() + " sees twice " + id));
      entry.getValue().stream()
          .filter(id -> !seen.contains(id))
          .forEach(id -> wrong.add(entry.getKey() + " does not see " + id));
    }
    return wrong;
  }

  /** {@code crowd dev} in a process of its own. */
  private record Run(Process process, HttpClient http, String address) implements AutoCloseable {

    static Run start(HttpClient http, Path data) throws IOException, InterruptedException {
      int port = freePort();
      var command = new ArrayList<String>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      Collections.addAll(
          command,
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Dcrowd.root=" + System.getProperty("crowd.root"),
          "-cp",
          System.getProperty("java.class.path"),
          "crowd.local.Crowd",
          "dev",
          "--port",
          "" + port,
          "--data",
          data.toString());
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(data.resolve("output.txt").toFile())
              .start();
      var run = new Run(process, http, "http://127.0.0.1:" + port);
      var end = Instant.now().plus(START);
      while (!run.answers()) {
        if (!process.isAlive() || Instant.now().isAfter(end)) {
          run.kill();
          throw new IllegalStateException(
              "the local run does not start: " + Files.readString(data.resolve("output.txt")));
        }
        Thread.sleep(50);
      }
      return run;
    }

    private static int freePort() throws IOException {
      try (var socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      }
    }

    private boolean answers() {
      try {
        return send(request("/health").GET().build()).statusCode() == 200;
      } catch (IOException _) {
        return false;
      }
    }

    int post(String path, String body) throws IOException {
      return send(request(path)
              .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
              .build())
          .statusCode();
    }

    /** All of a user's events, as often as each is shown. */
    List<String> messageIds(String user) throws IOException {
      var ids = new ArrayList<String>();
      var path = "/users/" + user + "/events?limit=100";
      for (var next = path; !next.isEmpty(); ) {
        var answer = send(request(next).GET().build());
        if (!(JsonReader.readOwn(answer.body()) instanceof Json.Obj page)
            || !(page.get("events").orElse(Json.Null.VALUE) instanceof Json.Arr(var events))) {
          return ids;
        }
        for (var event : events) {
          if (event instanceof Json.Obj one) {
            one.text("message_id").ifPresent(ids::add);
          }
        }
        next = page.text("next_cursor").map(cursor -> path + "&cursor=" + cursor).orElse("");
      }
      return ids;
    }

    private HttpRequest.Builder request(String path) {
      return HttpRequest.newBuilder(URI.create(address + path))
          .timeout(Duration.ofSeconds(10))
          .header("X-Crowd-Key", Demo.SERVER_KEY);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
      try {
        return http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }

    /** SIGKILL. */
    void kill() {
      process.destroyForcibly();
    }

    @Override
    public void close() {
      kill();
      process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
  }
}
