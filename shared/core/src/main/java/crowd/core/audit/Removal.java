package crowd.core.audit;

import crowd.core.identity.Alias;
import crowd.core.run.Attempts;
import crowd.core.store.Condition;
import crowd.core.store.Store;
import crowd.core.store.Write;
import crowd.core.store.WriteOutcome;
import crowd.core.table.TableKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Removes rows that an alias does not back, if nothing was decided about it since it was read. */
record Removal(Store store, Attempts attempts) {

  /**
   * The epoch up to which rows may be removed. What a later decision makes has a greater one. An
   * alias that is not there has none to go by: its absence is made a condition instead.
   *
   * @param epoch of the row
   */
  static long upTo(Alias alias, long epoch) {
    return exists(alias) ? alias.epoch() : epoch;
  }

  private static boolean exists(Alias alias) {
    return alias.revision() > 0;
  }

  /**
   * @param deletes under the condition of {@link #upTo}
   */
  void remove(Alias alias, List<Write> deletes) {
    if (exists(alias)) {
      attempts.settle(store, deletes);
      return;
    }
    int most = Store.MAX_KEYS - 1;
    for (int from = 0; from < deletes.size(); from += most) {
      var writes = new ArrayList<Write>();
      writes.add(new Write.Delete(TableKeys.alias(alias.website(), alias.id()), Condition.ABSENT));
      writes.addAll(deletes.subList(from, Math.min(deletes.size(), from + most)));
      attempts.until(() ->
          switch (store.transact(writes)) {
            case WriteOutcome.Written(), WriteOutcome.ConditionFailed() -> Optional.of(true);
            case WriteOutcome.Conflict(), WriteOutcome.Throttled(), WriteOutcome.Unknown() ->
                Optional.empty();
          });
    }
  }
}
