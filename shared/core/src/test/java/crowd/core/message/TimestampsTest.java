package crowd.core.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T12:00:00Z, 2026-01-01T12:00:00Z",
    "2026-01-01T12:00:00.1Z, 2026-01-01T12:00:00.100Z",
    "2026-01-01T12:00:00.123456789Z, 2026-01-01T12:00:00.123Z",
    "2026-01-01T14:00:00+02:00, 2026-01-01T12:00:00Z",
    "2026-01-01 12:00:00Z, 2026-01-01T12:00:00Z",
    "2026-01-01T12:00Z, 2026-01-01T12:00:00Z",
    "1767268800, 2026-01-01T12:00:00Z",
    "1767268800000, 2026-01-01T12:00:00Z"
  })
  void parse_texts(String text, Instant expected) {
    assertEquals(Optional.of(expected), Timestamps.parse(new Json.Text(text)));
  }

  /** The usual form is read without the formatter: it has to be read as by the formatter. */
  @Test
  void parse_theUsualForm_isAsTheFormatterReadsIt() {
    var random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      // given: a time, with a digit or two of it changed
      var text = new StringBuilder(usual(random.nextLong(9_999_999_999_999L)));
      for (int changes = random.nextInt(3); changes > 0; changes--) {
        text.setCharAt(
            random.nextInt(text.length()), "0123456789-:.TZ+ ".charAt(random.nextInt(17)));
      }
      // when
      var parsed = Timestamps.parse(new Json.Text(text.toString()));
      // then
      assertEquals(formatted(text.toString()), parsed, text.toString());
    }
  }

  private static String usual(long millis) {
    return Instant.ofEpochMilli(millis)
        .atOffset(ZoneOffset.UTC)
        .format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'"));
  }

  private static Optional<Instant> formatted(String text) {
    try {
      var time =
          OffsetDateTime.parse(
              text.strip().replace(' ', 'T'), DateTimeFormatter.ISO_OFFSET_DATE_TIME);
      return Optional.of(time.toInstant().truncatedTo(ChronoUnit.MILLIS))
          .filter(instant -> instant.toEpochMilli() >= 0)
          .filter(instant -> instant.toEpochMilli() <= 9_999_999_999_999L);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1767268800, 2026-01-01T12:00:00Z",
    "1767268800.5, 2026-01-01T12:00:00.500Z",
    "1767268800000, 2026-01-01T12:00:00Z",
    "99999999999, 5138-11-16T09:46:39Z",
    "100000000000, 1973-03-03T09:46:40Z"
  })
  void parse_numbers(String literal, Instant expected) {
    var within = expected.isBefore(Instant.ofEpochMilli(9_999_999_999_999L));
    assertEquals(
        within ? Optional.of(expected) : Optional.empty(), Timestamps.parse(new Json.Num(literal)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\"",
        "\"yesterday\"",
        "\"2026-01-01\"",
        "\"2026-01-01T12:00:00\"",
        "\"2026-02-30T00:00:00Z\"",
        "\"2016-12-31T23:59:60Z\"",
        "\"2026-01-01T00:00:00+99:99\"",
        "\"+275760-09-13T00:00:00Z\"",
        "\"-0001-01-01T00:00:00Z\"",
        "-1",
        "1e400",
        "true",
        "null",
        "[]",
        "{}"
      })
  void parse_refusesWhatIsNone(String json) {
    assertEquals(Optional.empty(), Timestamps.parse(JsonReader.readOwn(json)));
  }

  @Test
  void parse_refusesHugeNumbersQuickly() {
    assertEquals(Optional.empty(), Timestamps.parse(new Json.Num("9".repeat(400))));
    assertEquals(Optional.empty(), Timestamps.parse(new Json.Num("1e999999999")));
    assertEquals(Optional.empty(), Timestamps.parse(new Json.Num("1e2147483647")));
    assertEquals(Optional.empty(), Timestamps.parse(new Json.Text("9".repeat(39))));
  }

  @Test
  void eventTime_isCorrectedByTheSendersClock_andNeverAhead() {
    var yearOff = NOON.minus(Duration.ofDays(365));
    assertEquals(
        NOON.minusSeconds(10),
        Timestamps.eventTime(Optional.of(yearOff.minusSeconds(10)), Optional.of(yearOff), NOON));
    assertEquals(
        NOON, Timestamps.eventTime(Optional.of(NOON.plusSeconds(5)), Optional.empty(), NOON));
    assertEquals(NOON, Timestamps.eventTime(Optional.empty(), Optional.of(yearOff), NOON));
  }

  @Test
  void isPlausible_fromTheYear2000ToADayAhead() {
    assertTrue(Timestamps.isPlausible(Optional.of(Timestamps.EARLIEST), Optional.empty(), NOON));
    assertFalse(
        Timestamps.isPlausible(
            Optional.of(Timestamps.EARLIEST.minusMillis(1)), Optional.empty(), NOON));
    var ahead = NOON.plus(Timestamps.LATEST_AHEAD);
    assertTrue(Timestamps.isPlausible(Optional.of(ahead), Optional.empty(), NOON));
    assertFalse(Timestamps.isPlausible(Optional.of(ahead.plusMillis(1)), Optional.empty(), NOON));
    assertTrue(
        Timestamps.isPlausible(
            Optional.of(ahead.plusSeconds(9)), Optional.of(ahead.plusSeconds(9)), NOON));
  }
}
