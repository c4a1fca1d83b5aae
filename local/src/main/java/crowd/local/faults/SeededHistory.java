package crowd.local.faults;

import crowd.local.surface.Api;
import crowd.local.surface.Api.Answer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What two clients send at the same time, all of it told by a seed. Each repeats a message, as it
 * was, until that is acknowledged.
 */
final class SeededHistory {

  private static final int PEOPLE = 2;
  private static final int CLIENTS = 2;
  private static final int PATIENCE = 100;
  private static final long PAUSE_MILLIS = 5;

  /**
   * A message; empty for an id that it does not have.
   *
   * @param plan value of the trait that an identify sets; empty for none
   */
  record Sent(String type, String user, String anonymous, int second, String id, String plan) {

    boolean isReset() {
      return type.equals("reset");
    }

    boolean isClaim() {
      return !user.isEmpty() && !anonymous.isEmpty();
    }

    /** In single quotes, without braces. */
    String fields() {
      return (user.isEmpty() ? "" : "'user_id':'" + user + "',")
          + (anonymous.isEmpty() ? "" : "'anonymous_id':'" + anonymous + "',")
          + (type.equals("track") ? "'event':'" + id + "'," : "")
          + (plan.isEmpty() ? "" : "'traits':{'plan':'" + plan + "'},")
          + "'timestamp':'"
          + Api.at(second)
          + "','message_id':'"
          + id
          + "'";
    }
  }

  private final long seed;
  private final Random random;
  private final List<String> users;
  private final List<String> anonymousIds;
  private final List<List<Sent>> requests;
  private final AtomicInteger repeats = new AtomicInteger();
  private int messages;

  SeededHistory(long seed) {
    this.seed = seed;
    random = new Random(seed);
    users = names("u");
    anonymousIds = names("anon_");
    requests = IntStream.range(0, 3 + random.nextInt(10)).mapToObj(_ -> request()).toList();
  }

  private List<String> names(String prefix) {
    return IntStream.range(0, PEOPLE).mapToObj(i -> prefix + seed + "-" + i).toList();
  }

  private List<Sent> request() {
    int size = random.nextInt(5) == 0 ? 2 + random.nextInt(4) : 1;
    return IntStream.range(0, size).mapToObj(_ -> message()).toList();
  }

  private Sent message() {
    var user = users.get(random.nextInt(PEOPLE));
    var anonymous = anonymousIds.get(random.nextInt(PEOPLE));
    int second = random.nextInt(60);
    var id = "m" + seed + "-" + ++messages;
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> new Sent("track", "", anonymous, second, id, "");
      case 3 -> new Sent("track", user, "", second, id, "");
      case 4 -> new Sent("track", user, anonymous, second, id, "");
      case 5 -> new Sent("reset", "", anonymous, second, id, "");
      case 6 -> new Sent("identify", user, "", second, id, "plan-" + messages);
      default -> new Sent("identify", user, anonymous, second, id, "plan-" + messages);
    };
  }

  List<String> users() {
    return users;
  }

  List<String> anonymousIds() {
    return anonymousIds;
  }

  /** All messages. */
  List<Sent> sent() {
    return requests.stream().flatMap(List::stream).toList();
  }

  /**
   * From 5 to 20 of a hundred. In every eighth history 60: the SDK's own tries are used up often,
   * and the product meets what is left of them.
   */
  int faultRate() {
    return Math.floorMod(seed, 8) == 7 ? 60 : 5 + Math.floorMod(seed, 16);
  }

  /** Seeds beside each other would begin with about the same. */
  long faultSeed() {
    return seed * 0x9E3779B97F4A7C15L;
  }

  /** Requests that were sent again since they were not acknowledged. */
  int repeats() {
    return repeats.get();
  }

  /** Returns when all is acknowledged, or something was found. */
  void send(Api api, Findings findings) throws InterruptedException {
    var clients = new ArrayList<Callable<Void>>();
    for (int client = 0; client < CLIENTS; client++) {
      int first = client;
      clients.add(() -> {
        for (int i = first; i < requests.size(); i += CLIENTS) {
          send(api, requests.get(i), findings);
          if (i % 5 == 0) {
            send(api, requests.get(i), findings); // once more, though it was acknowledged
          }
        }
        return null;
      });
    }
    try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
      for (var client : threads.invokeAll(clients)) {
        client.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(this.toString(), e);
    }
  }

  private void send(Api api, List<Sent> request, Findings findings) throws InterruptedException {
    for (int tries = 1; !isAcknowledged(api, request, findings); tries++) {
      if (tries == PATIENCE) {
        findings.add("was never acknowledged: " + request + " in " + this);
        return;
      }
      repeats.incrementAndGet();
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  /** What is refused is found wrong, and not sent again. */
  private boolean isAcknowledged(Api api, List<Sent> request, Findings findings) {
    Answer answer;
    try {
      answer = answer(api, request);
    } catch (UncheckedIOException e) {
      return false; // the connection broke
    }
    if (answer.status() == 503) {
      return false;
    }
    var results = answer.each("results", "result");
    findings.require(
        answer.status() == 200
            && results.stream().allMatch(result -> result.equals("ok") || result.equals("retry")),
        () -> request + " was answered with " + answer + " in " + this);
    return !results.contains("retry");
  }

  private static Answer answer(Api api, List<Sent> request) {
    if (request.size() == 1) {
      var message = request.getFirst();
      return api.message("/" + message.type(), message.fields());
    }
    var batch =
        request.stream()
            .map(message -> "{'type':'" + message.type() + "'," + message.fields() + "}")
            .collect(Collectors.joining(","));
    return api.message("/batch", "'batch':[" + batch + "]");
  }

  @Override
  public String toString() {
    var lines = new StringBuilder("seed " + seed);
    requests.forEach(request -> lines.append("\n  ").append(request));
    return lines.toString();
  }
}
