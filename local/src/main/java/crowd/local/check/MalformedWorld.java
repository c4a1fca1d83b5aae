package crowd.local.check;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.local.dev.Demo;
import crowd.local.http.Reply;
import crowd.local.openapi.Contract;
import crowd.local.surface.Api.Answer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/** Malformed requests, one after the other, on a table of their own. */
final class MalformedWorld implements AutoCloseable {

  /** A value that no refusal may hold. */
  private static final String CANARY = "c4n4ry";

  /** One in so many goes by a connection, as all of a client's do; so many are damaged there. */
  private static final int CONNECTED = 100;

  /** The versions of HTTP are all that the front may not support. */
  private static final Pattern FRONTS_FAULT = Pattern.compile("HTTP/1\\.1 5(?!05).*");

  private final Contract contract;
  private final SplittableRandom random;
  private final InMemoryRun run = InMemoryRun.start();
  private long taken;
  private long refused;
  private long connected;
  private long damaged;
  private long beside;
  private long wrong;

  MalformedWorld(Contract contract, long seed) {
    this.contract = contract;
    this.random = new SplittableRandom(seed);
  }

  /**
   * @param connected those that went by a connection
   * @param damaged those that were also sent with a damaged head
   * @param beside batches whose good message was taken
   * @param wrong requests whose answer, or what was written of them, is wrong
   */
  record Tally(long taken, long refused, long connected, long damaged, long beside, long wrong) {

    static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);

    Tally plus(Tally other) {
      return new Tally(
          taken + other.taken,
          refused + other.refused,
          connected + other.connected,
          damaged + other.damaged,
          beside + other.beside,
          wrong + other.wrong);
    }
  }

  /** What came back. */
  private record Received(int status, Map<String, List<String>> headers, String body) {

    static Received of(Reply reply) {
      var headers = new HashMap<String, List<String>>();
      for (var header : reply.headers()) {
        headers.computeIfAbsent(header.name(), _ -> new ArrayList<>()).add(header.value());
      }
      return new Received(
          reply.status(), headers, new String(reply.body().bytes(), StandardCharsets.UTF_8));
    }

    static Received of(HttpResponse<String> response) {
      return new Received(response.statusCode(), response.headers().map(), response.body());
    }

    String contentType() {
      return headers.getOrDefault("content-type", List.of("")).getFirst();
    }

    Answer answer() {
      return new Answer(
          status, headers, body.isEmpty() ? Json.Null.VALUE : JsonReader.readOwn(body));
    }
  }

  Tally send(long requests) {
    for (long i = 0; i < requests; i++) {
      var sent = new MalformedRequest(random, CANARY).next();
      long writes = run.writes();
      var received = random.nextInt(CONNECTED) == 0 ? connected(sent) : direct(sent);
      var complaints = complaints(sent, received, run.writes() - writes);
      if (!complaints.isEmpty()) {
        wrong++;
        System.err.println("malformed: %s: %s for %s".formatted(complaints, received, sent));
      }
      if (random.nextInt(CONNECTED) == 0) {
        damage(sent);
      }
    }
    return new Tally(taken, refused, connected, damaged, beside, wrong);
  }

  /** It may have become anything, also a request that is right, but nobody's defect. */
  private void damage(MalformedRequest.Sent sent) {
    damaged++;
    var request = DamagedRequest.of(sent, random);
    long writes = run.writes();
    var answer = request.sentTo(run.port());
    boolean isTaken = answer.startsWith("HTTP/1.1 2");
    if (FRONTS_FAULT.matcher(answer).lookingAt()
        || (!isTaken && (answer.contains(CANARY) || run.writes() != writes))) {
      wrong++;
      System.err.println("malformed: %s for %s".formatted(answer, request));
    }
  }

  private Received direct(MalformedRequest.Sent sent) {
    return Received.of(run.answer(sent.method(), sent.path(), sent.headers(), sent.body()));
  }

  private Received connected(MalformedRequest.Sent sent) {
    connected++;
    return Received.of(run.send(sent.at(run.address())));
  }

  private List<String> complaints(MalformedRequest.Sent sent, Received received, long writes) {
    var complaints = new ArrayList<String>();
    if (received.status() < 300) {
      taken++;
      checkTaken(sent, received, writes, complaints);
    } else {
      refused++;
      ProblemAnswer.complaint(received.status(), received.contentType(), received.body())
          .ifPresent(complaints::add);
      if (received.body().toLowerCase(Locale.ROOT).contains(CANARY)) {
        complaints.add("the answer holds what was sent");
      }
      if (writes != 0) {
        complaints.add("refused, and something was written");
      }
    }
    complaints.addAll(
        contract.wrong(sent.method(), sent.path(), sent.headers(), sent.body(), received.answer()));
    return complaints;
  }

  private void checkTaken(
      MalformedRequest.Sent sent, Received received, long writes, List<String> complaints) {
    var results = received.answer().each("results", "result");
    if (!results.isEmpty() && writes != 0 && !results.contains("ok")) {
      complaints.add("no message was taken, and something was written");
    }
    if (sent.companion().isPresent() && !results.isEmpty()) {
      beside++;
      var name = sent.companion().get();
      if (!results.getLast().equals("ok") || !timeline(name).equals(List.of(name))) {
        complaints.add("the good message was lost");
      }
    }
  }

  private List<String> timeline(String user) {
    var headers = Map.of("X-Crowd-Key", Demo.READ_KEY);
    return Received.of(run.answer("GET", "/users/" + user + "/events", headers, new byte[0]))
        .answer()
        .each("events", "message_id");
  }

  @Override
  public void close() {
    run.close();
  }
}
