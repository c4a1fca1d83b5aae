package crowd.functions.audit;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import crowd.core.audit.Audit;
import crowd.core.audit.Report;
import crowd.core.json.Json;
import crowd.core.json.JsonText;
import crowd.core.observe.Counter;
import crowd.core.store.StoreUnavailableException;
import crowd.functions.Deadline;
import crowd.functions.Wiring;
import crowd.functions.http.Edge;
import crowd.functions.http.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Runs on a schedule, whatever the event says. */
public final class AuditHandler implements RequestStreamHandler {

  private static final String NAME = "audit";

  private final Edge edge;
  private final Audit audit;

  public AuditHandler() {
    this(Wiring.fromEnvironment());
  }

  public AuditHandler(Wiring wiring) {
    this.edge = wiring.edge();
    this.audit = wiring.audit();
  }

  /** A run that fails as a whole throws, so that its failure is seen and the run repeated. */
  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    var began = edge.clock().instant();
    var line = new LinkedHashMap<String, Object>();
    line.put("request_id", context.getAwsRequestId());
    line.put("function", NAME);
    try {
      var counts = counts(audit.run(Deadline.of(context, edge.clock())));
      line.put("outcome", "ok");
      line.putAll(counts);
      out.write(JsonText.write(json(counts)).getBytes(StandardCharsets.UTF_8));
      end(began, 200, line);
    } catch (RuntimeException e) {
      if (e instanceof StoreUnavailableException) {
        edge.metrics().add(Counter.UNAVAILABLE);
      }
      line.put("outcome", "failed");
      line.putAll(Failure.fields(e));
      end(began, 500, line);
      // Without its cause: what throws here is printed, and might quote anybody.
      throw new IllegalStateException("the run failed; its line in the log says where");
    }
  }

  private void end(Instant began, int status, Map<String, Object> line) {
    var took = Duration.between(began, edge.clock().instant());
    line.put("ms", took.toMillis());
    edge.log().line(line);
    edge.invocations().ended(NAME, status, took);
  }

  /** {@code unfinished} is 1 if the next run goes on where this one stopped. */
  private static Map<String, Long> counts(Report report) {
    var counts = new LinkedHashMap<String, Long>();
    counts.put("people", report.people());
    counts.put("events", report.events());
    counts.put("unfinished", report.isComplete() ? 0L : 1L);
    report.found().forEach((finding, n) -> counts.put(finding.name().toLowerCase(Locale.ROOT), n));
    return counts;
  }

  private static Json.Obj json(Map<String, Long> counts) {
    var fields = new LinkedHashMap<String, Json>();
    counts.forEach((name, n) -> fields.put(name, Json.Num.of(n)));
    return new Json.Obj(fields);
  }
}
