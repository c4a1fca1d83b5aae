package crowd.core.run;

import crowd.core.store.Store;
import crowd.core.store.StoreUnavailableException;
import crowd.core.store.Write;
import crowd.core.store.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Tries again what another writer or a busy store got in the way of: six times at most. */
public record Attempts(Pause pause) {

  public static final int MOST = 6;

  /**
   * @param attempt reads, decides and writes; empty if it lost to another writer, or does not know
   * @throws StoreUnavailableException if the last attempt came to no end either
   */
  public <T> T until(Supplier<Optional<T>> attempt) {
    for (int failures = 0; failures < MOST; failures++) {
      if (failures > 0) {
        pause.after(failures);
      }
      var result = attempt.get();
      if (result.isPresent()) {
        return result.get();
      }
    }
    throw new StoreUnavailableException("no end within " + MOST + " attempts");
  }

  /**
   * Writes each until it has taken effect or its condition has failed. Only for writes that may be
   * repeated: once more must be the same as once.
   *
   * @throws StoreUnavailableException if one came to neither end
   */
  public void settle(Store store, List<? extends Write> writes) {
    if (writes.isEmpty()) {
      return;
    }
    var left = new ArrayList<Write>(writes);
    until(() -> {
      var outcomes = store.write(left);
      var unsettled = new ArrayList<Write>();
      for (int i = 0; i < outcomes.size(); i++) {
        if (!isSettled(outcomes.get(i))) {
          unsettled.add(left.get(i));
        }
      }
      left.clear();
      left.addAll(unsettled);
      return left.isEmpty() ? Optional.of(true) : Optional.empty();
    });
  }

  /** Whether its end is known for good: tried again, the write would end no better. */
  public static boolean isSettled(WriteOutcome outcome) {
    return switch (outcome) {
      case WriteOutcome.Written _, WriteOutcome.ConditionFailed _ -> true;
      case WriteOutcome.Conflict _, WriteOutcome.Throttled _, WriteOutcome.Unknown _ -> false;
    };
  }
}
