package crowd.core.website;

import crowd.core.identity.WebsiteId;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;

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

  private static final Pattern ORIGIN =
      Pattern.compile("[a-z][a-z0-9+.-]*://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");
  private static final Pattern LOOPBACK_ORIGIN =
      Pattern.compile("[a-z][a-z0-9+.-]*://(localhost|127\\.0\\.0\\.1)(:[0-9]{1,5})?");

  /**
   * @throws IllegalArgumentException if an origin is not one that a browser sends, or the retention
   *     is none
   */
  public Website {
    origins = Set.copyOf(origins);
    allowedPlaceholders = Set.copyOf(allowedPlaceholders);
    for (var origin : origins) {
      if (!origin.equals(LOOPBACK) && !ORIGIN.matcher(origin).matches()) {
        throw new IllegalArgumentException(
            "an origin is a scheme, a host and perhaps a port, in lower case and without a path: https://shop.example");
      }
    }
    if (!retention.isPositive()) {
      throw new IllegalArgumentException("the retention is longer than nothing");
    }
  }

  /** A website with the settings that it starts with. */
  public static Website starting(WebsiteId id, Set<String> origins) {
    return new Website(id, origins, Set.of(), DEFAULT_RETENTION, false);
  }

  /**
   * Whether a page of this origin may call.
   *
   * @param origin as the browser sent it
   */
  public boolean allows(String origin) {
    if (LOOPBACK_ORIGIN.matcher(origin).matches() && origins.contains(LOOPBACK)) {
      return true;
    }
    return ORIGIN.matcher(origin).matches() && origins.contains(origin);
  }

  /** The rank of a trait that arrives with a server key, or without one. */
  public int traitRank(boolean trusted) {
    return ranksTraits && trusted ? 1 : 0;
  }
}
