package crowd.core.verify;

import crowd.core.json.Json;
import java.util.Optional;

/**
 * What a message brings to prove its user id. Never stored, logged or put on the stream: so it is
 * no part of a message. It has no readable {@link #toString}.
 *
 * @param userHash as it was sent; empty also for what is no text: a wrong proof is no malformed
 *     message
 * @param sessionToken likewise
 */
public record Proof(Optional<String> userHash, Optional<String> sessionToken) {

  public static final Proof NONE = new Proof(Optional.empty(), Optional.empty());

  /** The fields of a message, or of a batch as a whole. */
  public static Proof of(Json.Obj json) {
    return new Proof(
        text(json, "user_hash", "userHash"), text(json, "session_token", "sessionToken"));
  }

  /** What a message of a batch brings: its own, and what it has not from the batch. */
  public Proof orElse(Proof ofBatch) {
    return new Proof(userHash.or(ofBatch::userHash), sessionToken.or(ofBatch::sessionToken));
  }

  private static Optional<String> text(Json.Obj json, String snake, String camel) {
    return json.text(snake).or(() -> json.text(camel));
  }

  @Override
  public String toString() {
    return "a proof";
  }
}
