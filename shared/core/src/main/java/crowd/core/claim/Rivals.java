package crowd.core.claim;

import crowd.core.run.Attempts;
import crowd.core.store.ForwardingStore;
import crowd.core.store.Store;
import crowd.core.store.Write;
import crowd.core.store.WriteOutcome;
import java.util.List;

/** The store as one claim uses it, which sees whether it is others that are in the way. */
final class Rivals extends ForwardingStore {

  private int lost;
  private boolean isBusy;

  Rivals(Store store) {
    super(store);
  }

  /** Whether each try was lost to another writer, and none to a store that was busy or silent. */
  boolean wonEachTime() {
    return lost >= Attempts.MOST && !isBusy;
  }

  private WriteOutcome seen(WriteOutcome outcome) {
    switch (outcome) {
      case WriteOutcome.Conflict _, WriteOutcome.ConditionFailed _ -> lost++;
      case WriteOutcome.Throttled _, WriteOutcome.Unknown _ -> isBusy = true;
      case WriteOutcome.Written _ -> {
        // Nobody was in the way.
      }
    }
    return outcome;
  }

  @Override
  public List<WriteOutcome> write(List<? extends Write> writes) {
    var outcomes = store.write(writes);
    outcomes.forEach(this::seen);
    return outcomes;
  }

  @Override
  public WriteOutcome transact(List<? extends Write> writes) {
    return seen(store.transact(writes));
  }
}
