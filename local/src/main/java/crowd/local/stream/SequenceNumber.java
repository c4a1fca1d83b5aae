package crowd.local.stream;

import java.math.BigInteger;

/**
 * Sequence numbers that look and grow like those of Kinesis: 56 digits, so that they order as text
 * as they do as numbers.
 */
final class SequenceNumber {

  private static final BigInteger BASE = BigInteger.TEN.pow(54).multiply(BigInteger.valueOf(49));

  private SequenceNumber() {}

  /**
   * @param position of the record in the log, from 1
   */
  static String of(long position) {
    return BASE.add(BigInteger.valueOf(position)).toString();
  }

  /**
   * @throws IllegalArgumentException if it is not a number of this log
   */
  static long position(String sequenceNumber) {
    try {
      return new BigInteger(sequenceNumber).subtract(BASE).longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("not a sequence number of the log: " + sequenceNumber, e);
    }
  }
}
