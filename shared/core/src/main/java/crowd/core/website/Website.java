package crowd.core.website;

import crowd.core.identity.WebsiteId;
import java.time.Duration;
import java.util.Set;

/**
 * A tenant and its settings. Nothing crosses from one website to another.
 *
 * @param origins from which its pages may call: an origin as browsers send it ({@code
 *     https://shop.example}), or {@link #LOOPBACK}
 * @param allowedPlaceholders ids that it really uses although they look like none, normalised
 * @param retention how long an event is kept while it belongs to nobody
 * @param ranksTraits whether traits of a server key outrank those of a browser
 */
public record Website(
    WebsiteId id,
    Set<String> origins,
    Set<String> allowedPlaceholders,
    Duration retention,
    boolean ranksTraits) {

  /** Stands for every origin on this machine: any scheme and port on localhost or 127.0.0.1. */
  public static final String LOOPBACK = "loopback";

  /** What a website starts with. */
  public static final Duration DEFAULT_RETENTION = Duration.ofDays(365);

  public Website {
    origins = Set.copyOf(origins);
    allowedPlaceholders = Set.copyOf(allowedPlaceholders);
  }

  /** The rank of a trait that arrives with a server key, or without one. */
  public int traitRank(boolean trusted) {
    return ranksTraits && trusted ? 1 : 0;
  }
}
