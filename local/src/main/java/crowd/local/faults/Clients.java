package crowd.local.faults;

import crowd.local.surface.Api;
import crowd.local.surface.Api.Answer;
import crowd.local.surface.Stage;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Send a history. Each repeats a request, as it was, until that is acknowledged. */
final class Clients {

  private static final int PATIENCE = 100;
  private static final long PAUSE_MILLIS = 5;

  /**
   * The product counts in milliseconds: what is received in the same one as an erasure goes with
   * it.
   */
  private static final long BETWEEN_MILLIS = 3;

  private final SeededHistory history;
  private final Stage stage;
  private final Api api;
  private final Findings findings;
  private final AtomicInteger repeats = new AtomicInteger();

  Clients(SeededHistory history, Stage stage, Findings findings) {
    this.history = history;
    this.stage = stage;
    this.api = stage.api();
    this.findings = findings;
  }

  /** Requests that were sent again since they were not acknowledged. */
  int repeats() {
    return repeats.get();
  }

  /** Returns when all is acknowledged, or something was found. */
  Past send() throws InterruptedException {
    var past = new Past(history);
    for (int act = 0; act < history.acts().size(); act++) {
      sendAtOnce(history.acts().get(act).clients());
      past.merged(act);
      if (history.acts().get(act).alone().isPresent()) {
        sendAlone(past, act);
      }
    }
    return past;
  }

  private void sendAtOnce(List<List<Request>> clients) throws InterruptedException {
    var work = new ArrayList<Callable<Void>>();
    for (var client : clients) {
      work.add(() -> {
        for (int i = 0; i < client.size(); i++) {
          send(client.get(i));
          if (i % 3 == 2) {
            send(client.get(i)); // once more, though it was acknowledged
          }
        }
        return null;
      });
    }
    try (var threads = Executors.newFixedThreadPool(clients.size())) {
      for (var client : threads.invokeAll(work)) {
        client.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(history.toString(), e);
    }
  }

  private void sendAlone(Past past, int act) throws InterruptedException {
    var request = history.acts().get(act).alone().orElseThrow();
    if (history.acts().get(act).isConsumedFirst()) {
      stage.consumeAll();
    }
    Thread.sleep(BETWEEN_MILLIS);
    var owners = Owners.of(history.anonymousIds(), new RawTable(stage.items()));
    boolean isDone = send(request);
    past.tookBack(act, isDone, owners);
    findings.require(
        isDone || !past.mustKnow(act),
        () -> request + " was answered with 404, though the user is known, in " + history);
    Thread.sleep(BETWEEN_MILLIS);
  }

  /** Whether it was said to be done, and not that there was nothing to do. */
  private boolean send(Request request) throws InterruptedException {
    for (int tries = 1; tries < PATIENCE; tries++) {
      switch (ending(request)) {
        case DONE -> {
          return true;
        }
        case NOTHING_TO_DO -> {
          return false;
        }
        case NOT_ACKNOWLEDGED -> {
          repeats.incrementAndGet();
          Thread.sleep(PAUSE_MILLIS);
        }
      }
    }
    findings.add("was never acknowledged: " + request + " in " + history);
    return false;
  }

  private enum Ending {
    DONE,
    NOTHING_TO_DO,
    NOT_ACKNOWLEDGED
  }

  /** What is refused is found wrong, and not sent again. */
  private Ending ending(Request request) {
    Answer answer;
    try {
      answer = answer(request);
    } catch (UncheckedIOException e) {
      return Ending.NOT_ACKNOWLEDGED; // the connection broke
    }
    if (answer.status() == 503 || answer.status() == 429) {
      return Ending.NOT_ACKNOWLEDGED;
    }
    if (answer.status() == 404 && !(request instanceof Request.Messages)) {
      return Ending.NOTHING_TO_DO;
    }
    var results = answer.each("results", "result");
    findings.require(
        answer.status() / 100 == 2
            && results.stream().allMatch(result -> result.equals("ok") || result.equals("retry")),
        () -> request + " was answered with " + answer + " in " + history);
    if (results.contains("retry")) {
      return Ending.NOT_ACKNOWLEDGED;
    }
    return answer.outcome().equals("not_linked") ? Ending.NOTHING_TO_DO : Ending.DONE;
  }

  private Answer answer(Request request) {
    return switch (request) {
      case Request.Messages(var messages) when messages.size() == 1 ->
          api.message("/" + messages.getFirst().type(), messages.getFirst().fields());
      case Request.Messages(var messages) -> batch(messages);
      case Request.Merge(var previous, var user, var second, var id) ->
          api.message("/alias", Api.alias(previous, user, second, id));
      case Request.Unmerge(var previous, var user, var id) ->
          api.unlink(user, "previous_id", previous, id);
      case Request.Unlink(var anonymous, var user, var id) ->
          api.unlink(user, "anonymous_id", anonymous, id);
      case Request.Erase(var user) -> api.erase(user);
    };
  }

  private Answer batch(List<Sent> messages) {
    var batch =
        messages.stream()
            .map(message -> "{'type':'" + message.type() + "'," + message.fields() + "}")
            .collect(Collectors.joining(","));
    return api.message("/batch", "'batch':[" + batch + "]");
  }
}
