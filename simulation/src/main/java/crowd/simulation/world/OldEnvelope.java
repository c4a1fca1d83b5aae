package crowd.simulation.world;

import crowd.simulation.oracle.Attempt;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Records as the previous version of the product wrote them, byte for byte: not made by today's
 * codec, so that a change of the codec that cannot read them is found.
 */
final class OldEnvelope {

  private OldEnvelope() {}

  /** An event with its message id and timestamp. */
  static byte[] of(Attempt attempt) {
    var message = attempt.message();
    return ("{\"messages\":[{"
            + field("anonymous_id", message.anonymous())
            + "\"body\":{\"context\":{\"label\":\""
            + message.label()
            + "\"},\"event\":\"seen\"},"
            + (message.isAnonymous() ? "\"expires\":" + attempt.expires() + "," : "")
            + field("message_id", message.messageId())
            + "\"received_at\":"
            + attempt.receivedAt()
            + ",\"time\":"
            + attempt.time()
            + ",\"timestamp\":"
            + message.timestamp()
            + ",\"type\":\"track\""
            + (message.user() == null ? "" : ",\"user_id\":\"" + message.user() + "\"")
            + "}],\"v\":1,\"website\":\""
            + message.website()
            + "\"}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String field(String name, @Nullable String value) {
    return value == null ? "" : '"' + name + "\":\"" + value + "\",";
  }
}
