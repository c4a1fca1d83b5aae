package crowd.core.fingerprint;

import crowd.core.hmac.HmacKey;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells one connection from another, and says nothing about either: the first 128 bits of
 * HMAC-SHA256 over its address and its user agent, with the website's salt as the key. People
 * behind one router with one kind of browser share it.
 *
 * @param hex 32 digits, in lower case
 */
public record Fingerprint(String hex) {

  private static final int BYTES = 16;

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

  /**
   * @throws IllegalArgumentException if it has not the form
   */
  public Fingerprint {
    if (!FORM.matcher(hex).matches()) {
      throw new IllegalArgumentException("a fingerprint has 32 hex digits");
    }
  }

  /** Empty if the text, in whatever case, has not the form of one. */
  public static Optional<Fingerprint> parse(String text) {
    var lower = text.toLowerCase(Locale.ROOT);
    return FORM.matcher(lower).matches() ? Optional.of(new Fingerprint(lower)) : Optional.empty();
  }

  static Fingerprint of(HmacKey salt, Connection connection) {
    // An address holds no line break, so the two cannot run into each other.
    var signed = salt.sign(connection.ip() + "\n" + connection.userAgent());
    return new Fingerprint(HexFormat.of().formatHex(signed, 0, BYTES));
  }
}
