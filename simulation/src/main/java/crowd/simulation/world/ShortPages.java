package crowd.simulation.world;

import crowd.core.store.ForwardingStore;
import crowd.core.store.Page;
import crowd.core.store.Query;
import crowd.core.store.Store;

/**
 * A store whose pages hold little, as those of a real one do when its items are large: what takes
 * several pages happens in short histories.
 */
final class ShortPages extends ForwardingStore {

  private final int most;

  /**
   * @param most items of a page
   */
  ShortPages(Store store, int most) {
    super(store);
    this.most = most;
  }

  @Override
  public Page query(Query query) {
    return super.query(
        query.limit() <= most
            ? query
            : new Query(
                query.pk(), query.from(), query.to(), query.descending(), query.after(), most));
  }
}
