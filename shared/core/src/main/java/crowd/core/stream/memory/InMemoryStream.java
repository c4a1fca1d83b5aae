package crowd.core.stream.memory;

import crowd.core.stream.AppendOutcome;
import crowd.core.stream.Envelope;
import crowd.core.stream.EnvelopeJson;
import crowd.core.stream.Stream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;

/**
 * A stream in memory, which fails when it is told to.
 *
 * <p>Holds records as bytes and decodes them again for who reads, so that nothing passes here that
 * a real stream would lose.
 */
public final class InMemoryStream implements Stream {

  /** What can happen to one append. */
  public enum Fault {
    /** Refused for want of capacity. */
    THROTTLED,
    /** No answer, and the record did not get on the stream. */
    UNKNOWN_BEFORE,
    /** No answer, although the record is on the stream. */
    UNKNOWN_AFTER
  }

  private final List<byte[]> records = new ArrayList<>();
  private final Queue<Fault> faults = new ArrayDeque<>();

  /** The next appends end like this, one each; those after them succeed. */
  public synchronized void fail(Fault... next) {
    Collections.addAll(faults, next);
  }

  @Override
  public synchronized AppendOutcome append(Envelope envelope) {
    var bytes = EnvelopeJson.writeRecord(envelope);
    return switch (faults.poll()) {
      case null -> {
        records.add(bytes);
        yield AppendOutcome.APPENDED;
      }
      case THROTTLED -> AppendOutcome.THROTTLED;
      case UNKNOWN_BEFORE -> AppendOutcome.UNKNOWN;
      case UNKNOWN_AFTER -> {
        records.add(bytes);
        yield AppendOutcome.UNKNOWN;
      }
    };
  }

  /** What is on the stream, oldest first. */
  public synchronized List<Envelope> records() {
    return records.stream().map(EnvelopeJson::read).toList();
  }

  /** Takes everything off the stream, oldest first. */
  public synchronized List<Envelope> drain() {
    var drained = records();
    records.clear();
    return drained;
  }
}
