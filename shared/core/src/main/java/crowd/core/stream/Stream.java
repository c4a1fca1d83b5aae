package crowd.core.stream;

/**
 * The stream of accepted messages. Delivers at least once and in no order that anybody may rely on.
 */
public interface Stream {

  /**
   * Bytes of an encoded envelope that every adapter takes: a record of the smallest holds 1 MiB, of
   * which a partition key takes up to 256.
   */
  int MAX_BYTES = 1024 * 1024 - 256;

  /**
   * Appends one record, durably: once it answers {@code Appended}, the record outlives the process.
   *
   * @param envelope at most {@link #MAX_BYTES} in its encoded form
   * @return how it ended; a failing stream is an outcome, never an exception
   * @throws IllegalArgumentException if the envelope is too large: nothing was appended
   */
  AppendOutcome append(Envelope envelope);
}
