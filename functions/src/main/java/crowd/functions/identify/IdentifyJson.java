package crowd.functions.identify;

import crowd.core.identify.IdentifyOutcome;
import crowd.core.json.Json;
import crowd.core.verify.SessionToken;
import crowd.functions.http.WarningJson;
import java.util.LinkedHashMap;
import java.util.Optional;

/** {@code {outcome, message_id, user_id, anonymous_id?, session_token?, warnings[]}}. */
final class IdentifyJson {

  private IdentifyJson() {}

  static Json.Obj write(IdentifyOutcome.Decided decided, Optional<SessionToken> session) {
    var message = decided.message();
    var fields = new LinkedHashMap<String, Json>();
    fields.put("outcome", new Json.Text(decided.ending().word()));
    fields.put("message_id", new Json.Text(message.messageId()));
    message.user().ifPresent(user -> fields.put("user_id", new Json.Text(user.value())));
    message.anonymous().ifPresent(id -> fields.put("anonymous_id", new Json.Text(id.value())));
    session.ifPresent(token -> fields.put("session_token", new Json.Text(token.text())));
    fields.put("warnings", WarningJson.write(decided.warnings()));
    return new Json.Obj(fields);
  }
}
