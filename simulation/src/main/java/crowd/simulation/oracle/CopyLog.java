package crowd.simulation.oracle;

import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.simulation.oracle.Violation.Kind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every committed copy: a writer of an earlier epoch may not undo what a later one made, and nobody
 * may take away what readers still need.
 */
public final class CopyLog {

  private final DecisionLog decisions;
  private final ErasureLog erasures;
  private final Findings findings;
  private final Map<Key, Item> copies = new HashMap<>();

  public CopyLog(DecisionLog decisions, ErasureLog erasures, Findings findings) {
    this.decisions = decisions;
    this.erasures = erasures;
    this.findings = findings;
  }

  /** To be called after each write that may have changed the row. */
  public void note(Key key, @Nullable Item row) {
    var before = row == null ? copies.remove(key) : copies.put(key, row);
    if (before == null) {
      return;
    }
    if (row == null) {
      judgeRemoval(key, before);
      return;
    }
    findings.require(
        epoch(before) <= epoch(row),
        Kind.OTHER,
        () -> key + " of epoch " + epoch(before) + " was overwritten by a writer of " + epoch(row));
  }

  /**
   * Once all copies are made, a reader looks nowhere else. A copy by a writer of before the link is
   * not one of these: it came too late, for an event whose record is not done.
   */
  private void judgeRemoval(Key key, Item copy) {
    int user = key.pk().indexOf("#u#");
    var origin = new Browser(key.pk().substring(0, user), RawEvent.of(copy).copiedFrom());
    var alias = decisions.state(origin);
    var owner = new Person(key.pk().substring(0, user), key.pk().substring(user + 3));
    boolean isNeeded =
        alias.areCopiesMade()
            && epoch(copy) >= decisions.linkEpoch(origin)
            && !erasures.takes(owner, alias.linkedAt())
            && !erasures.takes(origin, AliasState.number(copy, "received_at", 0))
            && owner.user().equals(alias.owner())
            && alias.owns(
                AliasState.number(copy, "time", 0),
                AliasState.number(copy, "expires", Long.MAX_VALUE));
    findings.require(!isNeeded, Kind.LOST, () -> key + " was taken from its owner: " + alias);
  }

  private static long epoch(Item copy) {
    return AliasState.number(copy, "epoch", 0);
  }
}
