package crowd.core.fingerprint;

import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import java.time.Duration;
import java.time.Instant;

/** That a browser, or a user, was seen with a fingerprint. */
public sealed interface Sighting {

  /**
   * How exactly it is known when: a browser that sends something every second is written down once
   * in five minutes. Times are the first moments of such slots, so keeping the latest is a join.
   */
  Duration SLOT = Duration.ofMinutes(5);

  /** How long one is kept: longer than any window. */
  Duration KEPT = Fingerprinting.MAX_WINDOW.plus(Duration.ofHours(1));

  Instant slot();

  record OfBrowser(AnonymousId id, Instant slot) implements Sighting {}

  record OfUser(UserId user, Instant slot) implements Sighting {}

  /** The slot of a moment on the server's clock. */
  static Instant slotOf(Instant time) {
    return Instant.ofEpochMilli(
        Math.floorDiv(time.toEpochMilli(), SLOT.toMillis()) * SLOT.toMillis());
  }

  /** Whether it may have been within a window that ends at this moment: in doubt it was. */
  default boolean isWithin(Duration window, Instant end) {
    return slot().plus(SLOT).isAfter(end.minus(window));
  }
}
