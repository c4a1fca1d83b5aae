package crowd.functions.consumer;

import crowd.core.json.Json;
import crowd.core.quarantine.Decoded;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A record of the stream as Lambda delivers it.
 *
 * @param arrivedAt when the stream took it; milliseconds
 * @param data Base64
 */
record StreamRecord(String sequenceNumber, Instant arrivedAt, String data) {

  /**
   * @throws IllegalArgumentException if it is no event of a Kinesis stream
   */
  static List<StreamRecord> of(Json.Obj event) {
    if (!(event.get("Records").orElse(Json.Null.VALUE) instanceof Json.Arr(var values))) {
      throw new IllegalArgumentException("an event without Records");
    }
    var records = new ArrayList<StreamRecord>();
    for (var value : values) {
      if (!(value instanceof Json.Obj object)) {
        throw new IllegalArgumentException("a record that is not an object");
      }
      records.add(ofRecord(object));
    }
    return records;
  }

  private static StreamRecord ofRecord(Json.Obj record) {
    var kinesis =
        record
            .object("kinesis")
            .orElseThrow(() -> new IllegalArgumentException("a record of another source"));
    return new StreamRecord(
        kinesis
            .text("sequenceNumber")
            .orElseThrow(() -> new IllegalArgumentException("a record without its number")),
        arrivedAt(kinesis),
        kinesis.text("data").orElse(""));
  }

  /** Seconds, with a fraction. */
  private static Instant arrivedAt(Json.Obj kinesis) {
    if (kinesis.get("approximateArrivalTimestamp").orElse(Json.Null.VALUE)
        instanceof Json.Num(var seconds)) {
      return Instant.ofEpochMilli(new BigDecimal(seconds).movePointRight(3).longValue());
    }
    throw new IllegalArgumentException("a record without its time of arrival");
  }

  Decoded decoded() {
    return Decoded.of(data);
  }
}
