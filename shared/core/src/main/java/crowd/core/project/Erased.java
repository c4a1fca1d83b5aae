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
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

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
    var users = new LinkedHashSet<UserId>();
    var ids = new LinkedHashSet<AnonymousId>();
    for (var message : messages) {
      if (!message.receivedAt().isAfter(young)) {
        message.user().ifPresent(users::add);
        message.anonymous().ifPresent(ids::add);
      }
    }
    var erasures = ledger.erasures(website, users, ids);
    return messages.stream().map(message -> fate(message, erasures)).toList();
  }

  private static Fate fate(Message message, Ledger.Erasures erasures) {
    var receivedAt = message.receivedAt();
    boolean userErased = message.user().filter(user -> erasures.took(user, receivedAt)).isPresent();
    boolean idErased = message.anonymous().filter(id -> erasures.took(id, receivedAt)).isPresent();
    if (userErased || (idErased && message.user().isEmpty())) {
      return Fate.GOES;
    }
    return idErased ? Fate.STAYS_WITHOUT_CLAIM : Fate.STAYS;
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
