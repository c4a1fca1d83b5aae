package crowd.simulation.world;

import crowd.core.store.ForwardingStore;
import crowd.core.store.Key;
import crowd.core.store.Store;

/** A store that does what another does; subclasses break one thing. */
abstract class BrokenStore extends ForwardingStore {

  BrokenStore(Store store) {
    super(store);
  }

  static boolean isCopy(Key key) {
    return key.sk().startsWith("E#") && key.sk().contains("#=");
  }

  static boolean isAlias(Key key) {
    return key.pk().contains("#a#") && key.sk().equals("@");
  }
}
