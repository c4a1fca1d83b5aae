package crowd.local.eventsource;

import java.util.Set;

/**
 * A part of a stream, read in order.
 *
 * @param parents the shards that it came from: they are to be read to their ends first
 */
public record Shard(String id, Set<String> parents) {

  public Shard {
    parents = Set.copyOf(parents);
  }
}
