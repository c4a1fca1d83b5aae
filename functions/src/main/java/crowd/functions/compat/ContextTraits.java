package crowd.functions.compat;

import crowd.core.json.Json;

/**
 * Traits of an identify: RudderStack's browser library has them in the context only, its Node
 * client in both places. In the context of other messages they say who the user was, and are no
 * news.
 */
final class ContextTraits {

  private ContextTraits() {}

  /** All in {@code traits}, those of the message itself before those of its context. */
  static Json.Obj lifted(Json.Obj identify) {
    var context = identify.object("context").orElse(Json.Obj.EMPTY);
    var inContext = context.object("traits");
    var own = identify.get("traits").orElse(Json.Obj.EMPTY);
    if (inContext.isEmpty() || !(own instanceof Json.Obj traits)) {
      return identify;
    }
    return identify
        .with("traits", Fields.under(traits, inContext.get()))
        .with("context", context.without("traits"));
  }
}
