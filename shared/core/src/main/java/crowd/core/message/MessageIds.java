package crowd.core.message;

/** Message ids as clients send them. */
final class MessageIds {

  private MessageIds() {}

  /** Without control characters, and without white space of any kind at its ends. */
  static String cleaned(String id) {
    var kept = new StringBuilder();
    id.codePoints().filter(c -> !Character.isISOControl(c)).forEach(kept::appendCodePoint);
    int start = 0;
    int end = kept.length();
    while (start < end && isSpace(kept.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(kept.charAt(end - 1))) {
      end--;
    }
    return kept.substring(start, end);
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
