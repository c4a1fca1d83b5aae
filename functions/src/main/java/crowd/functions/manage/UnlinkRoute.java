package crowd.functions.manage;

import crowd.core.history.Because;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.IllegalIdException;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.json.Json;
import crowd.core.merge.Merge;
import crowd.core.merge.MergeOutcome;
import crowd.core.message.Ids;
import crowd.core.message.MessageParser;
import crowd.core.person.People;
import crowd.core.unlink.Unlink;
import crowd.core.unlink.UnlinkOutcome;
import crowd.functions.http.HttpReply;
import crowd.functions.http.Problem;

/**
 * POST /users/{id}/unlink: takes an anonymous id from a user, or a user out of another. {@code
 * {outcome}}.
 */
record UnlinkRoute(People people, Unlink unlink, Merge merge, Ids ids) {

  private static final String ANONYMOUS_ID = "anonymous_id";
  private static final String PREVIOUS_ID = "previous_id";

  private static final Problem MISSING =
      Problem.invalid(
          ANONYMOUS_ID,
          "missing",
          "is missing; send the anonymous id to take from the user, or as previous_id the user who"
              + " was merged into him");

  private static Problem wrongType(String field) {
    return Problem.invalid(field, "wrong_type", "must be a string");
  }

  HttpReply apply(WebsiteId website, String id, Json.Obj body) {
    var because = new Because("unlink", MessageParser.messageId(body).orElseGet(ids::messageId));
    var previous = body.get(PREVIOUS_ID).or(() -> body.get("previousId"));
    var field = previous.isPresent() ? PREVIOUS_ID : ANONYMOUS_ID;
    var named = previous.or(() -> body.get(ANONYMOUS_ID)).or(() -> body.get("anonymousId"));
    if (!(named.orElse(Json.Null.VALUE) instanceof Json.Text(var given))) {
      return HttpReply.problem(named.isEmpty() ? MISSING : wrongType(field));
    }
    try {
      return people
          .resolve(website, id)
          .map(profile -> takeBack(website, profile.user(), given, because))
          .orElseGet(UnlinkRoute::noSuchUser);
    } catch (IllegalIdException e) {
      return HttpReply.problem(Problem.invalid(field, e.code(), e.detail()));
    }
  }

  /**
   * The id may be both, by either name: alias does both with one that nobody has seen, and is taken
   * back whole.
   */
  private HttpReply takeBack(WebsiteId website, UserId user, String given, Because because) {
    return switch (unlink.apply(website, user, new AnonymousId(given), because)) {
      case UNAVAILABLE -> HttpReply.unavailable();
      case NOT_LINKED -> answer(merge.undo(website, new UserId(given), user, because));
      case UNLINKED ->
          merge.undo(website, new UserId(given), user, because) == MergeOutcome.UNAVAILABLE
              ? HttpReply.unavailable()
              : answer(UnlinkOutcome.UNLINKED);
    };
  }

  private static HttpReply answer(MergeOutcome outcome) {
    return switch (outcome) {
      case UNMERGED, MERGED -> answer(UnlinkOutcome.UNLINKED);
      case UNCHANGED, REFUSED_LIMIT -> answer(UnlinkOutcome.NOT_LINKED);
      case UNAVAILABLE -> HttpReply.unavailable();
    };
  }

  private static HttpReply answer(UnlinkOutcome outcome) {
    return HttpReply.ok(
        Json.Obj.EMPTY.with("outcome", new Json.Text(outcome.word())), outcome.word());
  }

  static HttpReply noSuchUser() {
    return HttpReply.problem(
        Problem.notFound("user_not_found", "The website knows no user of this id."));
  }
}
