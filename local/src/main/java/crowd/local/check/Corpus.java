package crowd.local.check;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.local.check.ParsingCorpus.Case;
import crowd.local.check.ParsingCorpus.Verdict;
import crowd.local.dev.Demo;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Every text of {@link ParsingCorpus} at every route that reads JSON, and hostile strings in every
 * field. What is valid is taken and read back; what is not is a problem, and nothing is written.
 * Size: random strings beside the fixed ones, each in every field.
 */
final class Corpus implements Check {

  /** How reading a body can fail before anybody looks at its fields. */
  private static final Set<String> NOT_READ =
      Set.of(
          "not_json",
          "empty_body",
          "json_limit",
          "lone_surrogate",
          "duplicate_field",
          "too_deep",
          "body_too_large");

  private final List<String> wrong = new ArrayList<>();
  private long sent;

  @Override
  public String name() {
    return "corpus";
  }

  @Override
  public String about() {
    return "JSON that parsers disagree about, hostile strings in every field: wrong answers";
  }

  @Override
  public long ciSize() {
    return 100;
  }

  @Override
  public Figure run(long size) {
    long seed = Long.getLong("seed", System.nanoTime());
    System.err.println("corpus: -Dseed=" + seed);
    var cases = ParsingCorpus.all();
    try (var run = InMemoryRun.start()) {
      var known = "{\"website\":\"demo\",\"user_id\":\"u0\"}";
      post(run, "/identify", known.getBytes(StandardCharsets.UTF_8));
      for (var route : JsonRoute.ALL) {
        for (var one : cases) {
          check(run, route, one);
        }
      }
      long ofCases = sent;
      var strings = NaughtyStrings.all(new SplittableRandom(seed), size);
      var fields = new NaughtyFields(run, wrong);
      strings.forEach(fields::check);
      sent += fields.sent();
      System.err.printf(
          "corpus: %d texts at %d routes in %d calls; %d strings in %d fields, %d taken, %d refused%n",
          cases.size(),
          JsonRoute.ALL.size(),
          ofCases,
          strings.size(),
          NaughtyFields.FIELDS,
          fields.taken(),
          fields.refused());
      boolean bothKinds = fields.taken() > 0 && fields.refused() > 0;
      wrong.stream().limit(50).forEach(line -> System.err.println("corpus: " + line));
      return new Figure(wrong.size() + "/" + sent, "wrong-answers", wrong.isEmpty() && bothKinds);
    }
  }

  private void check(InMemoryRun run, JsonRoute route, Case one) {
    if (one.isValue()) {
      asValue(run, route, one);
    }
    asBody(run, route, one);
  }

  /** In place of a value, somewhere in a message that is right. */
  private void asValue(InMemoryRun run, JsonRoute route, Case one) {
    var body = new ByteArrayOutputStream();
    body.writeBytes(route.before(++sent).getBytes(StandardCharsets.UTF_8));
    body.writeBytes(one.text());
    body.writeBytes(route.after().getBytes(StandardCharsets.UTF_8));
    long writes = run.writes();
    var response = post(run, route.path(), body.toByteArray());
    boolean isTaken = response.statusCode() == 200;
    if (!isTaken) {
      refused(run, route, one, response, writes);
    }
    switch (one.verdict()) {
      case VALID -> {
        if (!isTaken) {
          complain(route, one, "is refused: " + response.body());
        } else {
          route.timelineOf(sent).ifPresent(user -> readBack(run, route, one, user));
        }
      }
      case INVALID -> {
        if (isTaken) {
          complain(route, one, "is taken");
        }
      }
      case OPEN -> {
        // Either, and looked at above.
      }
    }
  }

  /** As the whole body: no message, so always refused, and for the right reason. */
  private void asBody(InMemoryRun run, JsonRoute route, Case one) {
    sent++;
    long writes = run.writes();
    var response = post(run, route.path(), one.text());
    refused(run, route, one, response, writes);
    boolean isRead = !NOT_READ.contains(ProblemAnswer.code(response));
    if (one.verdict() != Verdict.OPEN && isRead != (one.verdict() == Verdict.VALID)) {
      complain(route, one, "as a body is answered with " + response.body());
    }
  }

  private void refused(
      InMemoryRun run, JsonRoute route, Case one, HttpResponse<String> response, long writes) {
    ProblemAnswer.complaint(response)
        .ifPresent(complaint -> complain(route, one, complaint + ": " + response.body()));
    if (run.writes() != writes) {
      complain(route, one, "is refused, and something was written");
    }
  }

  private void readBack(InMemoryRun run, JsonRoute route, Case one, String user) {
    var request =
        HttpRequest.newBuilder(URI.create(run.address() + "/users/" + user + "/events"))
            .header("X-Crowd-Key", Demo.READ_KEY)
            .build();
    var answer = run.send(request).body();
    var value =
        JsonReader.readOwn(answer) instanceof Json.Obj page
                && page.get("events").orElse(Json.Null.VALUE) instanceof Json.Arr(var events)
                && events.size() == 1
                && events.getFirst() instanceof Json.Obj event
            ? event.object("context").flatMap(context -> context.get("v"))
            : Optional.<Json>empty();
    if (!value.equals(one.meaning())) {
      complain(route, one, "is read back as " + answer);
    }
  }

  private void complain(JsonRoute route, Case one, String complaint) {
    wrong.add(one + " at " + route.path() + " " + complaint);
  }

  private static HttpResponse<String> post(InMemoryRun run, String path, byte[] body) {
    return run.send(
        HttpRequest.newBuilder(URI.create(run.address() + path))
            .header("X-Crowd-Key", Demo.SERVER_KEY)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build());
  }

  /**
   * A route that reads JSON.
   *
   * @param fields of a message that is right; {@code %d} is a number of its own
   * @param place where in it a value of any kind may stand
   * @param keepsContext whether what stands there is shown on the user's timeline
   */
  private record JsonRoute(String path, String fields, Place place, boolean keepsContext) {

    enum Place {
      CONTEXT,
      /** In a field that the route does not know. */
      IGNORED,
      /** In the context of the only message of a batch. */
      IN_BATCH
    }

    static final List<JsonRoute> ALL = all();

    private static List<JsonRoute> all() {
      var routes = new ArrayList<JsonRoute>();
      var native1 = "'website':'demo','timestamp':'2026-01-01T00:00:00Z',";
      routes.add(new JsonRoute("/identify", native1 + "'user_id':'u%d'", Place.CONTEXT, true));
      routes.add(
          new JsonRoute("/track", native1 + "'user_id':'u%d','event':'e'", Place.CONTEXT, true));
      routes.add(
          new JsonRoute("/reset", native1 + "'anonymous_id':'anon_r%d'", Place.CONTEXT, false));
      routes.add(
          new JsonRoute(
              "/alias", native1 + "'user_id':'u%1$d','previous_id':'p%1$d'", Place.CONTEXT, false));
      routes.add(
          new JsonRoute(
              "/batch", "'type':'track','event':'e','user_id':'u%d'", Place.IN_BATCH, true));
      routes.add(
          new JsonRoute(
              "/users/u0/unlink",
              "'website':'demo','anonymous_id':'anon_x%d'",
              Place.IGNORED,
              false));
      for (var call : List.of("identify", "i", "page", "p", "screen", "s")) {
        routes.add(new JsonRoute("/v1/" + call, "'userId':'u%d'", Place.CONTEXT, true));
      }
      for (var call : List.of("track", "t")) {
        routes.add(new JsonRoute("/v1/" + call, "'userId':'u%d','event':'e'", Place.CONTEXT, true));
      }
      for (var call : List.of("group", "g")) {
        routes.add(
            new JsonRoute("/v1/" + call, "'userId':'u%d','groupId':'g'", Place.CONTEXT, true));
      }
      for (var call : List.of("alias", "a")) {
        routes.add(
            new JsonRoute(
                "/v1/" + call, "'userId':'u%1$d','previousId':'p%1$d'", Place.CONTEXT, false));
      }
      routes.add(new JsonRoute("/v1/reset", "'anonymousId':'anon_r%d'", Place.CONTEXT, false));
      for (var path : List.of("/v1/batch", "/v1/b", "/v1/import", "/beacon/v1/batch")) {
        routes.add(
            new JsonRoute(path, "'type':'track','event':'e','userId':'u%d'", Place.IN_BATCH, true));
      }
      for (var path : List.of("/api/s/track", "/api/s/s2s/track")) {
        routes.add(new JsonRoute(path, "'userId':'u%d','event':'e'", Place.CONTEXT, true));
      }
      return List.copyOf(routes);
    }

    String before(long number) {
      var start =
          switch (place) {
            case CONTEXT -> "{" + fields + ",'context':{'v':";
            case IGNORED -> "{" + fields + ",'more':{'v':";
            case IN_BATCH -> "{'website':'demo','batch':[{" + fields + ",'context':{'v':";
          };
      return start.formatted(number).replace('\'', '"');
    }

    String after() {
      return place == Place.IN_BATCH ? "}}]}" : "}}";
    }

    /** On whose timeline the value is to be seen; empty if on nobody's. */
    Optional<String> timelineOf(long number) {
      return keepsContext ? Optional.of("u" + number) : Optional.empty();
    }
  }
}
