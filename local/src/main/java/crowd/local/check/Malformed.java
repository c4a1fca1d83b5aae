package crowd.local.check;

import crowd.local.console.Console;
import crowd.local.dev.LocalStack;
import crowd.local.template.TemplateReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * Valid requests with one to four things wrong, sent to the local run. Each has to be answered with
 * 200 or with a problem of its own (4xx, a stable code, nothing of what was sent). Size: requests.
 */
final class Malformed implements Check {

  private static final int CLIENTS = 4;

  /** A value that no answer may hold. */
  private static final String CANARY = "c4n4ry";

  @Override
  public String name() {
    return "malformed";
  }

  @Override
  public String about() {
    return "requests with 1 to 4 things wrong: answered with a 5xx, or not as a problem";
  }

  @Override
  public long ciSize() {
    return 10_000;
  }

  @Override
  public Figure run(long size) {
    long seed = Long.getLong("seed", System.nanoTime());
    System.err.println("malformed: -Dseed=" + seed);
    var silent = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    try (var stack =
            LocalStack.start(
                TemplateReader.read(
                    Path.of(System.getProperty("crowd.root", "."), "template.yaml")),
                0,
                Optional.empty(),
                Path.of(""),
                false,
                new Console(silent, InstantSource.system(), ZoneOffset.UTC, false));
        var clients = Executors.newFixedThreadPool(CLIENTS);
        var http = HttpClient.newHttpClient()) {
      var address = "http://127.0.0.1:" + stack.port();
      var work = new ArrayList<Callable<Tally>>();
      for (int i = 0; i < CLIENTS; i++) {
        var random = new SplittableRandom(seed + i);
        long share = size / CLIENTS + (i < size % CLIENTS ? 1 : 0);
        work.add(() -> send(http, address, random, share));
      }
      var all = new Tally(0, 0);
      for (var share : clients.invokeAll(work)) {
        all = all.plus(share.get());
      }
      boolean bothKinds = all.refused() > 0 && all.wrong() + all.refused() < size;
      return new Figure(
          "%d/%d".formatted(all.wrong(), size), "wrong-answers", all.wrong() == 0 && bothKinds);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Tally(long wrong, long refused) {
    Tally plus(Tally other) {
      return new Tally(wrong + other.wrong, refused + other.refused);
    }
  }

  private static Tally send(HttpClient http, String address, SplittableRandom random, long requests)
      throws IOException, InterruptedException {
    long wrong = 0;
    long refused = 0;
    for (long i = 0; i < requests; i++) {
      var malformed = new MalformedRequest(random, CANARY).next();
      var response =
          http.send(
              malformed.at(address), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      refused += response.statusCode() == 200 ? 0 : 1;
      var complaint = complaint(response);
      if (complaint.isPresent()) {
        wrong++;
        System.err.println(complaint.get() + " for " + malformed + ": " + response.body());
      }
    }
    return new Tally(wrong, refused);
  }

  private static Optional<String> complaint(HttpResponse<String> response) {
    if (response.statusCode() == 200) {
      return Optional.empty();
    }
    var complaint = ProblemAnswer.complaint(response);
    if (complaint.isPresent()) {
      return complaint;
    }
    return response.body().toLowerCase(Locale.ROOT).contains(CANARY)
        ? Optional.of("the answer holds what was sent")
        : Optional.empty();
  }
}
