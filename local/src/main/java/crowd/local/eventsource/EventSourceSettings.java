package crowd.local.eventsource;

import crowd.local.template.EventSourceMapping;
import java.time.Duration;

/**
 * An event source mapping as {@code template.yaml} has it, with the function it calls.
 *
 * @param function its name
 * @param timeout of one invocation
 * @param streamArn what the records say they come from; the region and the account are read from it
 * @param batchSize 1 to 10,000 records
 * @param maximumBatchingWindow how long to wait for a full batch, from its first record; 0 to 300 s
 * @param reportBatchItemFailures whether the function's answer names the records that failed
 * @param bisectBatchOnFunctionError whether a batch that failed is split in two
 * @param maximumRetryAttempts 0 to 10,000; {@link #NO_LIMIT} for none
 * @param maximumRecordAgeInSeconds 60 to 604,800; {@link #NO_LIMIT} for none
 */
public record EventSourceSettings(
    String function,
    Duration timeout,
    String streamArn,
    int batchSize,
    Duration maximumBatchingWindow,
    boolean reportBatchItemFailures,
    boolean bisectBatchOnFunctionError,
    int maximumRetryAttempts,
    int maximumRecordAgeInSeconds) {

  public static final int NO_LIMIT = -1;

  private static final int MAX_BATCH_SIZE = 10_000;
  private static final Duration LONGEST_WINDOW = Duration.ofMinutes(5);
  private static final int MAX_RETRY_ATTEMPTS = 10_000;
  private static final int MIN_AGE_SECONDS = 60;
  private static final int MAX_AGE_SECONDS = 604_800;

  public EventSourceSettings {
    require(streamArn.split(":", -1).length == 6, "a stream ARN has six parts");
    require(batchSize >= 1 && batchSize <= MAX_BATCH_SIZE, "BatchSize is 1 to 10000");
    require(
        !maximumBatchingWindow.isNegative() && maximumBatchingWindow.compareTo(LONGEST_WINDOW) <= 0,
        "MaximumBatchingWindowInSeconds is 0 to 300");
    require(
        maximumRetryAttempts >= NO_LIMIT && maximumRetryAttempts <= MAX_RETRY_ATTEMPTS,
        "MaximumRetryAttempts is -1 to 10000");
    require(
        maximumRecordAgeInSeconds == NO_LIMIT
            || (maximumRecordAgeInSeconds >= MIN_AGE_SECONDS
                && maximumRecordAgeInSeconds <= MAX_AGE_SECONDS),
        "MaximumRecordAgeInSeconds is -1, or 60 to 604800");
  }

  /** What a mapping does that says nothing about it. */
  public static EventSourceSettings defaults(String function, Duration timeout, String streamArn) {
    return new EventSourceSettings(
        function, timeout, streamArn, 100, Duration.ZERO, false, false, NO_LIMIT, NO_LIMIT);
  }

  /** What the template says of a mapping. */
  public static EventSourceSettings of(
      EventSourceMapping mapping, Duration timeout, String streamArn) {
    return new EventSourceSettings(
        mapping.function(),
        timeout,
        streamArn,
        mapping.batchSize(),
        mapping.window(),
        mapping.reportsItemFailures(),
        mapping.bisects(),
        mapping.maxAttempts(),
        Math.toIntExact(mapping.maxAge().toSeconds()));
  }

  String region() {
    return streamArn.split(":", -1)[3];
  }

  String account() {
    return streamArn.split(":", -1)[4];
  }

  String functionArn() {
    return "arn:aws:lambda:" + region() + ":" + account() + ":function:" + function;
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
