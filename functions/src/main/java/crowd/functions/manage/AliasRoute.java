package crowd.functions.manage;

import crowd.core.identify.IdentifyOutcome;
import crowd.core.json.Json;
import crowd.core.merge.AliasOutcome;
import crowd.core.merge.AliasUser;
import crowd.core.merge.MergeOutcome;
import crowd.core.message.Message;
import crowd.core.website.Website;
import crowd.functions.http.HttpReply;
import crowd.functions.http.Problem;

/** POST /alias: {@code {outcome, message_id, user_id, previous_id}}. */
record AliasRoute(AliasUser aliasUser) {

  HttpReply apply(Website website, Message message) {
    return switch (aliasUser.apply(website, message)) {
      case AliasOutcome.Claimed(IdentifyOutcome.Decided(var ending, _, _)) ->
          answer(message, ending.word());
      case AliasOutcome.Claimed(IdentifyOutcome.TraitsTooLarge()) ->
          HttpReply.problem(Problem.traitsTooLarge());
      case AliasOutcome.Claimed(IdentifyOutcome.OfBot ofBot) ->
          answer(message, ofBot.toldAs(message).ending().word());
      case AliasOutcome.Claimed(IdentifyOutcome.Unverified _) -> HttpReply.unverified();
      case AliasOutcome.Claimed(IdentifyOutcome.Contended()) ->
          HttpReply.problem(Problem.tooFast());
      case AliasOutcome.Claimed(IdentifyOutcome.Unavailable()) -> HttpReply.unavailable();
      case AliasOutcome.Merged(var outcome) ->
          outcome == MergeOutcome.UNAVAILABLE
              ? HttpReply.unavailable()
              : answer(message, outcome.word());
    };
  }

  private static HttpReply answer(Message message, String outcome) {
    return HttpReply.ok(
        Json.Obj.EMPTY
            .with("outcome", new Json.Text(outcome))
            .with("message_id", new Json.Text(message.messageId()))
            .with("user_id", new Json.Text(message.user().orElseThrow().value()))
            .with("previous_id", new Json.Text(message.previousId().orElseThrow())),
        outcome);
  }
}
