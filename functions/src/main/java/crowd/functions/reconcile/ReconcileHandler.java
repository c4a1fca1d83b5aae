package crowd.functions.reconcile;

import crowd.core.reconcile.Reconcile;
import crowd.functions.ScheduledFunction;
import crowd.functions.Wiring;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finishes the work that waits. */
public final class ReconcileHandler extends ScheduledFunction {

  private final Reconcile reconcile;

  public ReconcileHandler() {
    this(Wiring.fromEnvironment());
  }

  public ReconcileHandler(Wiring wiring) {
    super("reconcile", wiring.edge());
    this.reconcile = wiring.reconcile();
  }

  @Override
  protected Map<String, Number> run(Instant deadline) {
    var report = reconcile.run(deadline);
    var counts = new LinkedHashMap<String, Number>();
    counts.put("finished", report.finished());
    counts.put("waiting", report.waiting());
    counts.put("oldest_seconds", report.oldest().toSeconds());
    return counts;
  }
}
