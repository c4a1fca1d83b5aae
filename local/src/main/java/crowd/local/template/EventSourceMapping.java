package crowd.local.template;

import java.time.Duration;

/**
 * The mapping that feeds a function from the stream.
 *
 * @param function logical name of the function
 * @param batchSize most records of one call
 * @param window how long a batch may wait to fill
 * @param parallel batches of one shard that may be at work at once
 * @param maxAttempts after how many further tries a record is given up
 * @param maxAge after which a record is given up
 * @param bisects whether a failed batch is cut in two
 * @param reportsItemFailures whether the function says which record was the first to fail
 */
public record EventSourceMapping(
    String function,
    int batchSize,
    Duration window,
    int parallel,
    int maxAttempts,
    Duration maxAge,
    boolean bisects,
    boolean reportsItemFailures) {}
