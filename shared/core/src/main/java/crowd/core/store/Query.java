package crowd.core.store;

import crowd.core.json.Unicode;
import org.jspecify.annotations.Nullable;

/**
 * A range of one partition, in the order of the sort keys' UTF-8 bytes.
 *
 * @param from smallest sort key, inclusive
 * @param to greatest sort key, inclusive
 * @param descending greatest first
 * @param after the sort key behind which the page begins, exclusive, in the direction of reading;
 *     it need not exist
 * @param limit at most so many items, 1 to 1000; a page may hold fewer and still not be the last
 */
public record Query(
    String pk, String from, String to, boolean descending, @Nullable String after, int limit) {

  /** The character that is greater than every other one in UTF-8. Ids may begin with it. */
  private static final String LAST = "\uDBFF\uDFFF";

  private static final int LAST_BYTES = 4;

  /**
   * Closes a range of keys that share a prefix: not less than anything that begins with an id,
   * which has 255 bytes at most.
   */
  public static final String HIGHEST = LAST.repeat(64);

  public static Query prefix(String pk, String prefix, int limit) {
    int room = Limits.SK_BYTES - Unicode.utf8Length(prefix);
    var end = room < LAST_BYTES * 64 ? LAST.repeat(room / LAST_BYTES) : HIGHEST;
    return new Query(pk, prefix, prefix + end, false, null, limit);
  }

  public Query startingAfter(@Nullable String sk) {
    return new Query(pk, from, to, descending, sk, limit);
  }

  public Query newestFirst() {
    return new Query(pk, from, to, true, after, limit);
  }
}
