package crowd.core.store;

/**
 * What must hold of the stored item for a write to take effect. A closed list: each store has one
 * literal for each.
 */
public sealed interface Condition {

  /** Nothing: the write always takes effect. */
  record Always() implements Condition {}

  /** No item has this key. */
  record Absent() implements Condition {}

  /** The item exists and its {@link Attributes#REVISION} is this. */
  record RevisionIs(long revision) implements Condition {}

  /**
   * No item has this key, or the stored {@link Attributes#EPOCH} is smaller: an old writer must not
   * undo a newer one.
   */
  record AbsentOrOlder(long epoch) implements Condition {}

  /** The item is a copy from this {@link Attributes#ORIGIN}, written at this epoch or before. */
  record CopyUpTo(String origin, long epoch) implements Condition {}

  Condition ALWAYS = new Always();
  Condition ABSENT = new Absent();

  /**
   * The condition under which a row that was read at {@code revision} (0: it was absent) is still
   * the same.
   */
  static Condition unchangedSince(long revision) {
    return revision == 0 ? ABSENT : new RevisionIs(revision);
  }
}
