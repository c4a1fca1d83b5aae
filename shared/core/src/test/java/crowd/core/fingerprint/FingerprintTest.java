package crowd.core.fingerprint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.hmac.HmacKey;
import crowd.core.identity.AnonymousId;
import crowd.core.json.JsonReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {

  private static final HmacKey SALT = new HmacKey("SaltSaltSaltSaltSaltSaltSaltSaltSaltSalt");
  private static final Fingerprinting ON = Fingerprinting.OFF.salted(SALT).turned(true);
  private static final Connection LAPTOP =
      new Connection("203.0.113.9", "Mozilla/5.0 (X11; Linux x86_64)");

  /** printf '203.0.113.9\nMozilla/5.0 (X11; Linux x86_64)' | openssl dgst -sha256 -hmac "$SALT". */
  private static final Fingerprint OF_LAPTOP = new Fingerprint("7ed8e11e2b6e1b7ecfd293bec6d3463b");

  @Test
  void fingerprint_isTheBeginningOfAnHmac() {
    assertEquals(Optional.of(OF_LAPTOP), ON.of(LAPTOP));
  }

  @Test
  void fingerprint_isAnotherForEachWebsiteAddressAndBrowser() {
    var other = ON.salted(new HmacKey("TlasTlasTlasTlasTlasTlasTlasTlasTlasTlas"));
    assertNotEquals(Optional.of(OF_LAPTOP), other.of(LAPTOP));
    assertNotEquals(
        Optional.of(OF_LAPTOP), ON.of(new Connection("203.0.113.8", LAPTOP.userAgent())));
    assertNotEquals(Optional.of(OF_LAPTOP), ON.of(new Connection(LAPTOP.ip(), "curl/8.0")));
  }

  @Test
  void fingerprint_isMadeOnlyWhereTheWebsiteTurnedItOnAndHasASalt() {
    assertEquals(Optional.empty(), ON.turned(false).of(LAPTOP));
    assertEquals(Optional.empty(), Fingerprinting.OFF.turned(true).of(LAPTOP));
    assertEquals(Optional.empty(), ON.of(Connection.UNKNOWN));
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.9, ' 203.0.113.9 '",
    "203.0.113.9, ::ffff:203.0.113.9",
    "203.0.113.9, ::FFFF:203.0.113.9",
    "2001:db8::1, 2001:DB8::1",
  })
  void connection_hasOneTextForOneAddress(String ip, String written) {
    assertEquals(new Connection(ip, "x"), new Connection(written, "x"));
  }

  @Test
  void connection_isNotShown() {
    assertFalse(LAPTOP.toString().contains("203"));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 24 * 60 + 1})
  void window_isPositiveAndAtMostADay(long minutes) {
    assertThrows(IllegalArgumentException.class, () -> ON.within(Duration.ofMinutes(minutes)));
  }

  private static FingerprintField.Read field(String json, Fingerprinting settings) {
    return FingerprintField.read(JsonReader.readOwn(json.replace('\'', '"')), settings);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'ip':'203.0.113.9','user_agent':'Mozilla/5.0 (X11; Linux x86_64)'}",
        "{'ip':'203.0.113.9','userAgent':'Mozilla/5.0 (X11; Linux x86_64)'}",
        "'7ed8e11e2b6e1b7ecfd293bec6d3463b'",
        "'7ED8E11E2B6E1B7ECFD293BEC6D3463B'",
      })
  void field_isAConnectionOrTheDigits(String json) {
    assertEquals(new FingerprintField.Read.Given(Optional.of(OF_LAPTOP)), field(json, ON));
    assertEquals(new FingerprintField.Read.Given(Optional.empty()), field(json, ON.turned(false)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "''",
        "'7ed8'",
        "'7ed8e11e2b6e1b7ecfd293bec6d3463g'",
        "7",
        "true",
        "[]",
        "{}",
        "{'ip':'203.0.113.9'}",
        "{'user_agent':'x'}",
        "{'ip':' ','user_agent':'x'}",
        "{'ip':7,'user_agent':'x'}",
      })
  void field_ofAnythingElseIsWrong(String json) {
    assertInstanceOf(FingerprintField.Read.Wrong.class, field(json, ON));
  }

  @Test
  void sighting_isKnownToFiveMinutesAndInDoubtWithinTheWindow() {
    // given
    var noon = Instant.parse("2026-11-25T12:00:00Z");
    var sighting =
        new Sighting.OfBrowser(
            new AnonymousId("a"), Sighting.slotOf(noon.plus(Duration.ofMinutes(4))));
    var window = Duration.ofMinutes(30);

    // then
    assertEquals(noon, sighting.slot());
    assertTrue(sighting.isWithin(window, noon.plus(Duration.ofMinutes(34))));
    assertFalse(sighting.isWithin(window, noon.plus(Duration.ofMinutes(35))));
  }
}
