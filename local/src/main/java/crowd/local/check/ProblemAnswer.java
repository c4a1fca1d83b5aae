package crowd.local.check;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A refusal as the documents describe it. */
final class ProblemAnswer {

  private ProblemAnswer() {}

  /** What is wrong with an answer that should be a problem of the caller's; empty if nothing is. */
  static Optional<String> complaint(HttpResponse<String> response) {
    return complaint(
        response.statusCode(),
        response.headers().firstValue("content-type").orElse(""),
        response.body());
  }

  /** Likewise. */
  static Optional<String> complaint(int status, String contentType, String body) {
    if (status < 400 || status >= 500) {
      return Optional.of("status " + status);
    }
    if (!contentType.equals("application/problem+json")) {
      return Optional.of("no problem details");
    }
    return json(body)
        .filter(problem ->
            problem.text("code").filter(code -> code.matches("[a-z_]+")).isPresent()
                && problem.get("status").equals(Optional.of(Json.Num.of(status))))
        .map(_ -> Optional.<String>empty())
        .orElse(Optional.of("a problem without its code or status"));
  }

  /** The stable word for what is wrong; empty if the answer is no problem. */
  static String code(HttpResponse<String> response) {
    return body(response).flatMap(problem -> problem.text("code")).orElse("");
  }

  /** The fields that the problem names. */
  static List<String> fields(HttpResponse<String> response) {
    var fields = new ArrayList<String>();
    body(response)
        .flatMap(problem -> problem.get("errors"))
        .ifPresent(errors -> {
          if (errors instanceof Json.Arr(var all)) {
            for (var error : all) {
              if (error instanceof Json.Obj one) {
                one.text("field").ifPresent(fields::add);
              }
            }
          }
        });
    return fields;
  }

  private static Optional<Json.Obj> body(HttpResponse<String> response) {
    return json(response.body());
  }

  private static Optional<Json.Obj> json(String body) {
    return !body.isEmpty() && JsonReader.readOwn(body) instanceof Json.Obj json
        ? Optional.of(json)
        : Optional.empty();
  }
}
