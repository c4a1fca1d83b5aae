package crowd.simulation.world;

import crowd.core.stream.Envelope;
import crowd.core.stream.EnvelopeJson;
import crowd.simulation.oracle.Attempt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record on the stream. */
final class StreamRecord {

  private final String sequenceNumber;
  private final long arrivedAt;
  private final byte[] bytes;
  private final List<Attempt> attempts;
  private @Nullable Envelope envelope;
  private int deliveries;
  private @Nullable String ownersWhenDone;

  /**
   * @param arrivedAt milliseconds
   * @param attempts what is in it; none if it can never be understood
   */
  StreamRecord(String sequenceNumber, long arrivedAt, byte[] bytes, List<Attempt> attempts) {
    this.sequenceNumber = sequenceNumber;
    this.arrivedAt = arrivedAt;
    this.bytes = bytes;
    this.attempts = List.copyOf(attempts);
  }

  String sequenceNumber() {
    return sequenceNumber;
  }

  long arrivedAt() {
    return arrivedAt;
  }

  byte[] bytes() {
    return bytes;
  }

  /**
   * What the bytes say: read once, for every delivery brings the same.
   *
   * @throws IllegalArgumentException if they can never be understood
   */
  Envelope envelope() {
    var read = envelope;
    if (read == null) {
      read = EnvelopeJson.read(bytes);
      envelope = read;
    }
    return read;
  }

  List<Attempt> attempts() {
    return attempts;
  }

  /** How often it has been taken off the stream. */
  int deliveries() {
    return deliveries;
  }

  void delivered() {
    deliveries++;
  }

  /** Notes whose its anonymous ids were when the consumer had done with it. */
  void done(String owners) {
    ownersWhenDone = owners;
  }

  @Nullable String ownersWhenDone() {
    return ownersWhenDone;
  }
}
