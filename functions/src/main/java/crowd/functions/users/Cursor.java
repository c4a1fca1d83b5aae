package crowd.functions.users;

import crowd.core.json.Json;
import crowd.core.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A place in a list, as a text that means nothing to its holder. Bound to its list by a checksum:
 * taken to another list, or changed, it is none.
 */
final class Cursor {

  private static final int CHECKSUM_BYTES = 8;

  private final byte[] list;

  /**
   * @param list what tells this list from every other
   */
  Cursor(List<String> list) {
    this.list =
        bytes(JsonText.write(new Json.Arr(list.stream().<Json>map(Json.Text::new).toList())));
  }

  String write(String position) {
    var tail = bytes(position);
    var all = Arrays.copyOf(checksum(tail), CHECKSUM_BYTES + tail.length);
    System.arraycopy(tail, 0, all, CHECKSUM_BYTES, tail.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  /** The position; empty if this list has never written such a text. */
  Optional<String> read(String text) {
    byte[] all;
    try {
      all = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (all.length < CHECKSUM_BYTES) {
      return Optional.empty();
    }
    var tail = Arrays.copyOfRange(all, CHECKSUM_BYTES, all.length);
    return Arrays.equals(checksum(tail), Arrays.copyOf(all, CHECKSUM_BYTES))
        ? Optional.of(new String(tail, StandardCharsets.UTF_8))
        : Optional.empty();
  }

  private byte[] checksum(byte[] position) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(list);
      return Arrays.copyOf(digest.digest(position), CHECKSUM_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
