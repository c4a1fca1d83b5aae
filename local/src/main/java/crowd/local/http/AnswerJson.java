package crowd.local.http;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a function answered, as the reply that the gateway makes of it. */
final class AnswerJson {

  private static final int MAX_DEPTH = 64;

  private AnswerJson() {}

  /**
   * @return empty if the gateway can make nothing of it, which is the function's defect
   */
  static Optional<Reply> read(String payload) {
    if (!(JsonReader.read(payload.getBytes(StandardCharsets.UTF_8), MAX_DEPTH)
        instanceof JsonReader.Outcome.Read(var answer))) {
      return Optional.empty();
    }
    return answer instanceof Json.Obj fields && fields.get("statusCode").isPresent()
        ? reply(fields)
        : Optional.of(wholeAnswer(payload));
  }

  /** JSON without a status is itself the body. */
  private static Reply wholeAnswer(String payload) {
    return new Reply(
        200,
        List.of(new Reply.Header("content-type", "application/json")),
        new Body(payload, false));
  }

  private static Optional<Reply> reply(Json.Obj answer) {
    var status = status(answer);
    var body = new Body(answer.text("body").orElse(""), isTrue(answer, "isBase64Encoded"));
    if (status.isEmpty() || !isReadable(body)) {
      return Optional.empty();
    }
    var headers = new ArrayList<Reply.Header>();
    answer
        .object("headers")
        .orElse(Json.Obj.EMPTY)
        .fields()
        .forEach((name, value) ->
            scalar(value).ifPresent(text -> headers.add(new Reply.Header(name, text))));
    if (answer.get("cookies").orElse(Json.Null.VALUE) instanceof Json.Arr(var cookies)) {
      cookies.forEach(cookie ->
          scalar(cookie).ifPresent(text -> headers.add(new Reply.Header("set-cookie", text))));
    }
    if (headers.stream().noneMatch(header -> header.name().equals("content-type"))) {
      headers.add(new Reply.Header("content-type", "text/plain; charset=utf-8"));
    }
    return Optional.of(new Reply(status.get(), headers, body));
  }

  /** A number, or its digits as text. One below 200 would leave the client waiting for another. */
  private static Optional<Integer> status(Json.Obj answer) {
    return answer
        .get("statusCode")
        .flatMap(AnswerJson::scalar)
        .filter(status -> status.matches("[2-5][0-9][0-9]"))
        .map(Integer::valueOf);
  }

  private static Optional<String> scalar(Json value) {
    return switch (value) {
      case Json.Text(var text) -> Optional.of(text);
      case Json.Num(var literal) -> Optional.of(literal);
      case Json.Bool(var truth) -> Optional.of(Boolean.toString(truth));
      case Json.Obj _, Json.Arr _, Json.Null _ -> Optional.empty();
    };
  }

  private static boolean isTrue(Json.Obj answer, String name) {
    return answer.get(name).equals(Optional.of(new Json.Bool(true)));
  }

  private static boolean isReadable(Body body) {
    try {
      body.bytes();
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
