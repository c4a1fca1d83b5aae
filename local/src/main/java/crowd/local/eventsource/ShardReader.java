package crowd.local.eventsource;

import crowd.local.stream.StreamRecord;
import java.io.IOException;
import java.util.List;

/** Reads one shard, forward. For one thread. */
public interface ShardReader extends AutoCloseable {

  /** What lies behind the records of one read. */
  enum Rest {
    /** There may be more at once. */
    MORE,
    /** Nothing was there when it was read. */
    NOTHING_YET,
    /** The shard is closed and this is its end. */
    NOTHING_EVER
  }

  /** What one read found. */
  record Read(List<StreamRecord> records, Rest rest) {
    public Read {
      records = List.copyOf(records);
    }
  }

  /** The next records, at most so many, without waiting for any. */
  Read read(int max) throws IOException;

  /** All up to this record is done with, for ever. */
  void checkpoint(String sequenceNumber) throws IOException;

  @Override
  void close() throws IOException;
}
