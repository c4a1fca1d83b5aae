package crowd.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import crowd.core.json.Json;
import crowd.core.json.JsonText;
import crowd.core.observe.Counter;
import crowd.core.store.StoreUnavailableException;
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

/** Runs on a schedule, whatever the event says. Every run is logged once and counted once. */
public abstract class ScheduledFunction implements RequestStreamHandler {

  private final String name;
  private final Edge edge;

  /**
   * @param name as it stands in logs and metrics
   */
  protected ScheduledFunction(String name, Edge edge) {
    this.name = name;
    this.edge = edge;
  }

  /**
   * @param deadline after which nothing new is begun
   * @return what was counted, by name, for the log and the answer
   */
  protected abstract Map<String, ? extends Number> run(Instant deadline);

  /** A run that fails as a whole throws, so that its failure is seen and the run repeated. */
  @Override
  public final void handleRequest(InputStream in, OutputStream out, Context context)
      throws IOException {
    var began = edge.clock().instant();
    var line = new LinkedHashMap<String, Object>();
    line.put("request_id", context.getAwsRequestId());
    line.put("function", name);
    try {
      var counts = run(Deadline.of(context, edge.clock()));
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
    edge.invocations().ended(name, status, took);
  }

  private static Json.Obj json(Map<String, ? extends Number> counts) {
    var fields = new LinkedHashMap<String, Json>();
    counts.forEach((count, n) -> fields.put(count, Json.Num.of(n.longValue())));
    return new Json.Obj(fields);
  }
}
