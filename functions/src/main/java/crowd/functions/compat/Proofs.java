package crowd.functions.compat;

import crowd.core.json.Json;
import java.util.List;

/**
 * Where a page says that its server vouches for the user. These clients have one place for fields
 * of one's own, the context; there a proof must not stay, for it would be stored.
 */
final class Proofs {

  private static final List<String> NAMES = List.of("user_hash", "userHash");

  private Proofs() {}

  static Json.Obj lifted(Json.Obj message) {
    var context = message.object("context").orElse(Json.Obj.EMPTY);
    var proof = Fields.first(context, NAMES);
    if (proof.isEmpty()) {
      return message;
    }
    var rest = message.with("context", Fields.without(context, NAMES));
    return Fields.first(message, NAMES).isPresent()
        ? rest
        : rest.with(NAMES.getFirst(), proof.get());
  }
}
