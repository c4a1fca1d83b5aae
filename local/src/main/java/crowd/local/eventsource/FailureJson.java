package crowd.local.eventsource;

import crowd.core.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The note of a batch that was given up, as Lambda sends it to a destination on failure. The field
 * {@code payload} is what Lambda adds where the destination is a bucket: the event itself.
 */
final class FailureJson {

  private FailureJson() {}

  static Json.Obj write(
      EventSourceSettings settings, String shardId, Batch batch, GivenUp condition, Instant now) {
    var request = new LinkedHashMap<String, Json>();
    request.put("functionArn", text(settings.functionArn()));
    request.put("condition", text(condition.word()));
    request.put("approximateInvokeCount", Json.Num.of(batch.invocations()));

    var note = new LinkedHashMap<String, Json>();
    batch
        .last()
        .ifPresent(last -> {
          request.put("requestId", text(last.requestId()));
          note.put("responseContext", response(last));
        });
    note.put("requestContext", new Json.Obj(request));
    note.put("version", text("1.0"));
    note.put("timestamp", text(now.toString()));
    note.put("KinesisBatchInfo", info(settings, shardId, batch));
    note.put("payload", text(KinesisEventJson.write(settings, shardId, batch.records())));
    return new Json.Obj(note);
  }

  private static Json.Obj response(Invocation last) {
    var response =
        new Json.Obj(Map.of("statusCode", Json.Num.of(200), "executedVersion", text("$LATEST")));
    return switch (last) {
      case Invocation.Returned _ -> response;
      case Invocation.Failed _ -> response.with("functionError", text("Unhandled"));
    };
  }

  private static Json.Obj info(EventSourceSettings settings, String shardId, Batch batch) {
    var first = batch.records().getFirst();
    var last = batch.records().getLast();
    return new Json.Obj(
        Map.of(
            "shardId", text(shardId),
            "startSequenceNumber", text(first.sequenceNumber()),
            "endSequenceNumber", text(last.sequenceNumber()),
            "approximateArrivalOfFirstRecord", text(first.arrivedAt().toString()),
            "approximateArrivalOfLastRecord", text(last.arrivedAt().toString()),
            "batchSize", Json.Num.of(batch.records().size()),
            "streamArn", text(settings.streamArn())));
  }

  private static Json.Text text(String value) {
    return new Json.Text(value);
  }
}
