package crowd.core.stream;

import crowd.core.identity.WebsiteId;
import crowd.core.message.Message;
import java.util.List;

/**
 * What one request puts on the stream: all its accepted messages, in one record.
 *
 * @param messages at least one
 */
public record Envelope(WebsiteId website, List<Message> messages) {

  public Envelope {
    messages = List.copyOf(messages);
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("an envelope without a message");
    }
  }

  /**
   * What spreads records over the stream's shards: one visitor with very many events must not fill
   * one shard, so it is not his id.
   */
  public String spread() {
    return messages.getFirst().messageId();
  }
}
