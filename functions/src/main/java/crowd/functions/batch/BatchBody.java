package crowd.functions.batch;

import crowd.core.json.Json;
import crowd.core.message.Timestamps;
import crowd.core.verify.Proof;
import crowd.functions.http.Problem;
import crowd.functions.http.Several;

/** The body of a batch as a whole, before any of its messages is looked at. */
sealed interface BatchBody {

  record Read(Several several) implements BatchBody {}

  record Refused(Problem problem) implements BatchBody {}

  static BatchBody read(Json.Obj body) {
    var batch = body.get("batch");
    if (batch.isEmpty()) {
      return refused("batch", "missing", "is missing; send an array of messages");
    }
    if (!(batch.get() instanceof Json.Arr(var messages))) {
      return refused("batch", "wrong_type", "must be an array of messages");
    }
    if (messages.isEmpty()) {
      return refused("batch", "empty", "is empty; send at least one message");
    }
    var tooMany = Several.tooMany(messages);
    if (tooMany.isPresent()) {
      return new Refused(tooMany.get());
    }
    var sentAt = body.get("sent_at").or(() -> body.get("sentAt"));
    var time = sentAt.flatMap(Timestamps::parse);
    if (sentAt.isPresent() && time.isEmpty()) {
      return refused(
          "sent_at",
          "not_a_timestamp",
          "must be an ISO 8601 time with an offset, or milliseconds since 1970");
    }
    return new Read(new Several(messages, true, time, Proof.of(body)));
  }

  private static BatchBody refused(String field, String code, String detail) {
    return new Refused(Problem.invalid(field, code, detail));
  }
}
