package crowd.core.message;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What is known of a message besides its text.
 *
 * @param receivedAt the server's clock; cut to milliseconds
 * @param trusted sent with a server key, not by a browser
 * @param allowedPlaceholders ids that this website really uses although they look like none,
 *     normalised
 * @param retention how long an event is kept while it belongs to nobody
 */
public record Arrival(
    Instant receivedAt, boolean trusted, Set<String> allowedPlaceholders, Duration retention) {}
