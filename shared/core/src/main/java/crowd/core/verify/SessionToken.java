package crowd.core.verify;

import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a browser holds once its user is proved: {@code <secret's id>.<expiry>.<signature>}, of
 * characters that need no escaping in a URL.
 *
 * <p>The website and the ids are signed and not in it: whoever sends it names them anyway. So it is
 * short, tells nobody anything, and is worth something only beside the very ids that it was made
 * for.
 *
 * @param secretId of the secret that signed it
 * @param expires epoch seconds, in base 36
 * @param signature Base64url without padding
 */
public record SessionToken(String secretId, String expires, String signature) {

  /** How long a token proves anything. */
  static final Duration LIFE = Duration.ofHours(1);

  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9_]{1,40})\\.([0-9a-z]{1,8})\\.([A-Za-z0-9_-]{43})");

  private static final int RADIX = 36;

  /** The user in this browser of this website. */
  record Session(WebsiteId website, AnonymousId anonymousId, UserId user) {}

  static SessionToken sign(VerificationSecret secret, Session session, Instant now) {
    var expires = Long.toString(now.plus(LIFE).getEpochSecond(), RADIX);
    return new SessionToken(secret.id(), expires, signature(secret, session, expires));
  }

  /** Empty if the text has not the form of a token. */
  static Optional<SessionToken> parse(String text) {
    var matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(new SessionToken(matcher.group(1), matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }

  /** As it travels. It is a secret, so {@link #toString} does not show it. */
  public String text() {
    return secretId + "." + expires + "." + signature;
  }

  /** Whether this secret signed it for this session, and not too long ago. */
  boolean proves(VerificationSecret secret, Session session, Instant now) {
    return secretId.equals(secret.id())
        && isSame(signature, signature(secret, session, expires))
        && now.getEpochSecond() < Long.parseLong(expires, RADIX);
  }

  /**
   * No id holds a line break, so the lines say one thing only; and no user id begins with one, so a
   * {@link UserHash} is never the signature of a token.
   */
  private static String signature(VerificationSecret secret, Session session, String expires) {
    var signed =
        String.join(
            "\n",
            "",
            "crowd session 1",
            session.website().value(),
            session.anonymousId().value(),
            session.user().value(),
            expires);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(secret.key().sign(signed));
  }

  private static boolean isSame(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.US_ASCII), b.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public String toString() {
    return "a session token of " + secretId;
  }
}
