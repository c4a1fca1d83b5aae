package crowd.local.eventsource;

import crowd.core.json.Json;
import crowd.core.json.JsonText;
import crowd.core.json.Unicode;
import crowd.local.stream.StreamRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The event that a function gets for a batch of Kinesis records. */
final class KinesisEventJson {

  /** More than everything of a record's event but its data and its key. */
  private static final int FRAME_BYTES = 1024;

  private KinesisEventJson() {}

  static String write(EventSourceSettings settings, String shardId, List<StreamRecord> records) {
    return JsonText.write(
        new Json.Obj(
            Map.of(
                "Records",
                new Json.Arr(
                    records.stream()
                        .<Json>map(record -> record(settings, shardId, record))
                        .toList()))));
  }

  /** Bytes that the record adds to an event, or a little less. */
  static int size(StreamRecord record) {
    return (record.data().remaining() + 2) / 3 * 4
        + Unicode.utf8Length(record.partitionKey())
        + FRAME_BYTES;
  }

  private static Json.Obj record(
      EventSourceSettings settings, String shardId, StreamRecord record) {
    return new Json.Obj(
        Map.of(
            "kinesis",
            new Json.Obj(
                Map.of(
                    "kinesisSchemaVersion",
                    new Json.Text("1.0"),
                    "partitionKey",
                    new Json.Text(record.partitionKey()),
                    "sequenceNumber",
                    new Json.Text(record.sequenceNumber()),
                    "data",
                    new Json.Text(Base64.getEncoder().encodeToString(record.bytes())),
                    "approximateArrivalTimestamp",
                    seconds(record.arrivedAt()))),
            "eventSource",
            new Json.Text("aws:kinesis"),
            "eventVersion",
            new Json.Text("1.0"),
            "eventID",
            new Json.Text(shardId + ":" + record.sequenceNumber()),
            "eventName",
            new Json.Text("aws:kinesis:record"),
            "invokeIdentityArn",
            new Json.Text("arn:aws:iam::" + settings.account() + ":role/" + settings.function()),
            "awsRegion",
            new Json.Text(settings.region()),
            "eventSourceARN",
            new Json.Text(settings.streamArn())));
  }

  /** Seconds with three places, as Lambda writes them. */
  private static Json.Num seconds(Instant time) {
    return new Json.Num(BigDecimal.valueOf(time.toEpochMilli(), 3).toPlainString());
  }
}
