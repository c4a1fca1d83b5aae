package crowd.aws;

import crowd.core.store.WriteOutcome;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/** What an exception of the client says about the write that it ended. */
final class Outcomes {

  private Outcomes() {}

  static WriteOutcome of(Runnable write) {
    try {
      write.run();
      return WriteOutcome.WRITTEN;
    } catch (SdkException e) {
      return of(e);
    }
  }

  /**
   * @throws SdkException the same one, if it is no ending but a mistake of ours: a table that does
   *     not exist, a right that is missing, a request that DynamoDB does not understand
   */
  static WriteOutcome of(SdkException e) {
    if (LostReplies.precede(e)) {
      return WriteOutcome.UNKNOWN;
    }
    return switch (e) {
      case ConditionalCheckFailedException _ -> WriteOutcome.CONDITION_FAILED;
      case TransactionConflictException _ -> WriteOutcome.CONFLICT;
      case TransactionInProgressException _ -> WriteOutcome.UNKNOWN; // our own, sent before
      case TransactionCanceledException canceled -> of(canceled);
      case SdkServiceException refused when refused.isThrottlingException() ->
          WriteOutcome.THROTTLED;
      case SdkServiceException broken when broken.statusCode() >= 500 -> WriteOutcome.UNKNOWN;
      case SdkClientException _ -> WriteOutcome.UNKNOWN; // not sent, timed out, or cut off
      default -> throw e;
    };
  }

  private static WriteOutcome of(TransactionCanceledException canceled) {
    var codes = canceled.cancellationReasons().stream().map(CancellationReason::code).toList();
    if (codes.contains("ConditionalCheckFailed")) {
      return WriteOutcome.CONDITION_FAILED;
    }
    if (codes.contains("ThrottlingError") || codes.contains("ProvisionedThroughputExceeded")) {
      return WriteOutcome.THROTTLED;
    }
    if (codes.contains("TransactionConflict")) {
      return WriteOutcome.CONFLICT;
    }
    throw canceled;
  }
}
