package crowd.simulation.workload;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A message as its client wrote it.
 *
 * @param type the word of the API
 * @param timestamp milliseconds; null if it was left out
 * @param sentAt milliseconds on the client's clock; null if it was left out
 * @param label nobody else's, carried in the body: by it the oracle knows the event again
 * @param traits values in JSON, by name
 * @param setOnce likewise
 */
public record SentMessage(
    String type,
    String website,
    @Nullable String user,
    @Nullable String anonymous,
    @Nullable String messageId,
    @Nullable Long timestamp,
    @Nullable Long sentAt,
    String label,
    Map<String, String> traits,
    Map<String, String> setOnce) {

  public static final String IDENTIFY = "identify";
  public static final String TRACK = "track";
  public static final String RESET = "reset";

  /** Its anonymous id is the {@code previous_id}, be it a user's. */
  public static final String ALIAS = "alias";

  /** Whether it asks for an anonymous id on behalf of a user (R3). */
  public boolean isClaim() {
    return user != null && anonymous != null && !isReset();
  }

  public boolean isReset() {
    return type.equals(RESET);
  }

  public boolean isAlias() {
    return type.equals(ALIAS);
  }

  /** Whether it is an event of a timeline, and no decision only. */
  public boolean isEvent() {
    return !isReset() && !isAlias();
  }

  /** Whether the event lies under its anonymous id. */
  public boolean isAnonymous() {
    return user == null;
  }

  /** The text that is sent. */
  public String json() {
    var fields = new TreeMap<String, @Nullable String>();
    fields.put("user_id", quoted(user));
    fields.put(isAlias() ? "previous_id" : "anonymous_id", quoted(anonymous));
    fields.put("message_id", quoted(messageId));
    fields.put("timestamp", timestamp == null ? null : timestamp.toString());
    fields.put("sent_at", sentAt == null ? null : sentAt.toString());
    fields.put("context", "{\"label\":\"" + label + "\"}");
    fields.put("event", type.equals(TRACK) ? "\"seen\"" : null);
    fields.put("traits", traits.isEmpty() ? null : object(traits));
    fields.put("set_once", setOnce.isEmpty() ? null : object(setOnce));
    return object(fields);
  }

  private static @Nullable String quoted(@Nullable String text) {
    return text == null ? null : '"' + text + '"';
  }

  private static String object(Map<String, ? extends @Nullable String> fields) {
    var text = new StringBuilder("{");
    fields.forEach((name, value) -> {
      if (value != null) {
        text.append(text.length() == 1 ? "" : ",").append('"').append(name).append("\":");
        text.append(value);
      }
    });
    return text.append('}').toString();
  }
}
