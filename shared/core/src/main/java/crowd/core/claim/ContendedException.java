package crowd.core.claim;

import crowd.core.store.StoreUnavailableException;

/**
 * So many claims of one user or anonymous id at once that this one lost every try. The store is
 * well; the same claim may be made again, later.
 */
public final class ContendedException extends StoreUnavailableException {

  private static final long serialVersionUID = 1L;

  ContendedException() {
    super("others were first each time");
  }
}
