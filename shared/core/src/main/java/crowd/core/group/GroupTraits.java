package crowd.core.group;

import crowd.core.identity.GroupId;
import crowd.core.identity.WebsiteId;
import crowd.core.message.Message;
import crowd.core.observe.Counter;
import crowd.core.observe.Metrics;
import crowd.core.run.Attempts;
import crowd.core.store.Store;
import crowd.core.store.WriteOutcome;
import crowd.core.table.GroupRow;
import crowd.core.table.Table;
import crowd.core.traits.Traits;
import java.util.Collection;
import java.util.Optional;

/** Joins what messages say of a group into its traits, whoever sent them. */
public final class GroupTraits {

  private final Store store;
  private final Table table;
  private final Attempts attempts;
  private final Metrics metrics;

  public GroupTraits(Store store, Attempts attempts, Metrics metrics) {
    this.store = store;
    this.table = new Table(store);
    this.attempts = attempts;
    this.metrics = metrics;
  }

  /**
   * Reads only if there are traits, writes only if they change something.
   *
   * @param messages of this group
   */
  public void join(WebsiteId website, GroupId id, Collection<Message> messages) {
    var written = messages.stream().map(Traits::ofGroup).reduce(Traits.NONE, Traits::join);
    if (!written.equals(Traits.NONE)) {
      attempts.until(() -> attempt(website, id, written));
    }
  }

  private Optional<Boolean> attempt(WebsiteId website, GroupId id, Traits written) {
    var group = table.group(website, id);
    var joined = group.traits().join(written);
    if (joined.equals(group.traits())) {
      return Optional.of(true);
    }
    if (joined.isTooLarge()) {
      // Nobody is there to be told: it was acknowledged long ago.
      metrics.add(Counter.REFUSED_GROUP_TRAITS);
      return Optional.of(false);
    }
    return store.write(GroupRow.write(group.withTraits(joined))) instanceof WriteOutcome.Written
        ? Optional.of(true)
        : Optional.empty();
  }
}
