package crowd.core.hmac;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key for HMAC-SHA256: the UTF-8 bytes of a text, so that people can paste it into any tool. It
 * is a secret, so it has no readable {@link #toString}.
 */
public final class HmacKey {

  /** Bytes of every signature. */
  public static final int BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";

  private final String text;

  /**
   * @throws IllegalArgumentException if it is shorter than anybody's secret
   */
  public HmacKey(String text) {
    if (text.length() < BYTES) {
      throw new IllegalArgumentException("a key has at least " + BYTES + " characters");
    }
    this.text = text;
  }

  /**
   * @param message signed in UTF-8
   * @return {@link #BYTES} bytes
   */
  public byte[] sign(String message) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** The secret, to be stored, or shown once to whoever made it. */
  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HmacKey key && key.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "an HMAC key";
  }
}
