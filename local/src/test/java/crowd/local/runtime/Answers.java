package crowd.local.runtime;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.local.function.Invocation;

/** Endings of calls, in a word. */
final class Answers {

  private Answers() {}

  /**
   * The status of an answer to HTTP; {@code ok} of a run on a schedule; {@code done} with a batch,
   * or {@code again}; the type of an error; {@code timed out}.
   */
  static String word(Invocation ending) {
    return switch (ending) {
      case Invocation.Answered(var payload) -> word(payload);
      case Invocation.Failed(FunctionErrorException error) -> error.type();
      case Invocation.Failed(var cause) -> cause.toString();
      case Invocation.TimedOut() -> "timed out";
    };
  }

  private static String word(String payload) {
    if (!(JsonReader.readOwn(payload) instanceof Json.Obj answer)) {
      return payload;
    }
    if (answer.get("statusCode").orElse(Json.Null.VALUE) instanceof Json.Num(var status)) {
      return status;
    }
    if (answer.get("batchItemFailures").orElse(Json.Null.VALUE) instanceof Json.Arr(var failures)) {
      return failures.isEmpty() ? "done" : "again";
    }
    return "ok";
  }
}
