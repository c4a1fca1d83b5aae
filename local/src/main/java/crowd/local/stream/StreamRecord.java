package crowd.local.stream;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * A record as a stream gives it back.
 *
 * @param sequenceNumber decimal; grows within a shard
 * @param arrivedAt milliseconds
 * @param data read only
 */
public record StreamRecord(
    String sequenceNumber, String partitionKey, Instant arrivedAt, ByteBuffer data) {

  public StreamRecord {
    data = data.asReadOnlyBuffer();
  }

  /** A view of its own for every reader, so that reading moves nobody else's position. */
  @Override
  public ByteBuffer data() {
    return data.duplicate();
  }

  /** The data, copied. */
  public byte[] bytes() {
    var bytes = new byte[data.remaining()];
    data().get(bytes);
    return bytes;
  }
}
