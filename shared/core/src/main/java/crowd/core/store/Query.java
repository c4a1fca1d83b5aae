package crowd.core.store;

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

  /** Greater than every other character in UTF-8: closes a range of keys that share a prefix. */
  public static final String HIGHEST = "\uDBFF\uDFFF";

  public static Query prefix(String pk, String prefix, int limit) {
    return new Query(pk, prefix, prefix + HIGHEST, false, null, limit);
  }

  public Query startingAfter(@Nullable String sk) {
    return new Query(pk, from, to, descending, sk, limit);
  }

  public Query newestFirst() {
    return new Query(pk, from, to, true, after, limit);
  }
}
