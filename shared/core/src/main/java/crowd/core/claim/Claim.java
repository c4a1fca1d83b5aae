package crowd.core.claim;

import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.message.Message;
import crowd.core.profile.Profile;
import crowd.core.traits.Traits;
import java.time.Instant;
import java.util.Optional;

/**
 * What one message of a user asks for, or several at once.
 *
 * @param id the anonymous id that it names; empty if it names none
 * @param earliest earliest event time: the time of the claim
 * @param latest {@link Profile#lastSeen} of all event times
 * @param receivedAt earliest time at which one of the messages was received
 * @param source the type of the message
 * @param traits to join into the profile
 * @param marksSeen whether the profile is written for the times alone
 */
public record Claim(
    WebsiteId website,
    UserId user,
    Optional<AnonymousId> id,
    Instant earliest,
    Instant latest,
    Instant receivedAt,
    String source,
    String messageId,
    Traits traits,
    boolean marksSeen) {

  /** What an identify asks for. That its user was seen can wait for the consumer. */
  public static Claim of(WebsiteId website, Message identify, Traits traits) {
    return new Claim(
        website,
        identify.user().orElseThrow(),
        identify.anonymous(),
        identify.time(),
        identify.time(),
        identify.receivedAt(),
        identify.type().word(),
        identify.messageId(),
        traits,
        false);
  }

  /** The same, without a claim of the id. */
  public Claim withoutId() {
    return new Claim(
        website,
        user,
        Optional.empty(),
        earliest,
        latest,
        receivedAt,
        source,
        messageId,
        traits,
        marksSeen);
  }

  /** What finds a browser by fingerprint gives as the source of its claim. */
  public static final String BY_FINGERPRINT = "fingerprint";

  /** The same claim, of a browser that was found by fingerprint. */
  public Claim byFingerprint() {
    return new Claim(
        website,
        user,
        id,
        earliest,
        latest,
        receivedAt,
        BY_FINGERPRINT,
        messageId,
        traits,
        marksSeen);
  }

  /**
   * Whether nobody named the browser: such a claim may link it, and does nothing else to it. What
   * it met is answered all the same.
   */
  boolean isGuess() {
    return source.equals(BY_FINGERPRINT);
  }

  Profile seen(Profile profile) {
    return profile.seen(earliest).seen(latest);
  }
}
