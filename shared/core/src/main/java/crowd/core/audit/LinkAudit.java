package crowd.core.audit;

import crowd.core.identity.Alias;
import crowd.core.observe.Counter;
import crowd.core.profile.Link;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.Store;
import crowd.core.store.Write;
import crowd.core.table.LinkRow;
import crowd.core.table.TableKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a person's links and the aliases say the same. */
final class LinkAudit {

  private final Store store;
  private final Removal removal;

  LinkAudit(Store store, Removal removal) {
    this.store = store;
    this.removal = removal;
  }

  /**
   * Links to ids of others or of nobody are removed. Ids of the person without a link are counted
   * only: what made the link is not known any more.
   */
  Report check(PersonAudit.Person person) {
    long stray = 0;
    for (var link : person.links()) {
      var alias = person.aliases().get(link.anonymousId());
      if (alias != null && !alias.ownedBy(person.user()) && isStored(link)) {
        removal.remove(alias, List.of(delete(link, alias)));
        stray++;
      }
    }
    return Report.of(Counter.STRAY_LINKS, stray)
        .plus(Report.of(Counter.MISSING_LINKS, missing(person)));
  }

  private boolean isStored(Link link) {
    var key = key(link);
    return Optional.ofNullable(store.get(List.of(key)).get(key))
        .map(item -> read(link, item))
        .equals(Optional.of(link));
  }

  private static Link read(Link link, Item item) {
    return LinkRow.read(link.website(), link.user(), item);
  }

  /**
   * Unless the id has been linked again since the alias was read: the new link's epoch is later.
   */
  private static Write delete(Link link, Alias alias) {
    return new Write.Delete(
        key(link), new Condition.AbsentOrOlder(Removal.upTo(alias, link.epoch()) + 1));
  }

  private static Key key(Link link) {
    return TableKeys.link(link.website(), link.user(), link.anonymousId());
  }

  private long missing(PersonAudit.Person person) {
    var linked = person.linked();
    var missing = new ArrayList<Key>();
    for (var alias : person.aliases().values()) {
      if (alias.ownedBy(person.user()) && !linked.contains(alias.id())) {
        missing.add(TableKeys.link(person.website(), person.user(), alias.id()));
      }
    }
    return (long) missing.size() - store.getAll(missing).size();
  }
}
