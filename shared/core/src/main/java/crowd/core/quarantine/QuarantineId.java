package crowd.core.quarantine;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/**
 * Which record of the stream was kept aside; as text {@code 2026-11-25/<sequence number>}.
 *
 * @param day on which the stream took it, in UTC
 */
public record QuarantineId(LocalDate day, String sequenceNumber) {

  public QuarantineId {
    if (sequenceNumber.isEmpty() || sequenceNumber.indexOf('#') >= 0) {
      throw new IllegalArgumentException("not a sequence number");
    }
  }

  public static QuarantineId of(Instant receivedAt, String sequenceNumber) {
    return new QuarantineId(LocalDate.ofInstant(receivedAt, ZoneOffset.UTC), sequenceNumber);
  }

  /**
   * @throws IllegalArgumentException if it is not what {@link #toString} makes
   */
  public static QuarantineId parse(String text) {
    int end = text.indexOf('/');
    try {
      return new QuarantineId(
          LocalDate.parse(text.substring(0, Math.max(end, 0))), text.substring(end + 1));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("not an id: a day, a slash, a sequence number", e);
    }
  }

  @Override
  public String toString() {
    return day + "/" + sequenceNumber;
  }
}
