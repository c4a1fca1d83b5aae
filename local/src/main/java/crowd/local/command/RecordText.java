package crowd.local.command;

import crowd.core.quarantine.Contents;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The bytes of a record for a terminal, which nobody can make do anything by sending them. */
final class RecordText {

  private RecordText() {}

  /** Text with its control characters spelled out; Base64 of what is no UTF-8. */
  static String of(Contents contents) {
    var bytes = contents.bytes();
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.isEmpty() ? "(empty)" : harmless(text);
    } catch (CharacterCodingException _) {
      return "base64 " + contents.data();
    }
  }

  private static String harmless(String text) {
    var harmless = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          int type = Character.getType(c);
          if (type == Character.CONTROL || type == Character.FORMAT) {
            harmless.append(String.format(Locale.ROOT, "\\u%04x", c));
          } else {
            harmless.appendCodePoint(c);
          }
        });
    return harmless.toString();
  }
}
