package crowd.functions.http;

import crowd.core.bot.BotAgent;
import crowd.core.fingerprint.Connection;
import crowd.core.fingerprint.FingerprintField;
import crowd.core.json.Json;
import crowd.core.message.Arrival;
import crowd.core.message.Message;
import crowd.core.message.MessageType;
import crowd.core.verify.Proof;
import crowd.core.verify.Sent;
import crowd.core.website.Website;
import java.time.Instant;
import java.util.Optional;

/**
 * Who sends messages, and for which website.
 *
 * @param trusted with a server key; else it is a page of the website, and anybody can be that
 * @param isBot whether it is a page in the hands of a bot that the website filters
 * @param connection that the call came over
 */
public record Caller(Website website, boolean trusted, boolean isBot, Connection connection) {

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

  static Caller server(Website website, Connection connection) {
    return new Caller(website, true, false, connection);
  }

  static Caller page(Website website, Connection connection) {
    boolean isBot = website.filtersBots() && BotAgent.isBot(connection.userAgent());
    return new Caller(website, false, isBot, connection);
  }

  /** What is known of a message of this caller besides its text. */
  public Arrival arrival(Instant receivedAt) {
    return new Arrival(
        receivedAt,
        trusted,
        website.allowedPlaceholders(),
        website.retention(),
        website.fingerprinting(),
        connection);
  }

  /**
   * The message, with what is known of who sends it.
   *
   * @param json that it was read from
   * @param ofBatch what its batch brings to prove all users with
   */
  public Sent sent(Message message, Json.Obj json, Proof ofBatch) {
    if (trusted) {
      return Sent.trusted(message, asksByFingerprint(message, json));
    }
    if (isBot) {
      return Sent.byBot(message);
    }
    var proof = Proof.of(json).orElse(ofBatch);
    return website.verification().fromBrowser(website.id(), message, proof, message.receivedAt());
  }

  /** Only for a browser that the server cannot name. */
  private static boolean asksByFingerprint(Message message, Json.Obj json) {
    return message.type() == MessageType.IDENTIFY
        && message.anonymous().isEmpty()
        && json.get(FingerprintField.NAME).isPresent();
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
