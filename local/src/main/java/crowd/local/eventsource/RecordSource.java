package crowd.local.eventsource;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A stream to be read from its oldest record, shard by shard. */
public interface RecordSource {

  /** All shards that there are, those closed by a split or a merge too. */
  List<Shard> shards() throws IOException;

  /** Reads a shard from its checkpoint; the caller closes it. */
  ShardReader open(String shardId) throws IOException;

  /** Calls back whenever there may be something new to read. */
  void onRecords(Runnable listener);

  /** How long to wait before reading again where no callback came. */
  Duration pollInterval();
}
