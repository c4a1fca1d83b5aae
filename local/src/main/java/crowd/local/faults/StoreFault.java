package crowd.local.faults;

import java.util.List;
import java.util.stream.Stream;

/** What may happen to a request on its way to DynamoDB and back. */
public enum StoreFault {
  REQUEST_LOST(""),
  REPLY_LOST(""),
  /** It is answered late. */
  SLOW(""),
  /** It takes effect late: the client has given it up and tries again meanwhile. */
  DELAY(""),
  ERROR_BEFORE(""),
  ERROR_AFTER(""),
  THROUGHPUT_EXCEEDED(""),
  REQUEST_LIMIT(""),
  THROTTLED(""),
  TRANSACTION_CANCELED("TransactWriteItems"),
  PUT_CONFLICT("PutItem"),
  ITEMS_LEFT("BatchWriteItem"),
  KEYS_LEFT("BatchGetItem");

  /** The only operation to which it happens; empty for all. */
  private final String operation;

  StoreFault(String operation) {
    this.operation = operation;
  }

  /** What can happen to requests of all operations. */
  static final List<StoreFault> COMMON =
      Stream.of(values()).filter(fault -> fault.operation.isEmpty()).toList();

  /** What can happen to requests of this operation only. */
  static List<StoreFault> only(String operation) {
    return Stream.of(values()).filter(fault -> fault.operation.equals(operation)).toList();
  }
}
