package crowd.functions.http;

import crowd.core.message.Arrival;
import crowd.core.message.Message;
import crowd.core.message.MessageType;
import crowd.core.website.Website;
import java.time.Instant;
import java.util.Optional;

/**
 * Who sends messages, and for which website.
 *
 * @param trusted with a server key; else it is a page of the website, and anybody can be that
 */
public record Caller(Website website, boolean trusted) {

  /** What a page that sends a message of this kind is told. */
  public static final Problem SERVER_ONLY =
      Problem.forbidden(
          "server_key_required",
          "Only a server key may do this; send it from a server, in X-Crowd-Key.");

  private static final Problem ANONYMOUS_ID_REQUIRED =
      Problem.forbidden(
          "anonymous_id_required",
          "A browser may identify only together with its anonymous_id; without it, send the call"
              + " from a server, with a server key in X-Crowd-Key.");

  /** What is known of a message of this caller besides its text. */
  public Arrival arrival(Instant receivedAt) {
    return new Arrival(receivedAt, trusted, website.allowedPlaceholders(), website.retention());
  }

  public int traitRank() {
    return website.traitRank(trusted);
  }

  /** Why this caller may not send the message; empty if he may. */
  public Optional<Problem> refusal(Message message) {
    if (!trusted && message.type() == MessageType.ALIAS) {
      return Optional.of(SERVER_ONLY);
    }
    return !trusted && message.type() == MessageType.IDENTIFY && message.anonymous().isEmpty()
        ? Optional.of(ANONYMOUS_ID_REQUIRED)
        : Optional.empty();
  }
}
