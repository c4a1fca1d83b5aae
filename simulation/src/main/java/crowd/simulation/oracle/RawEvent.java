package crowd.simulation.oracle;

import crowd.core.store.Item;
import crowd.core.store.Key;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event's row, read by the names of its attributes.
 *
 * @param timestamp milliseconds, like all times here: of its key
 * @param origin {@code U}, or {@code =} and the anonymous id
 * @param epoch 0 for an event that is no copy
 */
record RawEvent(
    Key key,
    String label,
    String messageId,
    long timestamp,
    long time,
    long receivedAt,
    String origin,
    long epoch) {

  private static final String LABEL = "\"label\":\"";

  static RawEvent of(Item row) {
    return new RawEvent(
        row.key(),
        label(text(row, "body")),
        text(row, "message_id"),
        AliasState.number(row, "timestamp", -1),
        AliasState.number(row, "time", -1),
        AliasState.number(row, "received_at", -1),
        text(row, "origin"),
        AliasState.number(row, "epoch", 0));
  }

  private static String text(Item row, String name) {
    return Objects.requireNonNullElse(AliasState.text(row, name), "");
  }

  /** The label in the JSON text of a body. */
  private static String label(String body) {
    int start = body.indexOf(LABEL) + LABEL.length();
    return start < LABEL.length() ? "" : body.substring(start, body.indexOf('"', start));
  }

  boolean isCopy() {
    return epoch > 0;
  }

  /** The anonymous id that a copy was made from. */
  String copiedFrom() {
    return origin.substring(1);
  }

  /** What two deliveries of one sending share. */
  Sending sending() {
    return new Sending(label, receivedAt);
  }

  record Sending(String label, long receivedAt) {}

  static Sending sending(Attempt attempt) {
    return new Sending(attempt.message().label(), attempt.receivedAt());
  }

  /** Whether the row says what was sent; {@code first} is when the untimed arrived first. */
  boolean tells(Attempt attempt, @Nullable Long first) {
    var id = attempt.message().messageId();
    var timestamp = attempt.message().timestamp();
    return (id == null ? messageId.startsWith("hash-") : id.equals(messageId))
        && Objects.equals(timestamp == null ? first : timestamp, (Long) this.timestamp)
        && time == attempt.time();
  }
}
