package crowd.functions.batch;

import crowd.core.batch.BatchOutcome.Result;
import crowd.core.identify.IdentifyOutcome;
import crowd.core.json.Json;
import crowd.core.merge.AliasOutcome;
import crowd.core.merge.MergeOutcome;
import crowd.core.message.Message;
import crowd.core.reset.ResetOutcome;
import crowd.core.track.TrackOutcome;
import crowd.functions.http.Problem;
import java.util.Optional;

/** {@code {message_id?, result, outcome?, problem?}}. */
final class BatchJson {

  private BatchJson() {}

  static Json.Obj applied(Message message, Result result) {
    return ended(result).with("message_id", new Json.Text(message.messageId()));
  }

  private static Json.Obj ended(Result result) {
    return switch (result) {
      case Result.Identified(IdentifyOutcome.Decided(var ending, _)) ->
          result("ok").with("outcome", new Json.Text(ending.word()));
      case Result.Identified(IdentifyOutcome.TraitsTooLarge()) ->
          settled("invalid", Problem.traitsTooLarge());
      case Result.Aliased(AliasOutcome.Claimed(var claimed)) ->
          ended(new Result.Identified(claimed));
      case Result.Aliased(AliasOutcome.Merged(var merged)) ->
          merged == MergeOutcome.UNAVAILABLE
              ? settled("retry", Problem.unavailable())
              : result("ok").with("outcome", new Json.Text(merged.word()));
      case Result.WasReset(ResetOutcome.Retired _), Result.Tracked(TrackOutcome.Accepted()) ->
          result("ok");
      case Result.Identified(IdentifyOutcome.Unavailable()),
          Result.WasReset(ResetOutcome.Unavailable()),
          Result.Tracked(TrackOutcome.Unavailable()) ->
          settled("retry", Problem.unavailable());
    };
  }

  private static Json.Obj settled(String result, Problem problem) {
    return result(result).with("problem", problem.json());
  }

  static Json.Obj settled(String result, Problem problem, Optional<String> messageId) {
    var json = settled(result, problem);
    return messageId.map(id -> json.with("message_id", new Json.Text(id))).orElse(json);
  }

  private static Json.Obj result(String result) {
    return Json.Obj.EMPTY.with("result", new Json.Text(result));
  }
}
