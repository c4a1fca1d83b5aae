package crowd.local.eventsource;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.local.stream.StreamRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;

/** What a function says with {@code ReportBatchItemFailures}. */
final class BatchResponse {

  private static final int MAX_DEPTH = 16;

  /** The whole batch failed. */
  private static final OptionalInt FIRST = OptionalInt.of(0);

  private BatchResponse() {}

  /**
   * The lowest record that failed. No answer, and no list in it, is success; an answer that cannot
   * be understood, or names what is not in the batch, is the failure of all.
   *
   * @return its index in the batch; empty if none failed
   */
  static OptionalInt lowestFailure(String response, List<StreamRecord> batch) {
    if (response.isBlank()) {
      return OptionalInt.empty();
    }
    return switch (JsonReader.read(response.getBytes(StandardCharsets.UTF_8), MAX_DEPTH)) {
      case JsonReader.Outcome.Read(Json.Null()) -> OptionalInt.empty();
      case JsonReader.Outcome.Read(Json.Obj answer) ->
          answer
              .get("batchItemFailures")
              .map(failures -> lowest(failures, batch))
              .orElse(OptionalInt.empty());
      case JsonReader.Outcome.Read _,
          JsonReader.Outcome.Malformed _,
          JsonReader.Outcome.TooDeep _ ->
          FIRST;
    };
  }

  private static OptionalInt lowest(Json failures, List<StreamRecord> batch) {
    if (!(failures instanceof Json.Arr(var items))) {
      return FIRST;
    }
    var sequenceNumbers = batch.stream().map(StreamRecord::sequenceNumber).toList();
    var lowest = OptionalInt.empty();
    for (var item : items) {
      int index =
          item instanceof Json.Obj failure
              ? failure.text("itemIdentifier").map(sequenceNumbers::indexOf).orElse(-1)
              : -1;
      if (index < 0) {
        return FIRST;
      }
      if (lowest.isEmpty() || index < lowest.getAsInt()) {
        lowest = OptionalInt.of(index);
      }
    }
    return lowest;
  }
}
