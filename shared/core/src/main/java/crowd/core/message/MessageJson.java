package crowd.core.message;

import crowd.core.fingerprint.Fingerprint;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import crowd.core.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;

/** An accepted message as JSON: on the stream, and as the content that its key names. */
public final class MessageJson {

  private MessageJson() {}

  public static Json.Obj write(Message message) {
    var fields = new LinkedHashMap<String, Json>();
    fields.put("type", new Json.Text(message.type().word()));
    message.user().ifPresent(user -> fields.put("user_id", new Json.Text(user.value())));
    message
        .anonymous()
        .ifPresent(anonymous -> fields.put("anonymous_id", new Json.Text(anonymous.value())));
    fields.put("message_id", new Json.Text(message.messageId()));
    fields.put("timestamp", Json.Num.of(message.timestamp().toEpochMilli()));
    fields.put("time", Json.Num.of(message.time().toEpochMilli()));
    fields.put("received_at", Json.Num.of(message.receivedAt().toEpochMilli()));
    if (!message.expires().equals(Instant.MAX)) {
      fields.put("expires", Json.Num.of(message.expires().toEpochMilli()));
    }
    if (message.untimed()) {
      fields.put("untimed", new Json.Bool(true));
    }
    fields.put("body", message.body());
    if (message.fingerprint() != null) {
      fields.put("fingerprint", new Json.Text(message.fingerprint().hex()));
    }
    return new Json.Obj(fields);
  }

  /**
   * @throws IllegalArgumentException if it is not what {@link #write} makes
   */
  public static Message read(Json.Obj json) {
    var type =
        json.text("type")
            .flatMap(MessageType::of)
            .orElseThrow(() -> new IllegalArgumentException("type"));
    return new Message(
        type,
        json.text("user_id").map(UserId::new).orElse(null),
        json.text("anonymous_id").map(AnonymousId::new).orElse(null),
        json.text("message_id").orElseThrow(() -> new IllegalArgumentException("message_id")),
        instant(json, "timestamp"),
        instant(json, "time"),
        instant(json, "received_at"),
        json.get("expires").isPresent() ? instant(json, "expires") : Instant.MAX,
        json.get("untimed").isPresent(),
        json.object("body").orElseThrow(() -> new IllegalArgumentException("body")),
        json.text("fingerprint").map(Fingerprint::new).orElse(null));
  }

  private static Instant instant(Json.Obj json, String name) {
    if (json.get(name).orElse(Json.Null.VALUE) instanceof Json.Num(var literal)) {
      return Instant.ofEpochMilli(Long.parseLong(literal));
    }
    throw new IllegalArgumentException(name);
  }
}
