package crowd.simulation.explore;

import crowd.core.store.IndexQuery;
import crowd.core.store.Key;
import crowd.core.store.Query;
import crowd.core.store.Write;
import java.util.List;

/** One step that a process asks for. */
sealed interface Call {

  /** Reads one item; several keys of one read are several steps. */
  record Get(Key key) implements Call {}

  /** Reads a page of a partition. */
  record Read(Query query) implements Call {}

  /** Reads a page of an index. */
  record ReadIndex(IndexQuery query) implements Call {}

  /** Writes one item; several of one call are several steps. */
  record Change(Write write) implements Call {}

  /** Writes all or none; others see the items appear one after another. */
  record Transact(List<Write> writes) implements Call {
    public Transact {
      writes = List.copyOf(writes);
    }
  }

  /**
   * Puts a record on the stream.
   *
   * @param record its text
   */
  record Append(String record) implements Call {}

  /** Waits until nobody is in its way. */
  record BackOff() implements Call {}

  /** Comes to its end: what it did so far is acknowledged by this step. */
  record End(Answer answer) implements Call {}
}
