package crowd.bench.warm;

import crowd.bench.Bench;
import crowd.bench.handler.RawBatch;
import crowd.bench.report.Figures;
import crowd.bench.report.Goal;
import crowd.bench.report.Result;
import crowd.bench.report.Table;
import crowd.functions.consumer.ConsumerHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Processor time of an event in the consumer, held against BatchWriteItem of the SDK alone. */
public final class Consumer implements Bench {

  private static final int RECORDS = 100;
  private static final int CALLS = 20;
  private static final double LIMIT = 5;

  @Override
  public String name() {
    return "consumer";
  }

  @Override
  public String about() {
    return "processor time of an event in the consumer, to BatchWriteItem alone";
  }

  @Override
  public int rounds() {
    return 10;
  }

  @Override
  public Result run(int rounds) throws IOException, InterruptedException {
    try (var contest = new Contest(RawBatch.class)) {
      var rows = new ArrayList<List<String>>();
      var goals = new ArrayList<Goal>();
      for (int visitors : List.of(1, 10)) {
        var outcome =
            contest.run(
                ConsumerHandler.class,
                RawBatch.class,
                batch(visitors),
                "{\"batchItemFailures\":[]}",
                rounds,
                CALLS,
                false);
        rows.add(
            List.of(
                visitors + " of them",
                Figures.of(outcome.ours() * 1_000 / RECORDS),
                Figures.of(outcome.floor() * 1_000 / RECORDS),
                Figures.of(outcome.ratio()),
                outcome.operations()));
        goals.add(new Goal("consumer-" + visitors + "-visitors", outcome.ratio(), "x-raw", LIMIT));
      }
      return new Result(
          List.of(
              new Table(
                  "Processor time of an event, in batches of 100 by unknown visitors",
                  List.of(
                      "visitors", "ours, µs", "BatchWriteItem, µs", "ratio", "calls of the cloud"),
                  rows)),
          goals,
          List.of(),
          List.of());
    }
  }

  /** Records of an event each, by turns of so many visitors. */
  private static String batch(int visitors) {
    return IntStream.range(0, RECORDS)
        .mapToObj(n -> record(n, "anon_" + n % visitors))
        .collect(Collectors.joining(",", "{\"Records\":[", "]}"));
  }

  private static String record(int n, String visitor) {
    var envelope =
        """
        {"messages":[{"anonymous_id":"%s","body":{"event":"Viewed Pricing","properties":{"plan":"pro","price":49.0}},\
        "expires":4102444800000,"message_id":"m-%d","received_at":1747750560123,"time":1747750500000,\
        "timestamp":1747750500000,"type":"track"}],"v":1,"website":"demo"}\
        """
            .formatted(visitor, n);
    var data = Base64.getEncoder().encodeToString(envelope.getBytes(StandardCharsets.UTF_8));
    return """
    {"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"m-%d","sequenceNumber":"%d","data":"%s",\
    "approximateArrivalTimestamp":1747750560.2},"eventSource":"aws:kinesis","eventVersion":"1.0",\
    "eventID":"shardId-0:%d","eventName":"aws:kinesis:record","awsRegion":"eu-central-1",\
    "eventSourceARN":"arn:aws:kinesis:eu-central-1:000000000000:stream/crowd"}\
    """
        .formatted(n, n + 1, data, n);
  }
}
