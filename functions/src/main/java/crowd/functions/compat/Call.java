package crowd.functions.compat;

import crowd.core.message.MessageType;
import java.util.Optional;

/** What the last part of a path stands for. */
enum Call {
  IDENTIFY,
  TRACK,
  PAGE,
  SCREEN,
  GROUP,
  ALIAS,
  RESET,
  BATCH,
  /** What a client measured of itself. */
  METRICS;

  /** The message that it is; empty for what is none, or several. */
  Optional<MessageType> type() {
    return switch (this) {
      case IDENTIFY -> Optional.of(MessageType.IDENTIFY);
      case TRACK -> Optional.of(MessageType.TRACK);
      case PAGE -> Optional.of(MessageType.PAGE);
      case SCREEN -> Optional.of(MessageType.SCREEN);
      case GROUP -> Optional.of(MessageType.GROUP);
      case ALIAS -> Optional.of(MessageType.ALIAS);
      case RESET -> Optional.of(MessageType.RESET);
      case BATCH, METRICS -> Optional.empty();
    };
  }

  /** The letters are those of Segment's browser library; its Java client imports its batches. */
  static Optional<Call> of(String name) {
    return switch (name) {
      case "identify", "i" -> Optional.of(IDENTIFY);
      case "track", "t" -> Optional.of(TRACK);
      case "page", "p" -> Optional.of(PAGE);
      case "screen", "s" -> Optional.of(SCREEN);
      case "group", "g" -> Optional.of(GROUP);
      case "alias", "a" -> Optional.of(ALIAS);
      case "reset" -> Optional.of(RESET);
      case "batch", "b", "import" -> Optional.of(BATCH);
      case "m" -> Optional.of(METRICS);
      default -> Optional.empty();
    };
  }
}
