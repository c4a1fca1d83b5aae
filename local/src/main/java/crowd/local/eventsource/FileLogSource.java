package crowd.local.eventsource;

import crowd.local.stream.FileLog;
import crowd.local.stream.LogReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The log of the local run as a stream of one shard. */
public final class FileLogSource implements RecordSource {

  static final String SHARD = "shardId-000000000000";

  private final FileLog log;
  private final String readerName;

  /**
   * @param readerName names the checkpoint, which outlives the run
   */
  public FileLogSource(FileLog log, String readerName) {
    this.log = log;
    this.readerName = readerName;
  }

  @Override
  public List<Shard> shards() {
    return List.of(new Shard(SHARD, Set.of()));
  }

  @Override
  public ShardReader open(String shardId) throws IOException {
    return new Reader(log.reader(readerName));
  }

  @Override
  public void onRecords(Runnable listener) {
    log.onAppend(listener);
  }

  /** The log calls back at every append: this is for nothing but a lost call. */
  @Override
  public Duration pollInterval() {
    return Duration.ofSeconds(10);
  }

  private record Reader(LogReader log) implements ShardReader {

    @Override
    public Read read(int max) throws IOException {
      var records = log.read(max);
      return new Read(records, records.isEmpty() ? Rest.NOTHING_YET : Rest.MORE);
    }

    @Override
    public void checkpoint(String sequenceNumber) throws IOException {
      log.checkpoint(sequenceNumber);
    }

    @Override
    public void close() throws IOException {
      log.close();
    }
  }
}
