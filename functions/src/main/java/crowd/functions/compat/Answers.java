package crowd.functions.compat;

import crowd.core.identify.Warning;
import crowd.core.json.Json;
import crowd.functions.http.HttpReply;
import crowd.functions.http.MessageResult;
import crowd.functions.http.MessageResult.Verdict;
import crowd.functions.http.Problem;
import crowd.functions.http.WarningJson;
import java.util.ArrayList;
import java.util.List;

/**
 * The answers that these clients know: {@code {"success": true}} and nothing more if all was taken
 * as it was sent. A refusal is a problem as everywhere, which has {@code "success": false} too.
 */
final class Answers {

  static final HttpReply SUCCESS = HttpReply.ok(success(true));

  private static final String ANONYMOUS_ID = "anonymous_id";

  private Answers() {}

  private static Json.Obj success(boolean success) {
    return Json.Obj.EMPTY.with("success", new Json.Bool(success));
  }

  /**
   * Too large is wrong like any other message: some clients send a 413 again, whole. Some drop what
   * meets a 429, and all of them repeat what meets a 503.
   */
  static HttpReply problem(Problem problem) {
    var told =
        switch (problem.status()) {
          case 413 ->
              new Problem(400, problem.code(), problem.title(), problem.detail(), problem.errors());
          case 429 -> Problem.unavailable();
          default -> problem;
        };
    return HttpReply.problem(told).with("success", new Json.Bool(false));
  }

  /** Of the only message of a call. */
  static HttpReply of(MessageResult result, List<Warning> warnings) {
    if (result.problem().isPresent()) {
      return problem(result.problem().get());
    }
    var body = warned(success(true), warnings);
    // A reset hands out the id to go on with.
    return result.more().get("outcome").isEmpty()
        ? HttpReply.ok(
            result.more().get(ANONYMOUS_ID).map(id -> body.with(ANONYMOUS_ID, id)).orElse(body))
        : HttpReply.ok(body, result.more().text("outcome").orElse("ok"));
  }

  /**
   * Of a batch. These clients look at no result: if one message could not be taken for now, all are
   * to be sent again, which is safe. What a retry does not mend is listed, and the rest taken.
   */
  static HttpReply of(List<MessageResult> results, List<Warning> warnings) {
    var errors = new ArrayList<Json>();
    for (int i = 0; i < results.size(); i++) {
      var result = results.get(i);
      if (result.verdict() == Verdict.RETRY) {
        return problem(Problem.unavailable());
      }
      if (result.verdict() != Verdict.OK) {
        errors.add(result.json().with("index", Json.Num.of(i)));
      }
    }
    boolean anyTaken = errors.isEmpty() || errors.size() < results.size();
    var body = warned(success(anyTaken), warnings);
    return HttpReply.ok(errors.isEmpty() ? body : body.with("errors", new Json.Arr(errors)));
  }

  private static Json.Obj warned(Json.Obj body, List<Warning> warnings) {
    return warnings.isEmpty() ? body : body.with("warnings", WarningJson.write(warnings));
  }
}
