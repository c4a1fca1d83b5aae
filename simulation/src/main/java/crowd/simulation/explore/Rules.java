package crowd.simulation.explore;

import crowd.core.store.Item;
import crowd.core.store.Store;
import crowd.simulation.oracle.Browser;
import crowd.simulation.oracle.Violation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What must be true of every history. Nothing here may depend on more than what it is given. */
interface Rules {

  /** An alias's row changed. */
  default Optional<Violation> changed(
      Browser browser, @Nullable Item before, @Nullable Item after, Past past) {
    return Optional.empty();
  }

  /**
   * A client is told how his ask ended, in this moment.
   *
   * @param ask its place
   */
  default Optional<Violation> answered(int ask, Past past, List<Item> rows, Store store) {
    return Optional.empty();
  }

  /** Everything has come to rest. */
  Optional<Violation> ended(Past past, List<Item> rows, Store store);

  /** Both. */
  default Rules and(Rules other) {
    var one = this;
    return new Rules() {
      @Override
      public Optional<Violation> changed(
          Browser browser, @Nullable Item before, @Nullable Item after, Past past) {
        return one.changed(browser, before, after, past)
            .or(() -> other.changed(browser, before, after, past));
      }

      @Override
      public Optional<Violation> answered(int ask, Past past, List<Item> rows, Store store) {
        return one.answered(ask, past, rows, store)
            .or(() -> other.answered(ask, past, rows, store));
      }

      @Override
      public Optional<Violation> ended(Past past, List<Item> rows, Store store) {
        return one.ended(past, rows, store).or(() -> other.ended(past, rows, store));
      }
    };
  }
}
