package crowd.core.traits;

import crowd.core.json.Json;
import crowd.core.json.JsonText;
import java.time.Instant;
import java.util.Comparator;

/**
 * One write of one trait.
 *
 * @param rank 1 where the website tells verified writers from others and this one was verified,
 *     else 0
 * @param time event time of the message
 * @param value {@code null} in JSON means: removed
 */
public record Register(int rank, Instant time, String messageId, Json value) {

  /**
   * A total order: two different registers are never equal in it, so every reader picks the same
   * one.
   */
  private static final Comparator<Register> LAST_WINS =
      Comparator.comparingInt(Register::rank)
          .thenComparing(Register::time)
          .thenComparing(Register::messageId)
          .thenComparing(register -> JsonText.write(register.value));

  private static final Comparator<Register> FIRST_WINS =
      Comparator.comparingInt(Register::rank)
          .thenComparing(Register::time, Comparator.reverseOrder())
          .thenComparing(Register::messageId, Comparator.reverseOrder())
          .thenComparing(register -> JsonText.write(register.value), Comparator.reverseOrder());

  /** The one that counts of two writes by {@code traits}: the later. */
  Register later(Register other) {
    return LAST_WINS.compare(this, other) >= 0 ? this : other;
  }

  /** The one that counts of two writes by {@code set_once}: the earlier. */
  Register earlier(Register other) {
    return FIRST_WINS.compare(this, other) >= 0 ? this : other;
  }
}
