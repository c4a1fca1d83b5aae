package crowd.functions.users;

import crowd.core.json.Json;
import crowd.core.timeline.TimelineEvent;
import java.util.LinkedHashMap;

/**
 * An event of a timeline: {@code {message_id, type, event?, properties, timestamp, received_at,
 * user_id?, anonymous_id?, before_identify}}, and what else its message says.
 */
final class EventJson {

  private EventJson() {}

  static Json.Obj write(TimelineEvent event) {
    var message = event.message();
    var fields = new LinkedHashMap<String, Json>();
    fields.put("properties", Json.Obj.EMPTY);
    fields.putAll(message.body().fields());
    fields.put("message_id", new Json.Text(message.messageId()));
    fields.put("type", new Json.Text(message.type().word()));
    fields.put("timestamp", new Json.Text(message.time().toString()));
    fields.put("received_at", new Json.Text(message.receivedAt().toString()));
    message.user().ifPresent(user -> fields.put("user_id", new Json.Text(user.value())));
    message.anonymous().ifPresent(id -> fields.put("anonymous_id", new Json.Text(id.value())));
    fields.put("before_identify", new Json.Bool(event.beforeIdentify()));
    return new Json.Obj(fields);
  }
}
