package crowd.functions.compat;

import crowd.core.identify.Warning;
import crowd.core.json.Json;
import crowd.core.message.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The times of a message. These clients do not mend a message that is refused, so one whose time
 * cannot be used is taken as of now, and the answer warns of it.
 */
final class MessageTimes {

  private static final String TIMESTAMP = "timestamp";
  private static final String SENT_AT = "sent_at";

  /** RudderStack's clients write the second; its servers, the first. */
  private static final List<String> TIMESTAMPS = List.of(TIMESTAMP, "originalTimestamp");

  private static final List<String> SENT_ATS = List.of("sentAt", SENT_AT);

  private MessageTimes() {}

  /**
   * @param ofBatch when the batch was sent
   */
  static Json.Obj settle(
      Json.Obj message, Optional<Instant> ofBatch, Instant receivedAt, Consumer<Warning> warnings) {
    var sentAt = Fields.first(message, SENT_ATS);
    var sent = sentAt.flatMap(Timestamps::parse);
    var timestamp = Fields.first(message, TIMESTAMPS);
    var time = timestamp.flatMap(Timestamps::parse);
    var settled = Fields.without(Fields.without(message, SENT_ATS), TIMESTAMPS);
    if (sentAt.isPresent() && sent.isEmpty()) {
      warnings.accept(ignored(SENT_AT, "is no time: the sender's clock is taken to be right"));
    }
    if (sent.isPresent()) {
      settled = settled.with(SENT_AT, sentAt.get());
    }
    if (timestamp.isEmpty()) {
      return settled;
    }
    if (time.isPresent() && Timestamps.isPlausible(time, sent.or(() -> ofBatch), receivedAt)) {
      return settled.with(TIMESTAMP, timestamp.get());
    }
    warnings.accept(
        ignored(
            TIMESTAMP,
            time.isPresent()
                ? "lies before the year 2000 or more than 24 hours ahead: taken as of now"
                : "is no time: taken as of now; send ISO 8601 with an offset, or milliseconds since"
                    + " 1970"));
    return settled;
  }

  /** Of a batch; empty for what is no time. */
  static Optional<Instant> sentAt(Json.Obj body) {
    return Fields.first(body, SENT_ATS).flatMap(Timestamps::parse);
  }

  private static Warning ignored(String field, String detail) {
    return new Warning("not_a_timestamp", field + " " + detail, Optional.of(field));
  }
}
