package crowd.functions.batch;

import crowd.core.batch.BatchOutcome.Result;
import crowd.core.identify.IdentifyOutcome;
import crowd.core.identify.Warning;
import crowd.core.json.Json;
import crowd.core.merge.AliasOutcome;
import crowd.core.merge.MergeOutcome;
import crowd.core.reset.ResetOutcome;
import crowd.core.track.TrackOutcome;
import crowd.core.verify.Sent;
import crowd.core.verify.SessionToken;
import crowd.functions.http.Problem;
import crowd.functions.http.WarningJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** {@code {message_id?, result, outcome?, anonymous_id?, session_token?, warnings?, problem?}}. */
final class BatchJson {

  private BatchJson() {}

  static Json.Obj applied(Sent sent, Result result) {
    return ended(sent, result).with("message_id", new Json.Text(sent.message().messageId()));
  }

  private static Json.Obj ended(Sent sent, Result result) {
    return switch (result) {
      case Result.Aliased(AliasOutcome.Claimed(var claimed)) ->
          ended(sent, new Result.Identified(claimed));
      case Result.Aliased(AliasOutcome.Merged(var merged)) ->
          merged == MergeOutcome.UNAVAILABLE
              ? settled("retry", Problem.unavailable())
              : result("ok").with("outcome", new Json.Text(merged.word()));
      case Result.Identified(IdentifyOutcome.Decided decided) ->
          identified(decided, sent.session());
      case Result.Identified(IdentifyOutcome.Unverified _),
          Result.Tracked(TrackOutcome.Unverified()) ->
          settled("refused", Problem.unverified());
      case Result.Identified(IdentifyOutcome.TraitsTooLarge()) ->
          settled("invalid", Problem.traitsTooLarge());
      case Result.WasReset(ResetOutcome.Retired _), Result.Tracked(TrackOutcome.Accepted()) ->
          result("ok");
      case Result.Tracked(TrackOutcome.Reported()) ->
          warned(result("ok"), List.of(Warning.UNVERIFIED));
      case Result.Tracked(TrackOutcome.TakenAsAnonymous()) ->
          warned(result("ok"), List.of(Warning.TAKEN_AS_ANONYMOUS));
      case Result.Identified(IdentifyOutcome.Unavailable()),
          Result.WasReset(ResetOutcome.Unavailable()),
          Result.Tracked(TrackOutcome.Unavailable()) ->
          settled("retry", Problem.unavailable());
    };
  }

  private static Json.Obj identified(
      IdentifyOutcome.Decided decided, Optional<SessionToken> session) {
    var fields = new LinkedHashMap<String, Json>(result("ok").fields());
    fields.put("outcome", new Json.Text(decided.ending().word()));
    decided
        .message()
        .anonymous()
        .ifPresent(id -> fields.put("anonymous_id", new Json.Text(id.value())));
    session.ifPresent(token -> fields.put("session_token", new Json.Text(token.text())));
    return warned(new Json.Obj(fields), decided.warnings());
  }

  private static Json.Obj warned(Json.Obj json, List<Warning> warnings) {
    return warnings.isEmpty() ? json : json.with("warnings", WarningJson.write(warnings));
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
