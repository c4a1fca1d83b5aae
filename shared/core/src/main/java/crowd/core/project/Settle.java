package crowd.core.project;

import crowd.core.identity.Alias;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.CopyState;
import crowd.core.identity.WebsiteId;
import crowd.core.message.Message;
import crowd.core.observe.Counter;
import crowd.core.observe.Metrics;
import crowd.core.run.Attempts;
import crowd.core.store.Store;
import crowd.core.store.Write;
import crowd.core.table.EventRow;
import crowd.core.table.Table;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Brings events that have just been put under their anonymous id into its owner's timeline.
 *
 * <p>Must begin after the puts were acknowledged. Then no event is stranded: either this reads the
 * owner, or the link came later, and with it a backfill whose query sees the event.
 */
public final class Settle {

  private final Store store;
  private final Table table;
  private final Attempts attempts;
  private final Metrics metrics;

  public Settle(Store store, Attempts attempts, Metrics metrics) {
    this.store = store;
    this.table = new Table(store);
    this.attempts = attempts;
    this.metrics = metrics;
  }

  /**
   * @param messages anonymous events of this id, stored
   * @return the owner's alias; empty if the id is nobody's
   */
  public Optional<Alias> settle(WebsiteId website, AnonymousId id, Collection<Message> messages) {
    return attempts.until(() -> attempt(website, id, messages));
  }

  /** Empty if the alias changed meanwhile. */
  private Optional<Optional<Alias>> attempt(
      WebsiteId website, AnonymousId id, Collection<Message> messages) {
    var alias = table.alias(website, id);
    attempts.settle(
        store, Erased.removals(website, messages.stream().filter(alias::hasErased).toList()));
    if (alias.owner().isEmpty()) {
      return Optional.of(Optional.empty());
    }
    if (alias.copies() == CopyState.LAZY) {
      return Optional.of(Optional.of(alias));
    }
    var owner = alias.owner().get();
    var owned = messages.stream().filter(event -> alias.owns(event)).toList();
    if (owned.isEmpty()) {
      return Optional.of(Optional.of(alias));
    }
    attempts.settle(
        store,
        owned.stream()
            .<Write>map(event -> EventRow.putCopy(website, owner, id, event, alias.epoch()))
            .toList());
    var current = table.alias(website, id);
    if (current.isOfSameDecision(alias)) {
      metrics.add(Counter.COPIED_EVENTS, owned.size());
      return Optional.of(Optional.of(alias));
    }
    takeBack(alias, owned, current);
    return Optional.empty();
  }

  /** What belongs by the new decision, too, stays: a reader must not miss it for a moment. */
  private void takeBack(Alias alias, List<Message> copied, Alias current) {
    var owner = alias.owner().orElseThrow();
    attempts.settle(
        store,
        copied.stream()
            .filter(event -> !current.owns(owner, event))
            .<Write>map(event ->
                EventRow.deleteCopy(alias.website(), owner, alias.id(), event, alias.epoch()))
            .toList());
  }
}
