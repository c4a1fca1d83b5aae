package crowd.functions.compat;

import crowd.core.json.Json;
import crowd.core.message.MessageType;
import java.util.List;
import java.util.Optional;

/**
 * An alias as the clients send it. Only a server may merge users. What a page may do is claim its
 * own anonymous id for a user, and that is what the browser libraries send when they are asked for
 * an alias: the previous id is the anonymous id of the message itself.
 */
final class ForeignAlias {

  private static final List<String> PREVIOUS = List.of("previousId", "previous_id", "from");
  private static final List<String> ANONYMOUS = List.of("anonymousId", "anonymous_id");
  private static final List<String> USER = List.of("userId", "user_id");

  private ForeignAlias() {}

  static Json.Obj settle(Json.Obj alias, boolean fromPage) {
    var previous = Fields.first(alias, PREVIOUS);
    if (fromPage && isOwn(alias, previous)) {
      return Fields.without(alias, PREVIOUS)
          .with("type", new Json.Text(MessageType.IDENTIFY.word()))
          .without("traits");
    }
    var rest = Fields.without(alias, PREVIOUS);
    return previous.map(id -> rest.with("previous_id", id)).orElse(rest);
  }

  private static boolean isOwn(Json.Obj alias, Optional<Json> previous) {
    return previous.isPresent()
        && previous.equals(Fields.first(alias, ANONYMOUS))
        && Fields.first(alias, USER).isPresent();
  }
}
