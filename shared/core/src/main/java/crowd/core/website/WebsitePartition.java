package crowd.core.website;

import crowd.core.identity.WebsiteId;
import crowd.core.store.Item;
import crowd.core.store.Query;
import crowd.core.store.Store;
import crowd.core.table.TableKeys;
import java.util.ArrayList;
import java.util.List;

/** The rows of a website: itself and its keys. */
final class WebsitePartition {

  private static final int PAGE = 1_000;

  private WebsitePartition() {}

  /** A strong read of all: one query, unless there are very many keys. */
  static List<Item> read(Store store, WebsiteId id) {
    var all =
        new Query(
            TableKeys.websitePartition(id),
            TableKeys.SELF,
            TableKeys.SERVER_KEYS + Query.HIGHEST,
            false,
            null,
            PAGE);
    var items = new ArrayList<Item>();
    store.eachPage(all, items::addAll);
    return items;
  }
}
