package crowd.core.verify;

import crowd.core.message.Message;
import java.util.Optional;

/**
 * A message, and what is known of its sender.
 *
 * @param trust how far he may speak for the user that it names
 * @param session what he is given to prove later messages with
 * @param namesFingerprint whether a server asks to link by fingerprint, so that it is told why
 *     nothing was
 * @param isFromBot whether it comes from a bot that the website filters
 */
public record Sent(
    Message message,
    Trust trust,
    Optional<SessionToken> session,
    boolean namesFingerprint,
    boolean isFromBot) {

  /** By a server. */
  public static Sent trusted(Message message, boolean namesFingerprint) {
    return new Sent(message, Trust.SERVER, Optional.empty(), namesFingerprint, false);
  }

  /** By anybody. */
  public static Sent unproved(Message message) {
    return new Sent(message, Trust.UNPROVED, Optional.empty(), false, false);
  }

  /** By a bot that the website filters: nothing that it says of a user is believed. */
  public static Sent byBot(Message message) {
    return new Sent(message, Trust.UNPROVED, Optional.empty(), false, true);
  }

  /** Whether it names a user of whom nothing is proved. */
  boolean isUnproved() {
    return message.user().isPresent() && !trust.isVerified();
  }
}
