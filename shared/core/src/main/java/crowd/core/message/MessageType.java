package crowd.core.message;

import java.util.Locale;
import java.util.Optional;

/** What a message says. The name in lower case is the word on the wire and in the table. */
public enum MessageType {
  IDENTIFY,
  TRACK,
  PAGE,
  SCREEN,
  GROUP,
  RESET;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<MessageType> of(String word) {
    for (var type : values()) {
      if (type.word().equals(word)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** All words, for a message to people. */
  public static String words() {
    return "identify, track, page, screen, group or reset";
  }
}
