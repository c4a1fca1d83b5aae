package crowd.local.eventsource;

import crowd.local.stream.StreamRecord;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records that go to the function together, and how that went so far.
 *
 * @param records at least one, in the order of the shard
 * @param retries how often just these were tried again
 * @param invocations how often the function was called with them, or with a batch that they were in
 * @param lastInvocation null before the first
 */
record Batch(
    List<StreamRecord> records, int retries, int invocations, @Nullable Invocation lastInvocation) {

  static Batch of(List<StreamRecord> records) {
    return new Batch(List.copyOf(records), 0, 0, null);
  }

  Optional<Invocation> last() {
    return Optional.ofNullable(lastInvocation);
  }

  int size() {
    return records.size();
  }

  String lastSequenceNumber() {
    return records.getLast().sequenceNumber();
  }

  Batch after(Invocation invocation) {
    return new Batch(records, retries, invocations + 1, invocation);
  }

  Batch again() {
    return new Batch(records, retries + 1, invocations, lastInvocation);
  }

  /** A part of it; to split a batch is no retry. */
  Batch part(int from, int to) {
    return new Batch(List.copyOf(records.subList(from, to)), retries, invocations, lastInvocation);
  }

  /** What is left when the first ones succeeded: another batch, whose retries start anew. */
  Batch from(int index) {
    return new Batch(List.copyOf(records.subList(index, size())), 0, invocations, lastInvocation);
  }
}
