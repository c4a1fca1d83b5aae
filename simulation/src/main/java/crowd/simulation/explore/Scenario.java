package crowd.simulation.explore;

import crowd.core.identity.AnonymousId;
import crowd.core.identity.WebsiteId;
import crowd.core.table.TableKeys;
import java.util.List;

/**
 * What is explored.
 *
 * @param before asks that are done with before the others begin, one after the other
 * @param asks all at once
 * @param limits how much may go wrong
 * @param rules what must be true
 */
record Scenario(String name, List<Ask> before, List<Ask> asks, Limits limits, Rules rules) {

  static final String WEBSITE = "shop";

  /** Most items of a page of a partition: so that a few take more than one. */
  static final int PAGE = 2;

  Scenario {
    name += limits.told();
    before = List.copyOf(before);
    asks = List.copyOf(asks);
  }

  /** How the writes of a transaction appear to others. */
  enum Appearance {
    AT_ONCE,
    AS_LISTED,
    IN_ANY_ORDER
  }

  /**
   * How often each may happen in one history.
   *
   * @param failures steps of the store or the stream that fail
   * @param reconcilers that run beside others
   * @param keepsDirectory whether a rule looks at the directory: its rows are then steps like all
   */
  record Limits(
      int crashes,
      int duplicates,
      int failures,
      int reconcilers,
      Appearance appearance,
      boolean keepsDirectory) {

    /** Nothing goes wrong, and one reconciler runs beside the others. */
    static final Limits NONE = new Limits(0, 0, 0, 1, Appearance.AS_LISTED, false);

    /** For the name of a scenario. */
    String told() {
      return (crashes > 0 ? ", crash" : "")
          + (duplicates > 0 ? ", duplicate" : "")
          + (failures > 0 ? ", failure" : "")
          + (reconcilers > 0 ? "" : ", no reconciler")
          + switch (appearance) {
            case AT_ONCE -> ", whole transactions";
            case AS_LISTED -> "";
            case IN_ANY_ORDER -> ", transactions in any order";
          };
    }

    Limits crash() {
      return new Limits(1, duplicates, failures, reconcilers, appearance, keepsDirectory);
    }

    Limits duplicate() {
      return new Limits(crashes, 1, failures, reconcilers, appearance, keepsDirectory);
    }

    Limits failure() {
      return new Limits(crashes, duplicates, 1, reconcilers, appearance, keepsDirectory);
    }

    Limits appearing(Appearance other) {
      return new Limits(crashes, duplicates, failures, reconcilers, other, keepsDirectory);
    }

    Limits directory() {
      return new Limits(crashes, duplicates, failures, reconcilers, appearance, true);
    }

    Limits noReconciler() {
      return new Limits(crashes, duplicates, failures, 0, appearance, keepsDirectory);
    }
  }

  /** All asks, those of before first. */
  List<Ask> all() {
    return java.util.stream.Stream.concat(before.stream(), asks.stream()).toList();
  }

  /** The bucket in which the work of every id of the scenarios waits. */
  static final String BUCKET = TableKeys.dueBucket(0);

  /** An anonymous id that waits in {@link #BUCKET}. */
  static String browser(String name) {
    for (int i = 0; ; i++) {
      var partition =
          TableKeys.anonymousPartition(new WebsiteId(WEBSITE), new AnonymousId(name + i));
      if (TableKeys.dueBucket(partition).equals(BUCKET)) {
        return name + i;
      }
    }
  }

  /** Likewise a user. */
  static String user(String name) {
    for (int i = 0; ; i++) {
      if (TableKeys.dueBucket(WEBSITE + "#u#" + name + i).equals(BUCKET)) {
        return name + i;
      }
    }
  }
}
