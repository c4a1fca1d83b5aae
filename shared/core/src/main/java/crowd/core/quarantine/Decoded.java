package crowd.core.quarantine;

import crowd.core.stream.Envelope;
import crowd.core.stream.EnvelopeJson;
import java.util.Base64;
import java.util.Objects;

/** Whether this version understands a record of the stream. */
public sealed interface Decoded {

  record Understood(Envelope envelope) implements Decoded {}

  /**
   * However often it comes.
   *
   * @param reason never a value out of the record
   */
  record Poison(String reason) implements Decoded {}

  /**
   * @param data as the stream delivers it, Base64
   */
  static Decoded of(String data) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(data);
    } catch (IllegalArgumentException _) {
      return new Poison("not Base64");
    }
    try {
      return new Understood(EnvelopeJson.read(bytes));
    } catch (RuntimeException e) {
      return new Poison(reason(e));
    }
  }

  /** What the decoder itself says is a fixed text; its subclasses may quote what they met. */
  private static String reason(RuntimeException thrown) {
    return thrown.getClass() == IllegalArgumentException.class
        ? Objects.requireNonNullElse(thrown.getMessage(), "unknown")
        : thrown.getClass().getSimpleName();
  }
}
