package crowd.core.project;

import crowd.core.identity.WebsiteId;
import crowd.core.message.Message;
import crowd.core.run.Attempts;
import crowd.core.store.Key;
import crowd.core.store.Store;
import crowd.core.store.Write;
import crowd.core.table.MarkerRow;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Gives a message that has an id but no timestamp the time of its first arrival as its key, so that
 * it is one event however often and however much later it is sent again.
 */
record FirstArrivals(Store store, Attempts attempts) {

  /** The same messages, in the same order. */
  List<Message> timed(WebsiteId website, Collection<Message> messages) {
    var first = new LinkedHashMap<Key, Message>();
    for (var message : messages) {
      if (message.untimed()) {
        first.merge(MarkerRow.key(website, message), message, FirstArrivals::earlier);
      }
    }
    if (first.isEmpty()) {
      return List.copyOf(messages);
    }
    var timestamps = timestamps(website, first);
    return messages.stream()
        .map(message ->
            message.untimed()
                ? message.at(
                    Objects.requireNonNull(timestamps.get(MarkerRow.key(website, message))))
                : message)
        .toList();
  }

  private Map<Key, Instant> timestamps(WebsiteId website, Map<Key, Message> first) {
    attempts.settle(
        store,
        first.values().stream().<Write>map(message -> MarkerRow.write(website, message)).toList());
    var timestamps = new HashMap<Key, Instant>();
    store.getAll(first.keySet()).forEach((key, item) -> timestamps.put(key, MarkerRow.read(item)));
    return timestamps;
  }

  private static Message earlier(Message a, Message b) {
    return a.receivedAt().isAfter(b.receivedAt()) ? b : a;
  }
}
