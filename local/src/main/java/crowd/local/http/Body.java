package crowd.local.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;

/**
 * A body as payload 2.0 carries it, in either direction.
 *
 * @param text the body itself, or its base64 form
 */
public record Body(String text, boolean isBase64) {

  static final Body EMPTY = new Body("", false);

  private static final Set<String> TEXT_TYPES =
      Set.of("application/json", "application/xml", "application/javascript");

  /**
   * What a client sent: text if its type says text, it is not compressed and it is UTF-8; else
   * base64.
   *
   * @param contentType as it was sent, or empty
   * @param contentEncoding as it was sent, or empty
   */
  static Body of(byte[] bytes, String contentType, String contentEncoding) {
    if (bytes.length == 0) {
      return EMPTY;
    }
    if (isText(contentType) && isPlain(contentEncoding)) {
      try {
        var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return new Body(text, false);
      } catch (CharacterCodingException e) {
        // Kept as it came: the function is to see, and refuse, what was really sent.
      }
    }
    return new Body(Base64.getEncoder().encodeToString(bytes), true);
  }

  /**
   * @throws IllegalArgumentException if it claims to be base64 and is not
   */
  public byte[] bytes() {
    return isBase64 ? Base64.getDecoder().decode(text) : text.getBytes(StandardCharsets.UTF_8);
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  private static boolean isText(String contentType) {
    var type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return type.startsWith("text/") || TEXT_TYPES.contains(type);
  }

  private static boolean isPlain(String contentEncoding) {
    return contentEncoding.isBlank() || contentEncoding.strip().equalsIgnoreCase("identity");
  }
}
