package crowd.local.stream;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a {@link FileLog} from where it stopped. For one thread. */
public final class LogReader implements AutoCloseable {

  /** Bytes after which a read ends early, as a read of Kinesis does. */
  private static final int READ_BYTES = 10 * 1024 * 1024;

  private final FileLog log;
  private final CheckpointFile checkpoint;
  private final String name;
  private long position;

  private @Nullable RandomAccessFile file;
  private long filePosition;
  private long fileFirst;

  LogReader(FileLog log, CheckpointFile checkpoint, String name, long done) {
    this.log = log;
    this.checkpoint = checkpoint;
    this.name = name;
    this.position = done + 1;
  }

  /**
   * The next records, without waiting for any.
   *
   * @return at most so many; none if there are no more for now
   * @throws IOException if the log cannot be read, or is damaged
   */
  public List<StreamRecord> read(int max) throws IOException {
    var records = new ArrayList<StreamRecord>();
    long end = log.nextPosition();
    int bytes = 0;
    while (position < end && records.size() < max && bytes < READ_BYTES) {
      var record = next();
      bytes += record.data().remaining();
      records.add(record);
      position++;
    }
    return records;
  }

  /**
   * This reader is done with the record and all before it, for ever: they may be deleted.
   *
   * @param sequenceNumber of a record that was read
   */
  public void checkpoint(String sequenceNumber) throws IOException {
    long done = SequenceNumber.position(sequenceNumber);
    checkpoint.write(done);
    log.passed(name, done);
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
      file = null;
    }
  }

  private StreamRecord next() throws IOException {
    var path = log.segmentOf(position);
    var from = file;
    if (from == null || Segment.firstPosition(path) != fileFirst) {
      close();
      from = new RandomAccessFile(path.toFile(), "r");
      file = from;
      fileFirst = Segment.firstPosition(path);
      filePosition = fileFirst;
    }
    while (filePosition < position) {
      Frame.skip(from);
      filePosition++;
    }
    long start = from.getFilePointer();
    try {
      var record = Frame.read(from, position);
      filePosition++;
      return record;
    } catch (Frame.DamagedException e) {
      from.seek(start);
      throw new IOException(path + " is damaged at byte " + start, e);
    }
  }
}
