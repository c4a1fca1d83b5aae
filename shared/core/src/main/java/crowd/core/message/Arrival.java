package crowd.core.message;

import crowd.core.fingerprint.Connection;
import crowd.core.fingerprint.Fingerprint;
import crowd.core.fingerprint.Fingerprinting;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a message besides its text.
 *
 * @param receivedAt the server's clock; cut to milliseconds
 * @param trusted sent with a server key, not by a browser
 * @param allowedPlaceholders ids that this website really uses although they look like none,
 *     normalised
 * @param retention how long an event is kept while it belongs to nobody
 * @param connection that it came over
 */
public record Arrival(
    Instant receivedAt,
    boolean trusted,
    Set<String> allowedPlaceholders,
    Duration retention,
    Fingerprinting fingerprinting,
    Connection connection) {

  /** On a website that makes no fingerprints. */
  public Arrival(
      Instant receivedAt, boolean trusted, Set<String> allowedPlaceholders, Duration retention) {
    this(
        receivedAt,
        trusted,
        allowedPlaceholders,
        retention,
        Fingerprinting.OFF,
        Connection.UNKNOWN);
  }

  /** Of the browser that sent it; a server's own connection is nobody's. */
  Optional<Fingerprint> fingerprint() {
    return trusted ? Optional.empty() : fingerprinting.of(connection);
  }
}
