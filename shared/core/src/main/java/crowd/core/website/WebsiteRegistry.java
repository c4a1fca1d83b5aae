package crowd.core.website;

import crowd.core.identity.WebsiteId;
import crowd.core.run.Attempts;
import crowd.core.run.Pause;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Query;
import crowd.core.store.Store;
import crowd.core.store.Write;
import crowd.core.table.TableKeys;
import java.util.ArrayList;
import java.util.List;

/**
 * Which websites there are, for who goes through all of them: nothing may read the whole table. An
 * entry is written before its website, so that it may be one too many and never one too few.
 */
public record WebsiteRegistry(Store store) {

  private static final int PAGE = 1_000;

  /** Smaller than every website's id. */
  private static final String FIRST = "-";

  /** In the order of the ids. */
  public List<WebsiteId> all() {
    var ids = new ArrayList<WebsiteId>();
    var query = new Query(TableKeys.websitesPartition(), FIRST, Query.HIGHEST, false, null, PAGE);
    store.eachPage(query, items -> items.forEach(item -> ids.add(new WebsiteId(item.key().sk()))));
    return ids;
  }

  /**
   * @throws crowd.core.store.StoreUnavailableException if it may not have been written
   */
  void register(WebsiteId website) {
    new Attempts(Pause.NONE)
        .settle(
            store,
            List.of(new Write.Put(Item.at(TableKeys.registered(website)), Condition.ABSENT)));
  }
}
