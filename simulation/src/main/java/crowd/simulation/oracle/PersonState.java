package crowd.simulation.oracle;

import crowd.core.store.Item;
import org.jspecify.annotations.Nullable;

/**
 * What a user's row says of who he is, read by the names of its attributes.
 *
 * @param mergedInto another user; null for none
 */
public record PersonState(boolean isThere, @Nullable String mergedInto) {

  static final PersonState NOTHING = new PersonState(false, null);

  static PersonState of(@Nullable Item row) {
    return row == null ? NOTHING : new PersonState(true, AliasState.text(row, "merged_into"));
  }
}
