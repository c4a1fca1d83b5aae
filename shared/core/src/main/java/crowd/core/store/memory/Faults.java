package crowd.core.store.memory;

import crowd.core.store.Key;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What goes wrong in an {@link InMemoryStore}, and what happens meanwhile. The store consults it at
 * each step; a step is what takes effect at one moment:
 *
 * <ul>
 *   <li>each key of a get, each write of a list, each item of a putAll on its own;
 *   <li>a page of a query or an index query;
 *   <li>a transaction.
 * </ul>
 *
 * <p>No method is called with the store locked: a hook may call the store, or a use case that does.
 * What a hook throws ends the caller's call there, like a crash of the caller: steps before it have
 * taken effect.
 */
public interface Faults {

  Faults NONE = new Faults() {};

  enum Operation {
    GET,
    QUERY,
    INDEX_QUERY,
    WRITE,
    TRANSACT,
    PUT_ALL
  }

  /**
   * @param keys those that are read or written; none for an index query; for a query the partition
   *     and the start of its range. In the order of the call: a run that repeats another must not
   *     depend on the order of a set
   */
  record Step(Operation operation, Set<Key> keys) {
    public Step {
      keys =
          keys.size() < 2
              ? Set.copyOf(keys)
              : Collections.unmodifiableSet(new LinkedHashSet<>(keys));
    }
  }

  /**
   * How a step ends. Reads know only {@code NORMAL}: with any other they throw {@link
   * crowd.core.store.StoreUnavailableException}. An item of a putAll with any other is among the
   * leftovers.
   */
  enum Fate {
    NORMAL,
    /** Not applied, and the caller is told: no capacity. */
    THROTTLED,
    /** Not applied, and the caller is told: a transaction was under way. */
    CONFLICT,
    /** Not applied; the caller gets no answer. */
    REQUEST_LOST,
    /** Applied; the caller gets no answer. */
    REPLY_LOST,
    /** The caller gets no answer; applied at {@link InMemoryStore#landLate}, condition and all. */
    LATE,
    /**
     * Of a transaction only: applied, but readers see its items appear one after another, with
     * {@link #between} after each. Writes to them meanwhile answer {@code Conflict}.
     */
    PIECEMEAL
  }

  /** Before the step: nothing of it has taken effect. */
  default void before(Step step) {}

  /** After the step has taken effect, before its caller knows. */
  default void after(Step step) {}

  /** After each item but the last of a transaction whose fate is {@code PIECEMEAL}. */
  default void between(Step transaction, Key shown) {}

  default Fate fate(Step step) {
    return Fate.NORMAL;
  }

  /**
   * Whether the indexes go on showing the old state of an item that is now written, until {@link
   * InMemoryStore#catchUpIndexes} or its next write.
   */
  default boolean indexLags(Key key) {
    return false;
  }
}
