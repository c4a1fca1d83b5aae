package crowd.core.store;

/**
 * The attribute names that the table itself works with: conditions, indexes, expiry. The others
 * stand with their rows.
 */
public final class Attributes {

  /** Text. The key's partition part; never among an item's attributes. */
  public static final String PK = "pk";

  /** Text. The key's sort part; never among an item's attributes. */
  public static final String SK = "sk";

  /**
   * Number. Counts the writes of a row that is changed by compare-and-set (alias, profile, job); 1
   * at the first.
   */
  public static final String REVISION = "rev";

  /**
   * Number. On an alias the count of decisions about it; on a copy or a link the alias's epoch when
   * it was written.
   */
  public static final String EPOCH = "epoch";

  /**
   * Text. On an event in a user's partition: the anonymous id that it was copied from, or {@code U}
   * if it arrived with the user id.
   */
  public static final String ORIGIN = "origin";

  /**
   * Text. Hash key of the index of work that waits: {@code P#0} to {@code P#15}. Only pending
   * aliases and open jobs have it.
   */
  public static final String DUE_IN = "due_in";

  /** Number, epoch milliseconds. Range key of that index: when the reconciler shall look. */
  public static final String DUE = "due";

  /** Text. Hash key of the index of profiles by last seen: the website. */
  public static final String SEEN_IN = "seen_in";

  /** Number, epoch milliseconds. Range key of that index. */
  public static final String LAST_SEEN = "last_seen";

  /**
   * Number, epoch <em>seconds</em>, as the store's expiry demands. Never read by a decision: see
   * {@code expires}.
   */
  public static final String TTL = "ttl";

  private Attributes() {}
}
