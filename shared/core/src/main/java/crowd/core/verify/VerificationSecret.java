package crowd.core.verify;

import crowd.core.hmac.HmacKey;

/**
 * What a website's own server proves its users with.
 *
 * @param id tells the secrets of a website apart; no secret: session tokens carry it
 */
public record VerificationSecret(String id, HmacKey key) {

  /** What the text of such a secret begins with. */
  public static final String PREFIX = "vs_";

  private static final int ID_LENGTH = PREFIX.length() + 8;

  /**
   * @param text the whole secret; its first characters are its id
   */
  public static VerificationSecret of(String text) {
    return new VerificationSecret(text.substring(0, ID_LENGTH), new HmacKey(text));
  }
}
