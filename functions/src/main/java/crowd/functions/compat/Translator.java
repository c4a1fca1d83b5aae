package crowd.functions.compat;

import crowd.core.identify.Warning;
import crowd.core.json.Json;
import crowd.core.message.MessageType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes a message of our own of one that a foreign client sent. The clients share the fields of
 * Segment's spec, whose names we take too; here is what is left: each step mends one thing in which
 * they differ, and leaves alone what it does not know.
 *
 * @param fromPage not sent with a server key
 * @param shared what a batch says of all its messages: their {@code context}
 * @param sentAt when the batch was sent
 */
record Translator(boolean fromPage, Json.Obj shared, Optional<Instant> sentAt, Instant receivedAt) {

  private static final List<String> OBJECTS = List.of("traits", "properties", "context");
  private static final List<String> IDS =
      List.of("userId", "user_id", "anonymousId", "anonymous_id", "previousId", "previous_id");

  /** What a native message may hold and these do not mean. */
  private static final List<String> NOT_THEIRS = List.of("fingerprint", "writeKey");

  /**
   * @param warnings told of what is not taken as it was sent
   */
  Json.Obj translate(Json.Obj foreign, Consumer<Warning> warnings) {
    var message = Fields.without(foreign, NOT_THEIRS);
    message = withoutEmptyArrays(message);
    message = withoutEmptyIds(message);
    message = withSharedContext(message);
    message = MessageTimes.settle(message, sentAt, receivedAt, warnings);
    message = Proofs.lifted(message);
    var mended = message;
    return MessageType.of(message.text("type").orElse(""))
        .map(type -> ofType(type, mended))
        .orElse(mended);
  }

  private Json.Obj ofType(MessageType type, Json.Obj message) {
    return switch (type) {
      case IDENTIFY -> ContextTraits.lifted(message);
      case PAGE, SCREEN -> withCategory(message);
      case ALIAS -> ForeignAlias.settle(message, fromPage);
      case TRACK, GROUP, RESET -> message;
    };
  }

  /** PHP writes an empty object as an empty array. */
  private static Json.Obj withoutEmptyArrays(Json.Obj message) {
    return Fields.without(
        message,
        OBJECTS.stream()
            .filter(
                name -> message.fields().get(name) instanceof Json.Arr(var all) && all.isEmpty())
            .toList());
  }

  /** RudderStack's browser library writes an empty user id for nobody. */
  private static Json.Obj withoutEmptyIds(Json.Obj message) {
    return Fields.without(
        message,
        IDS.stream()
            .filter(name -> message.text(name).filter(String::isBlank).isPresent())
            .toList());
  }

  /** Segment's Java client says once for a batch what the others say with each message. */
  private Json.Obj withSharedContext(Json.Obj message) {
    if (shared.isEmpty()) {
      return message;
    }
    return switch (message.get("context").orElse(Json.Obj.EMPTY)) {
      case Json.Obj own -> message.with("context", Fields.under(own, shared));
      // Its own is wrong, and will be said to be.
      case Json.Arr _, Json.Text _, Json.Num _, Json.Bool _, Json.Null _ -> message;
    };
  }

  /** The kind of page stands beside its name in a page call; we have it among the properties. */
  private static Json.Obj withCategory(Json.Obj message) {
    if (!(message.get("category").orElse(Json.Null.VALUE) instanceof Json.Text category)) {
      return message;
    }
    return message.get("properties").orElse(Json.Obj.EMPTY) instanceof Json.Obj properties
            && properties.get("category").isEmpty()
        ? message.with("properties", properties.with("category", category))
        : message;
  }
}
