package crowd.core.verify;

import crowd.core.message.Message;
import java.util.Optional;

/** What a website's verification makes of a message. */
public sealed interface Ruling {

  /** There is nothing to prove, or it is proved, or the website does not ask. */
  record Passed(Message message) implements Ruling {}

  /** Its user id is not proved, and it is taken all the same. */
  record Reported(Message message) implements Ruling {}

  /**
   * Its user id is not proved.
   *
   * @param message what may be kept of it: an anonymous one
   */
  record Anonymous(Message message) implements Ruling {}

  /**
   * It is a bot's.
   *
   * @param message what is kept of it: an anonymous one, marked
   */
  record OfBot(Message message) implements Ruling {}

  /** Its user id is not proved, and without it nothing is left. */
  record Refused() implements Ruling {}

  /** What may be kept; empty for nothing. */
  default Optional<Message> kept() {
    return switch (this) {
      case Passed(var message) -> Optional.of(message);
      case Reported(var message) -> Optional.of(message);
      case Anonymous(var message) -> Optional.of(message);
      case OfBot(var message) -> Optional.of(message);
      case Refused() -> Optional.empty();
    };
  }
}
