package crowd.core.website;

import crowd.core.identity.IllegalIdException;
import crowd.core.identity.WebsiteId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The text of a key: {@code sk_<website>_<tail>} or {@code rk_<website>_<tail>}. It is the secret
 * itself, so it has no readable {@link #toString}, and is never stored.
 *
 * <p>The website is all between the first and the last {@code _}. The id of the key is its prefix
 * and the first eight characters of the tail, or the whole tail if it is shorter: {@code sk_local}.
 */
public final class KeyText {

  private static final int ID_LENGTH = 8;

  /** 190 bits: nobody guesses them. */
  private static final int SECRET_LENGTH = 32;

  private final String text;
  private final KeyRole role;
  private final WebsiteId website;
  private final String id;

  private KeyText(String text, KeyRole role, WebsiteId website, String tail) {
    this.text = text;
    this.role = role;
    this.website = website;
    this.id = role.prefix() + tail.substring(0, Math.min(ID_LENGTH, tail.length()));
  }

  /** Empty if the text has not the form of a key. */
  public static Optional<KeyText> parse(String text) {
    for (var role : KeyRole.values()) {
      int start = role.prefix().length();
      int end = text.lastIndexOf('_');
      if (text.startsWith(role.prefix()) && end > start && isTail(text, end + 1)) {
        try {
          var website = new WebsiteId(text.substring(start, end));
          return Optional.of(new KeyText(text, role, website, text.substring(end + 1)));
        } catch (IllegalIdException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /**
   * A key that nobody has seen before.
   *
   * @param random not made at start-up: a snapshot of a started function would make the same keys
   */
  public static KeyText create(WebsiteId website, KeyRole role, SecureRandom random) {
    var tail = RandomText.of(ID_LENGTH + SECRET_LENGTH, random);
    return parse(role.prefix() + website.value() + "_" + tail).orElseThrow();
  }

  /** Hex SHA-256 of any text, whether it is a key or not. */
  static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  public String hash() {
    return hash(text);
  }

  public KeyRole role() {
    return role;
  }

  public WebsiteId website() {
    return website;
  }

  /** Tells the keys of a website apart; no secret. */
  public String id() {
    return id;
  }

  /** The secret, to be shown once to whoever made the key. */
  public String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return id + "... of " + website.value();
  }

  private static boolean isTail(String text, int start) {
    return start < text.length()
        && text.chars().skip(start).allMatch(c -> RandomText.BASE62.indexOf(c) >= 0);
  }
}
