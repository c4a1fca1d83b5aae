package crowd.core.project;

import crowd.core.erase.Ledger;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.message.Message;
import crowd.core.store.Condition;
import crowd.core.store.Key;
import crowd.core.store.Write;
import crowd.core.table.TableKeys;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Tells which old messages are of somebody who was erased since they were received. */
record Erased(Ledger ledger, InstantSource clock) {

  /** What happens to a message. */
  enum Fate {
    STAYS,
    /** Its user is there, but the anonymous id that it names was another's, who was erased. */
    STAYS_WITHOUT_CLAIM,
    GOES
  }

  /** Of each message, in order. Reads nothing where all are young. */
  List<Fate> fates(WebsiteId website, List<Message> messages) {
    var young = clock.instant().minus(Ledger.LOOKED_UP_AFTER);
    var ids = new LinkedHashSet<String>();
    for (var message : messages) {
      if (!message.receivedAt().isAfter(young)) {
        message.user().map(UserId::value).ifPresent(ids::add);
        message.anonymous().map(AnonymousId::value).ifPresent(ids::add);
      }
    }
    var erasures = ids.isEmpty() ? Map.<String, Instant>of() : ledger.erasures(website, ids);
    return messages.stream().map(message -> fate(message, erasures)).toList();
  }

  private static Fate fate(Message message, Map<String, Instant> erasures) {
    boolean userErased =
        message.user().map(UserId::value).filter(id -> erased(id, message, erasures)).isPresent();
    boolean idErased =
        message
            .anonymous()
            .map(AnonymousId::value)
            .filter(id -> erased(id, message, erasures))
            .isPresent();
    if (userErased || (idErased && message.user().isEmpty())) {
      return Fate.GOES;
    }
    return idErased ? Fate.STAYS_WITHOUT_CLAIM : Fate.STAYS;
  }

  private static boolean erased(String id, Message message, Map<String, Instant> erasures) {
    return !message.receivedAt().isAfter(erasures.getOrDefault(id, Instant.MIN));
  }

  /**
   * Removes what is stored of messages. Its key names its content, so nothing else is hit. The time
   * of an untimed one stays for sendings of after the erasure: its job knows whether there are any.
   */
  static List<Write> removals(WebsiteId website, Collection<Message> messages) {
    var keys = new LinkedHashSet<Key>();
    for (var message : messages) {
      if (message.isEvent()) {
        keys.add(TableKeys.event(website, message));
      }
    }
    return keys.stream().<Write>map(key -> new Write.Delete(key, Condition.ALWAYS)).toList();
  }
}
