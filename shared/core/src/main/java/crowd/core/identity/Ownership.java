package crowd.core.identity;

import java.time.Instant;

/**
 * That an anonymous id belongs to a user, and why.
 *
 * @param linkedAt when the link was decided, on the server's clock
 * @param claimedAt the earliest event time at which a message of the owner named the anonymous id:
 *     what came before is from before identify
 * @param source what made the claim: {@code identify}, or the type of the message with both ids
 * @param messageId the message that made the link
 */
public record Ownership(
    UserId user, Instant linkedAt, Instant claimedAt, String source, String messageId) {

  Ownership claimedBy(Instant earlier) {
    return new Ownership(user, linkedAt, earlier, source, messageId);
  }
}
