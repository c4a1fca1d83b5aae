package crowd.functions.consumer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.json.JsonText;
import crowd.functions.Deadline;
import crowd.functions.Wiring;
import crowd.functions.http.Edge;
import crowd.functions.http.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Takes records off the stream. Reports the first one that has to come again: Lambda then delivers
 * it and all behind it once more, which does no harm.
 */
public final class ConsumerHandler implements RequestStreamHandler {

  private static final String NAME = "consumer";
  private static final int MAX_DEPTH = 16;

  private final Edge edge;
  private final Consumption consumption;

  public ConsumerHandler() {
    this(Wiring.fromEnvironment());
  }

  public ConsumerHandler(Wiring wiring) {
    this.edge = wiring.edge();
    this.consumption =
        new Consumption(
            wiring.quarantine(),
            wiring.project(),
            wiring.firstEvents(),
            edge.clock(),
            edge.metrics());
  }

  /**
   * @throws IllegalArgumentException if it is no event of a stream
   */
  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    var began = edge.clock().instant();
    var records = records(in.readAllBytes());
    var report = consumption.consume(records, Deadline.of(context, edge.clock()));
    boolean isDone = report.failed().isEmpty();
    var failures =
        isDone ? List.<Json>of() : List.of(failure(records.get(report.failed().first())));
    out.write(
        JsonText.write(Json.Obj.EMPTY.with("batchItemFailures", new Json.Arr(failures)))
            .getBytes(StandardCharsets.UTF_8));
    var took = Duration.between(began, edge.clock().instant());
    var line = new LinkedHashMap<String, Object>();
    line.put("request_id", context.getAwsRequestId());
    line.put("function", NAME);
    line.put("outcome", isDone ? "ok" : "again");
    line.put("records", records.size());
    line.put("quarantined", report.quarantined());
    line.put("failed", report.failed().size());
    line.put("ms", took.toMillis());
    report.defect().map(Failure::fields).ifPresent(line::putAll);
    edge.log().line(line);
    edge.invocations().ended(NAME, isDone ? 200 : 500, took);
  }

  private static List<StreamRecord> records(byte[] event) {
    if (JsonReader.read(event, MAX_DEPTH) instanceof JsonReader.Outcome.Read(Json.Obj json)) {
      return StreamRecord.of(json);
    }
    throw new IllegalArgumentException("an event that is not a JSON object");
  }

  private static Json failure(StreamRecord record) {
    return Json.Obj.EMPTY.with("itemIdentifier", new Json.Text(record.sequenceNumber()));
  }
}
