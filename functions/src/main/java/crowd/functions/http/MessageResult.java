package crowd.functions.http;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How one message of several ended.
 *
 * @param messageId for the sender to know it by; empty if it is not taken and has none
 * @param more what an answer about this message alone would say: {@code outcome}, {@code
 *     anonymous_id}, {@code session_token}, {@code warnings}
 * @param problem why it was not taken
 */
public record MessageResult(
    Verdict verdict, Optional<String> messageId, Json.Obj more, Optional<Problem> problem) {

  /** The outcome of an identify that is refused because nothing proves its user. */
  static final Json UNVERIFIED = new Json.Text("unverified");

  /** The name in lower case is the word in the answer. */
  public enum Verdict {
    OK,
    /** The caller may not. */
    REFUSED,
    /** To be mended before it is sent again. */
    INVALID,
    /** To be sent again as it is. */
    RETRY
  }

  static MessageResult not(Verdict verdict, Problem problem, Optional<String> messageId) {
    return new MessageResult(verdict, messageId, Json.Obj.EMPTY, Optional.of(problem));
  }

  static MessageResult of(Sent sent, Result result) {
    var ended = ended(sent, result);
    return new MessageResult(
        ended.verdict, Optional.of(sent.message().messageId()), ended.more, ended.problem);
  }

  private static MessageResult ended(Sent sent, Result result) {
    return switch (result) {
      case Result.Aliased(AliasOutcome.Claimed(var claimed)) ->
          ended(sent, new Result.Identified(claimed));
      case Result.Aliased(AliasOutcome.Merged(var merged)) ->
          merged == MergeOutcome.UNAVAILABLE
              ? not(Verdict.RETRY, Problem.unavailable(), Optional.empty())
              : ok(Json.Obj.EMPTY.with("outcome", new Json.Text(merged.word())));
      case Result.Identified(IdentifyOutcome.Decided decided) ->
          identified(decided, sent.session());
      case Result.Identified(IdentifyOutcome.OfBot ofBot) ->
          identified(ofBot.toldAs(sent.message()), Optional.empty());
      case Result.Identified(IdentifyOutcome.Unverified _) ->
          new MessageResult(
              Verdict.REFUSED,
              Optional.empty(),
              Json.Obj.EMPTY.with("outcome", UNVERIFIED),
              Optional.of(Problem.unverified()));
      case Result.Tracked(TrackOutcome.Unverified()) ->
          not(Verdict.REFUSED, Problem.unverified(), Optional.empty());
      case Result.Identified(IdentifyOutcome.TraitsTooLarge()) ->
          not(Verdict.INVALID, Problem.traitsTooLarge(), Optional.empty());
      case Result.WasReset(ResetOutcome.Retired(var fresh)) ->
          ok(Json.Obj.EMPTY.with("anonymous_id", new Json.Text(fresh.value())));
      case Result.Tracked(TrackOutcome.Accepted()) -> ok(Json.Obj.EMPTY);
      case Result.Tracked(TrackOutcome.Reported()) ->
          ok(warned(Json.Obj.EMPTY, List.of(Warning.UNVERIFIED)));
      case Result.Tracked(TrackOutcome.TakenAsAnonymous()) ->
          ok(warned(Json.Obj.EMPTY, List.of(Warning.TAKEN_AS_ANONYMOUS)));
      case Result.Tracked(TrackOutcome.OfBot()) -> ok(warned(Json.Obj.EMPTY, List.of(Warning.BOT)));
      case Result.Identified(IdentifyOutcome.Contended()) ->
          not(Verdict.RETRY, Problem.tooFast(), Optional.empty());
      case Result.Identified(IdentifyOutcome.Unavailable()),
          Result.WasReset(ResetOutcome.Unavailable()),
          Result.Tracked(TrackOutcome.Unavailable()) ->
          not(Verdict.RETRY, Problem.unavailable(), Optional.empty());
    };
  }

  private static MessageResult ok(Json.Obj more) {
    return new MessageResult(Verdict.OK, Optional.empty(), more, Optional.empty());
  }

  private static MessageResult identified(
      IdentifyOutcome.Decided decided, Optional<SessionToken> session) {
    var fields = new LinkedHashMap<String, Json>();
    fields.put("outcome", new Json.Text(decided.ending().word()));
    decided
        .message()
        .anonymous()
        .ifPresent(id -> fields.put("anonymous_id", new Json.Text(id.value())));
    session.ifPresent(token -> fields.put("session_token", new Json.Text(token.text())));
    return ok(warned(new Json.Obj(fields), decided.warnings()));
  }

  private static Json.Obj warned(Json.Obj json, List<Warning> warnings) {
    return warnings.isEmpty() ? json : json.with("warnings", WarningJson.write(warnings));
  }

  /**
   * {@code {message_id?, result, outcome?, anonymous_id?, session_token?, warnings?, problem?}}.
   */
  public Json.Obj json() {
    var fields = new LinkedHashMap<>(more.fields());
    fields.put("result", new Json.Text(verdict.name().toLowerCase(Locale.ROOT)));
    messageId.ifPresent(id -> fields.put("message_id", new Json.Text(id)));
    problem.ifPresent(why -> fields.put("problem", why.json()));
    return new Json.Obj(fields);
  }
}
