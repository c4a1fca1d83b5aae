package crowd.core.fingerprint;

import crowd.core.hmac.HmacKey;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a website lets its servers link by fingerprint.
 *
 * @param isOn whether it was turned on
 * @param window how long before a server's identify a browser may have been seen to be linked
 * @param saltKey makes fingerprints of one website worthless for another; null for one that was
 *     made before there were any, and while it is so nothing is linked
 */
public record Fingerprinting(boolean isOn, Duration window, @Nullable HmacKey saltKey) {

  public static final Duration DEFAULT_WINDOW = Duration.ofMinutes(30);

  /** The longest window: sightings are not kept for longer. */
  public static final Duration MAX_WINDOW = Duration.ofHours(24);

  /** What a website starts with. */
  public static final Fingerprinting OFF = new Fingerprinting(false, DEFAULT_WINDOW, null);

  /**
   * @throws IllegalArgumentException if the window is none, or too long
   */
  public Fingerprinting {
    if (!window.isPositive() || window.compareTo(MAX_WINDOW) > 0) {
      throw new IllegalArgumentException("the window is more than nothing and at most 24 hours");
    }
  }

  public Optional<HmacKey> salt() {
    return Optional.ofNullable(saltKey);
  }

  public Fingerprinting salted(HmacKey salt) {
    return new Fingerprinting(isOn, window, salt);
  }

  public Fingerprinting turned(boolean on) {
    return new Fingerprinting(on, window, saltKey);
  }

  public Fingerprinting within(Duration newWindow) {
    return new Fingerprinting(isOn, newWindow, saltKey);
  }

  /** Whether fingerprints are made and looked up. */
  public boolean isWorking() {
    return isOn && saltKey != null;
  }

  /** The fingerprint of a connection; empty while nothing works, or if the address is not known. */
  public Optional<Fingerprint> of(Connection connection) {
    return isOn && saltKey != null && !connection.ip().isEmpty()
        ? Optional.of(Fingerprint.of(saltKey, connection))
        : Optional.empty();
  }
}
