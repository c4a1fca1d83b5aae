package crowd.functions.identify;

import crowd.core.identify.IdentifyOutcome;
import crowd.core.identify.Warning;
import crowd.core.json.Json;
import crowd.core.message.Message;
import java.util.LinkedHashMap;

/** {@code {outcome, message_id, user_id, anonymous_id?, warnings[]}}. */
final class IdentifyJson {

  private IdentifyJson() {}

  static Json.Obj write(Message message, IdentifyOutcome.Decided decided) {
    var fields = new LinkedHashMap<String, Json>();
    fields.put("outcome", new Json.Text(decided.ending().word()));
    fields.put("message_id", new Json.Text(message.messageId()));
    message.user().ifPresent(user -> fields.put("user_id", new Json.Text(user.value())));
    message.anonymous().ifPresent(id -> fields.put("anonymous_id", new Json.Text(id.value())));
    fields.put(
        "warnings",
        new Json.Arr(decided.warnings().stream().<Json>map(IdentifyJson::write).toList()));
    return new Json.Obj(fields);
  }

  private static Json.Obj write(Warning warning) {
    var json =
        Json.Obj.EMPTY
            .with("code", new Json.Text(warning.code()))
            .with("detail", new Json.Text(warning.detail()));
    return warning.field().map(field -> json.with("field", new Json.Text(field))).orElse(json);
  }
}
