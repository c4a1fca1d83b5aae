package crowd.simulation.oracle;

import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.simulation.oracle.Violation.Kind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every committed copy: a writer of an earlier epoch may not undo what a later one made. */
public final class CopyLog {

  private final Findings findings;
  private final Map<Key, Long> epochs = new HashMap<>();

  public CopyLog(Findings findings) {
    this.findings = findings;
  }

  /** To be called after each write that may have changed the row. */
  public void note(Key key, @Nullable Item row) {
    if (row == null) {
      epochs.remove(key);
      return;
    }
    long epoch = AliasState.number(row, "epoch", 0);
    var before = epochs.put(key, epoch);
    findings.require(
        before == null || before <= epoch,
        Kind.OTHER,
        () -> key + " of epoch " + before + " was overwritten by a writer of epoch " + epoch);
  }
}
