package crowd.functions.audit;

import crowd.core.audit.Audit;
import crowd.functions.ScheduledFunction;
import crowd.functions.Wiring;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Checks once a day that what is derived is what the rules say, and mends it. */
public final class AuditHandler extends ScheduledFunction {

  private final Audit audit;

  public AuditHandler() {
    this(Wiring.fromEnvironment());
  }

  public AuditHandler(Wiring wiring) {
    super("audit", wiring.edge());
    this.audit = wiring.audit();
  }

  /** {@code unfinished} is 1 if the next run goes on where this one stopped. */
  @Override
  protected Map<String, Long> run(Instant deadline) {
    var report = audit.run(deadline);
    var counts = new LinkedHashMap<String, Long>();
    counts.put("people", report.people());
    counts.put("events", report.events());
    counts.put("unfinished", report.isComplete() ? 0L : 1L);
    report.found().forEach((finding, n) -> counts.put(finding.name().toLowerCase(Locale.ROOT), n));
    return counts;
  }
}
