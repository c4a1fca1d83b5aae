package crowd.simulation.oracle;

import crowd.core.store.Item;
import org.jspecify.annotations.Nullable;

/**
 * What a user's row says of who he is, read by the names of its attributes.
 *
 * @param isThere whether there is a row
 * @param mergedInto another user; null for none
 * @param erasedAt milliseconds; {@link Long#MIN_VALUE} if he was never erased, as the row says
 * @param isTombstone whether nobody new has come since
 */
public record PersonState(
    boolean isThere, @Nullable String mergedInto, long erasedAt, boolean isTombstone) {

  static final PersonState NOTHING = new PersonState(false, null, Long.MIN_VALUE, false);

  static PersonState of(@Nullable Item row) {
    return row == null
        ? NOTHING
        : new PersonState(
            true,
            AliasState.text(row, "merged_into"),
            AliasState.number(row, "erased_at", Long.MIN_VALUE),
            AliasState.number(row, "erased", 0) != 0);
  }

  /** Whether there is such a user for readers. */
  public boolean isAlive() {
    return isThere && !isTombstone;
  }
}
