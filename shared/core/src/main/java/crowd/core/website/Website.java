package crowd.core.website;

import crowd.core.fingerprint.Fingerprinting;
import crowd.core.hmac.HmacKey;
import crowd.core.identity.PlaceholderIds;
import crowd.core.identity.WebsiteId;
import crowd.core.verify.Trust;
import crowd.core.verify.Verification;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A tenant and its settings. Nothing crosses from one website to another.
 *
 * @param origins from which its pages may call: an origin as browsers send it ({@code
 *     https://shop.example}), or {@link #LOOPBACK}
 * @param allowedPlaceholders ids that it really uses although they look like none, normalised
 * @param retention how long an event is kept while it belongs to nobody
 * @param ranksTraits whether traits that a server key or a proved user wrote outrank others
 * @param verification whether a browser has to prove the user that it names
 * @param fingerprinting whether a server may link a browser that it cannot name
 * @param filtersBots whether what a page sends in a bot's hands is kept apart from people
 */
public record Website(
    WebsiteId id,
    Set<String> origins,
    Set<String> allowedPlaceholders,
    Duration retention,
    boolean ranksTraits,
    Verification verification,
    Fingerprinting fingerprinting,
    boolean filtersBots) {

  /** Stands for every origin on this machine: any scheme and port on localhost or 127.0.0.1. */
  public static final String LOOPBACK = "loopback";

  /** What a website starts with. */
  public static final Duration DEFAULT_RETENTION = Duration.ofDays(365);

  /** 238 bits. */
  private static final int SALT_LENGTH = 40;

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

  /** A website with the settings that it starts with, and a salt that no other has. */
  public static Website starting(WebsiteId id, Set<String> origins) {
    return new Website(
        id,
        origins,
        Set.of(),
        DEFAULT_RETENTION,
        false,
        Verification.OFF,
        Fingerprinting.OFF.salted(newSalt()),
        true);
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

  static HmacKey newSalt() {
    return new HmacKey(RandomText.of(SALT_LENGTH));
  }

  public Website rankingTraits(boolean ranks) {
    return new Website(
        id,
        origins,
        allowedPlaceholders,
        retention,
        ranks,
        verification,
        fingerprinting,
        filtersBots);
  }

  /**
   * @param words that it really uses as ids, in any form
   */
  public Website allowingPlaceholders(Set<String> words) {
    return new Website(
        id,
        origins,
        words.stream().map(PlaceholderIds::normalised).collect(Collectors.toSet()),
        retention,
        ranksTraits,
        verification,
        fingerprinting,
        filtersBots);
  }

  public Website with(Verification changed) {
    return new Website(
        id,
        origins,
        allowedPlaceholders,
        retention,
        ranksTraits,
        changed,
        fingerprinting,
        filtersBots);
  }

  public Website with(Fingerprinting changed) {
    return new Website(
        id,
        origins,
        allowedPlaceholders,
        retention,
        ranksTraits,
        verification,
        changed,
        filtersBots);
  }

  public Website filteringBots(boolean filters) {
    return new Website(
        id,
        origins,
        allowedPlaceholders,
        retention,
        ranksTraits,
        verification,
        fingerprinting,
        filters);
  }

  /** The rank of a trait that such a sender writes. */
  public int traitRank(Trust trust) {
    return ranksTraits && trust.isVerified() ? 1 : 0;
  }
}
