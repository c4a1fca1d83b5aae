package crowd.functions.reconcile;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import crowd.core.json.Json;
import crowd.core.json.JsonText;
import crowd.core.observe.Counter;
import crowd.core.reconcile.Reconcile;
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
import java.util.Map;

/** Runs on a schedule, whatever the event says. */
public final class ReconcileHandler implements RequestStreamHandler {

  private static final String NAME = "reconcile";

  private final Edge edge;
  private final Reconcile reconcile;

  public ReconcileHandler() {
    this(Wiring.fromEnvironment());
  }

  public ReconcileHandler(Wiring wiring) {
    this.edge = wiring.edge();
    this.reconcile = wiring.reconcile();
  }

  /** A run that fails as a whole throws, so that its failure is seen and the run repeated. */
  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    var began = edge.clock().instant();
    var line = new LinkedHashMap<String, Object>();
    line.put("request_id", context.getAwsRequestId());
    line.put("function", NAME);
    try {
      var report = reconcile.run(Deadline.of(context, edge.clock()));
      line.put("outcome", "ok");
      line.put("finished", report.finished());
      line.put("waiting", report.waiting());
      line.put("oldest_seconds", report.oldest().toSeconds());
      out.write(JsonText.write(json(report)).getBytes(StandardCharsets.UTF_8));
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

  private static Json.Obj json(Reconcile.Report report) {
    return Json.Obj.EMPTY
        .with("finished", Json.Num.of(report.finished()))
        .with("waiting", Json.Num.of(report.waiting()))
        .with("oldest_seconds", Json.Num.of(report.oldest().toSeconds()));
  }
}
