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
  ALIAS,
  RESET;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the request itself decides; what the stream carries only has the rest done. */
  public boolean isDecidedInRequest() {
    return switch (this) {
      case IDENTIFY, ALIAS, RESET -> true;
      case TRACK, PAGE, SCREEN, GROUP -> false;
    };
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
    return "identify, track, page, screen, group, alias or reset";
  }
}
