package crowd.local.stream;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.CRC32C;

/**
 * A record as it stands in a segment, big endian: {@code int} length of what follows the checksum,
 * {@code int} CRC-32C of it, {@code long} position in the log, {@code long} arrival in
 * milliseconds, {@code short} length of the partition key, the key in UTF-8, the data.
 *
 * <p>The position is in the frame although it follows from the file's name: so that a frame of
 * other days, left in a reused block of the disk, is not taken for a record.
 */
final class Frame {

  private static final int HEADER_BYTES = 8;
  private static final int FIXED_BYTES = 18;

  /** More than any record: a larger length is damage, and not to be allocated. */
  private static final int MAX_BODY_BYTES = 4 * 1024 * 1024;

  private Frame() {}

  static byte[] encode(long position, Instant arrivedAt, String partitionKey, ByteBuffer data) {
    var key = partitionKey.getBytes(StandardCharsets.UTF_8);
    int length = FIXED_BYTES + key.length + data.remaining();
    var frame = ByteBuffer.allocate(HEADER_BYTES + length);
    frame.putInt(length).putInt(0);
    frame.putLong(position).putLong(arrivedAt.toEpochMilli());
    frame.putShort((short) key.length).put(key).put(data);
    frame.putInt(4, checksum(frame.array(), HEADER_BYTES, length));
    return frame.array();
  }

  /**
   * Reads the frame at the file's pointer, and leaves the pointer behind it.
   *
   * @throws DamagedException if there is no whole and sound frame of this position
   */
  static StreamRecord read(RandomAccessFile file, long position)
      throws IOException, DamagedException {
    try {
      int length = file.readInt();
      int checksum = file.readInt();
      if (length < FIXED_BYTES || length > MAX_BODY_BYTES) {
        throw new DamagedException();
      }
      var body = new byte[length];
      file.readFully(body);
      var fields = ByteBuffer.wrap(body);
      if (checksum(body, 0, length) != checksum || fields.getLong() != position) {
        throw new DamagedException();
      }
      var arrivedAt = Instant.ofEpochMilli(fields.getLong());
      int keyLength = fields.getShort();
      var key = new String(body, fields.position(), keyLength, StandardCharsets.UTF_8);
      fields.position(fields.position() + keyLength);
      return new StreamRecord(SequenceNumber.of(position), key, arrivedAt, fields.slice());
    } catch (EOFException e) {
      throw new DamagedException();
    }
  }

  /** Passes the frame at the file's pointer, of which is known that it is whole. */
  static void skip(RandomAccessFile file) throws IOException {
    int length = file.readInt();
    file.seek(file.getFilePointer() + 4 + length);
  }

  private static int checksum(byte[] bytes, int offset, int length) {
    var crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  /** There is no sound frame here. Expected at the end of a log whose process was killed. */
  static final class DamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedException() {
      super(null, null, false, false);
    }
  }
}
