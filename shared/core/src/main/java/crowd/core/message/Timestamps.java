package crowd.core.message;

import crowd.core.json.Json;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Reads the times that clients write, and settles the time of an event. */
public final class Timestamps {

  /** Events from before are a broken clock, not history. */
  public static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  /** How far ahead of the server an event may lie, before it is clamped to its arrival. */
  public static final Duration LATEST_AHEAD = Duration.ofHours(24);

  /** Keys have 13 digits for milliseconds. */
  private static final Instant KEY_END = Instant.ofEpochMilli(9_999_999_999_999L);

  /** Below this a number is seconds: as milliseconds it would be a day of early 1973. */
  private static final BigDecimal SECONDS_BELOW = BigDecimal.valueOf(100_000_000_000L);

  private static final int LONGEST = 40;

  /** Each zero stands for a digit. */
  private static final String USUAL = "0000-00-00T00:00:00.000Z";

  private Timestamps() {}

  /**
   * ISO 8601 with an offset and up to nine digits of fraction, or a number: milliseconds since
   * 1970, or seconds if it is below 10^11.
   *
   * @return cut to milliseconds; empty if it is none, or outside of what a key can hold (1970 to
   *     2286)
   */
  public static Optional<Instant> parse(Json value) {
    try {
      var instant =
          switch (value) {
            case Json.Text(var text) when text.length() <= LONGEST -> parseText(text.strip());
            case Json.Num(var literal) when literal.length() <= LONGEST ->
                ofNumber(new BigDecimal(literal));
            case Json.Text _, Json.Num _, Json.Obj _, Json.Arr _, Json.Bool _, Json.Null _ ->
                Optional.<Instant>empty();
          };
      return instant
          .map(time -> time.truncatedTo(ChronoUnit.MILLIS))
          .filter(time -> !time.isBefore(Instant.EPOCH) && !time.isAfter(KEY_END));
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> parseText(String text) {
    if (text.length() >= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return ofNumber(new BigDecimal(text));
    }
    return Optional.of(
        isUsual(text)
            ? ofUsual(text)
            : OffsetDateTime.parse(text.replace(' ', 'T'), DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                .toInstant());
  }

  /**
   * Whether it has the form that browsers write, {@code 2026-01-31T23:59:59.999Z}: the formatter
   * would take as long for it as all else that is read of a message.
   */
  private static boolean isUsual(String text) {
    if (text.length() != USUAL.length()) {
      return false;
    }
    for (int i = 0; i < USUAL.length(); i++) {
      char c = text.charAt(i);
      if (USUAL.charAt(i) == '0' ? c < '0' || c > '9' : c != USUAL.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static Instant ofUsual(String text) {
    return LocalDateTime.of(
            digits(text, 0, 4),
            digits(text, 5, 7),
            digits(text, 8, 10),
            digits(text, 11, 13),
            digits(text, 14, 16),
            digits(text, 17, 19),
            digits(text, 20, 23) * 1_000_000)
        .toInstant(ZoneOffset.UTC);
  }

  private static int digits(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  private static Optional<Instant> ofNumber(BigDecimal number) {
    // As a long: the exponent alone may be all that an int holds.
    if (number.signum() < 0 || (long) number.precision() - number.scale() > 14) {
      return Optional.empty();
    }
    var millis = number.compareTo(SECONDS_BELOW) < 0 ? number.movePointRight(3) : number;
    return Optional.of(Instant.ofEpochMilli(millis.longValue()));
  }

  /**
   * When the event happened, on the server's clock: the sender's clock is as wrong now as it was
   * then.
   *
   * @param timestamp as the sender wrote it, or empty
   * @param sentAt the sender's clock when it sent, or empty
   * @return at most {@code receivedAt}
   */
  public static Instant eventTime(
      Optional<Instant> timestamp, Optional<Instant> sentAt, Instant receivedAt) {
    var time = uncapped(timestamp, sentAt, receivedAt);
    return time.isAfter(receivedAt) ? receivedAt : time;
  }

  /**
   * Whether the time, corrected by the sender's clock but not yet clamped, is one that an event can
   * have.
   */
  public static boolean isPlausible(
      Optional<Instant> timestamp, Optional<Instant> sentAt, Instant receivedAt) {
    var time = uncapped(timestamp, sentAt, receivedAt);
    return !time.isBefore(EARLIEST) && !time.isAfter(receivedAt.plus(LATEST_AHEAD));
  }

  private static Instant uncapped(
      Optional<Instant> timestamp, Optional<Instant> sentAt, Instant receivedAt) {
    if (timestamp.isEmpty()) {
      return receivedAt;
    }
    return sentAt
        .map(sent -> receivedAt.minus(Duration.between(timestamp.get(), sent)))
        .orElse(timestamp.get());
  }
}
