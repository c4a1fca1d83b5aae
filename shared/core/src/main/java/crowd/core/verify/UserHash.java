package crowd.core.verify;

import crowd.core.hmac.HmacKey;
import crowd.core.identity.UserId;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The proof that a website's own server knows a user: hex HMAC-SHA256 of the user id, with a
 * verification secret as the key. It does not expire, so it is worth as much as a password.
 */
final class UserHash {

  private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{64}");

  private UserHash() {}

  static String of(HmacKey key, UserId user) {
    return HexFormat.of().formatHex(key.sign(user.value()));
  }

  /** Takes as long for a hash that is nearly right as for one that is not. */
  static boolean isRight(String sent, HmacKey key, UserId user) {
    return FORM.matcher(sent).matches()
        && MessageDigest.isEqual(HexFormat.of().parseHex(sent), key.sign(user.value()));
  }
}
