package crowd.local.check;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.local.dev.Demo;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One string in every field that takes one: shown again exactly as it was sent, or refused with the
 * name of the field.
 */
final class NaughtyFields {

  /** Where a message of a user is read again. */
  private enum Shown {
    PROFILE,
    EVENT
  }

  /**
   * A field.
   *
   * @param name as a problem says it
   * @param route that the message goes to
   * @param message in single quotes; {@code @} stands for the string, {@code %d} for a number
   * @param shown where it is read again
   * @param steps to it in what is shown, by {@code /}; {@code @} stands for the string
   */
  private record Field(String name, String route, String message, Shown shown, String steps) {}

  private static final String WEBSITE = "'website':'demo',";

  private static final List<Field> ALL =
      List.of(
          new Field("user_id", "/identify", WEBSITE + "'user_id':@", Shown.PROFILE, "user_id"),
          new Field(
              "anonymous_id",
              "/identify",
              WEBSITE + "'user_id':'u%d','anonymous_id':@",
              Shown.EVENT,
              "anonymous_id"),
          new Field(
              "message_id",
              "/track",
              WEBSITE + "'user_id':'u%d','event':'e','message_id':@",
              Shown.EVENT,
              "message_id"),
          new Field("event", "/track", WEBSITE + "'user_id':'u%d','event':@", Shown.EVENT, "event"),
          new Field(
              "properties",
              "/track",
              WEBSITE + "'user_id':'u%d','event':'e','properties':{'v':@}",
              Shown.EVENT,
              "properties/v"),
          new Field(
              "properties",
              "/track",
              WEBSITE + "'user_id':'u%d','event':'e','properties':{@:'v'}",
              Shown.EVENT,
              "properties/@"),
          new Field(
              "context",
              "/track",
              WEBSITE + "'user_id':'u%d','event':'e','context':{'v':[@]}",
              Shown.EVENT,
              "context/v/0"),
          new Field(
              "traits",
              "/identify",
              WEBSITE + "'user_id':'u%d','traits':{'v':@}",
              Shown.PROFILE,
              "traits/v"),
          new Field(
              "traits",
              "/identify",
              WEBSITE + "'user_id':'u%d','traits':{@:'v'}",
              Shown.PROFILE,
              "traits/@"),
          new Field(
              "traits",
              "/identify",
              WEBSITE + "'user_id':'u%d','traits':{'email':@,'name':@}",
              Shown.PROFILE,
              "traits/email"),
          new Field(
              "set_once",
              "/identify",
              WEBSITE + "'user_id':'u%d','set_once':{'v':@}",
              Shown.PROFILE,
              "traits/v"),
          new Field("name", "/v1/page", "'userId':'u%d','name':@", Shown.EVENT, "name"),
          new Field("group_id", "/v1/group", "'userId':'u%d','groupId':@", Shown.EVENT, "group_id"),
          new Field(
              "traits",
              "/v1/group",
              "'userId':'u%d','groupId':'g%1$d','traits':{'v':@}",
              Shown.EVENT,
              "traits/v"),
          new Field(
              "previous_id",
              "/alias",
              WEBSITE + "'user_id':'u%d','previous_id':@",
              Shown.PROFILE,
              "aliases/0/user_id"));

  static final int FIELDS = ALL.size();

  private final InMemoryRun run;
  private final List<String> wrong;
  private long number;
  private long sent;
  private long taken;
  private long refused;

  /**
   * @param wrong gets a sentence for each answer that is not right
   */
  NaughtyFields(InMemoryRun run, List<String> wrong) {
    this.run = run;
    this.wrong = wrong;
  }

  long sent() {
    return sent;
  }

  long taken() {
    return taken;
  }

  long refused() {
    return refused;
  }

  void check(String text) {
    ALL.forEach(field -> check(field, text));
  }

  private void check(Field field, String text) {
    sent++;
    // Not as those of the other field: ids are to be met here for the first time.
    var user = "n" + ++number;
    var body =
        ("{" + field.message() + "}")
            .replace("u%d", user)
            .replace("g%1$d", "g" + number)
            .replace('\'', '"')
            .replace("@", NaughtyStrings.quoted(text));
    long writes = run.writes();
    var response =
        run.send(
            request(field.route())
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build());
    if (response.statusCode() == 200) {
      taken++;
      var expected = expected(field).apply(text);
      if (!expected.isEmpty() || !field.name().equals("message_id")) {
        readBack(field, text, user, expected);
      }
    } else {
      refused++;
      checkRefusal(field, text, response, writes);
    }
  }

  private void checkRefusal(Field field, String text, HttpResponse<String> response, long writes) {
    ProblemAnswer.complaint(response).ifPresent(complaint -> complain(field, text, complaint));
    if (run.writes() != writes) {
      complain(field, text, "is refused, and something was written");
    }
    boolean isOfTheWhole =
        switch (ProblemAnswer.code(response)) {
          case "lone_surrogate" -> text.codePoints().anyMatch(NaughtyFields::isSurrogate);
          case "json_limit", "message_too_large", "traits_too_large" -> text.length() > 200;
          default -> false;
        };
    if (!isOfTheWhole && !ProblemAnswer.fields(response).contains(field.name())) {
      complain(field, text, "is refused without its name: " + response.body());
    }
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /** A message id is cleaned, as the documents say; everything else stays as it is. */
  private static UnaryOperator<String> expected(Field field) {
    return field.name().equals("message_id")
        ? text ->
            text.replaceAll("[\\u0000-\\u001f\\u007f-\\u009f]", "")
                .replaceAll("^[\\s\\p{Z}]+|[\\s\\p{Z}]+$", "")
        : UnaryOperator.identity();
  }

  private void readBack(Field field, String text, String user, String expected) {
    var id = field.steps().equals("user_id") ? text : user;
    var encoded = URLEncoder.encode(id, StandardCharsets.UTF_8);
    var path = field.shown() == Shown.EVENT ? "/users/@/events?id=" : "/users/@?id=";
    var answer = run.send(request(path + encoded).GET().build());
    var root = JsonReader.readOwn(answer.body());
    var at = Optional.of(root);
    if (field.shown() == Shown.EVENT) {
      at = step(step(at, "events"), "0");
    }
    for (var step : field.steps().split("/", -1)) {
      at = step(at, step.equals("@") ? text : step);
    }
    boolean isName = field.steps().endsWith("@");
    if (!at.equals(Optional.of(new Json.Text(isName ? "v" : expected)))) {
      complain(field, text, "is read back as " + answer.body());
    }
  }

  private static Optional<Json> step(Optional<Json> from, String step) {
    return switch (from.orElse(Json.Null.VALUE)) {
      case Json.Obj object -> Optional.ofNullable(object.fields().get(step));
      case Json.Arr(var values) ->
          values.isEmpty() ? Optional.empty() : Optional.of(values.get(Integer.parseInt(step)));
      case Json.Text _, Json.Num _, Json.Bool _, Json.Null _ -> Optional.empty();
    };
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(run.address() + path))
        .header("X-Crowd-Key", Demo.SERVER_KEY);
  }

  private void complain(Field field, String text, String complaint) {
    var start = text.length() > 80 ? text.substring(0, 80) + "..." : text;
    wrong.add(
        NaughtyStrings.quoted(start)
            + " as "
            + field.steps()
            + " of "
            + field.route()
            + " "
            + complaint);
  }
}
