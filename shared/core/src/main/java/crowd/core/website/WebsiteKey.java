package crowd.core.website;

import java.time.Instant;

/**
 * A key as it is stored: enough to know it when it is presented, not enough to present it.
 *
 * @param revision counts writes; 0 while nothing is stored
 * @param id tells the keys of a website apart
 * @param hash hex SHA-256 of the whole text
 */
public record WebsiteKey(
    long revision, String id, KeyRole role, String hash, KeyState state, Instant createdAt) {

  WebsiteKey revoked() {
    return new WebsiteKey(revision, id, role, hash, KeyState.REVOKED, createdAt);
  }
}
