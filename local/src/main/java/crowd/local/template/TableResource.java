package crowd.local.template;

import java.util.Map;

/**
 * The table's keys, to compare with those that the code makes its own table with.
 *
 * @param indexes by name
 * @param ttl the attribute that expiry goes by
 */
public record TableResource(Keys keys, Map<String, Keys> indexes, String ttl) {

  public TableResource {
    indexes = Map.copyOf(indexes);
  }

  /** Names of the attributes. */
  public record Keys(String hash, String range) {}
}
