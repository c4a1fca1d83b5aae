package crowd.simulation.explore;

import crowd.core.store.IndexPage;
import crowd.core.store.Item;
import crowd.core.store.Page;
import crowd.core.store.WriteOutcome;
import crowd.core.stream.AppendOutcome;
import org.jspecify.annotations.Nullable;

/** What a process learns by a step. */
sealed interface Reply {

  /**
   * @param item null if there is none
   */
  record Found(@Nullable Item item) implements Reply {}

  record Paged(Page page) implements Reply {}

  record Indexed(IndexPage page) implements Reply {}

  record Ended(WriteOutcome outcome) implements Reply {}

  record Appended(AppendOutcome outcome) implements Reply {}

  /** Nobody is in the way any more. */
  record Resumed() implements Reply {}

  /** A read that got no answer. */
  record Unanswered() implements Reply {}
}
