package crowd.core.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.message.Message;
import crowd.core.message.MessageType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes and signatures here were made with openssl, as a website's server would. */
class VerificationTest {

  private static final WebsiteId SHOP = new WebsiteId("shop");
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final Duration YEAR = Duration.ofDays(365);

  private static final VerificationSecret OLD =
      VerificationSecret.of("vs_AbCd1234ABCDEFGHIJKLMNOPQRSTUVWXYZ012345");
  private static final VerificationSecret NEW =
      VerificationSecret.of("vs_WxYz9876abcdefghijklmnopqrstuvwxyz543210");

  /** printf %s user_123 | openssl dgst -sha256 -hmac "$OLD". */
  private static final String HASH =
      "fa0c8311ed442e14057adabf8938365d27f266f8b0de90d0a610210c1dae2006";

  private static final String HASH_BY_NEW =
      "16f21673bbb46b9f447cd13fef6b7eb913898ccd437e0160502a0a2553fec2a0";

  private static final String HASH_OF_TURTLE =
      "1d88fd8870b454ceaa2a6d53d0999c8556798bce1b9a1a9ae81b53d7c1b6d331";

  /**
   * For user_123 under anon_1 of shop until 13:00. printf '\ncrowd session
   * 1\nshop\nanon_1\nuser_123\ntp26s0' | openssl dgst -sha256 -hmac "$OLD" -binary | openssl base64
   */
  private static final String TOKEN =
      "vs_AbCd1234.tp26s0.2nJTxlh29iQT9iDNQYYFCH6IoYcMjSpmyStEowK5h0g";

  private static final Verification ENFORCED =
      new Verification(VerificationMode.ENFORCE, List.of(OLD, NEW));

  private static Message message(MessageType type, String user, String anonymousId) {
    return new Message(
        type,
        user.isEmpty() ? null : new UserId(user),
        anonymousId.isEmpty() ? null : new AnonymousId(anonymousId),
        "m1",
        NOON,
        NOON,
        NOON,
        Instant.MAX,
        false,
        JsonReader.readOwnObject(
            "{\"traits\":{\"plan\":\"pro\"},\"set_once\":{\"a\":1},\"context\":{\"b\":2}}"));
  }

  private static Message identify(String user) {
    return message(MessageType.IDENTIFY, user, "anon_1");
  }

  private static Message track(String user, String anonymousId) {
    return message(MessageType.TRACK, user, anonymousId);
  }

  private static Proof hash(String text) {
    return new Proof(Optional.of(text), Optional.empty());
  }

  private static Proof token(String text) {
    return new Proof(Optional.empty(), Optional.of(text));
  }

  private static Trust trust(Message message, Proof proof) {
    return ENFORCED.fromBrowser(SHOP, message, proof, NOON).trust();
  }

  // The hash

  @Test
  void hash_isThatOfAnyOtherTool() {
    assertEquals(Trust.PROVED, trust(identify("user_123"), hash(HASH)));
    assertEquals(Trust.PROVED, trust(identify("żółw@example.com"), hash(HASH_OF_TURTLE)));
    assertEquals(HASH, UserHash.of(OLD.key(), new UserId("user_123")));
  }

  @Test
  void hash_isRightInEitherCase() {
    assertEquals(Trust.PROVED, trust(identify("user_123"), hash(HASH.toUpperCase(Locale.ROOT))));
  }

  @Test
  void hash_isRightByEachLiveSecretAndByNoRetiredOne() {
    assertEquals(Trust.PROVED, trust(identify("user_123"), hash(HASH_BY_NEW)));
    var rotated = ENFORCED.without(OLD.id());
    assertEquals(
        Trust.UNPROVED, rotated.fromBrowser(SHOP, identify("user_123"), hash(HASH), NOON).trust());
    assertEquals(
        Trust.PROVED,
        rotated.fromBrowser(SHOP, identify("user_123"), hash(HASH_BY_NEW), NOON).trust());
  }

  @Test
  void hash_ofAnotherUserIsWrong() {
    assertEquals(Trust.UNPROVED, trust(identify("user_1234"), hash(HASH)));
    assertEquals(Trust.UNPROVED, trust(identify("User_123"), hash(HASH)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "f",
        "fa0c8311ed442e14057adabf8938365d27f266f8b0de90d0a610210c1dae200",
        "fa0c8311ed442e14057adabf8938365d27f266f8b0de90d0a610210c1dae20066",
        "fa0c8311ed442e14057adabf8938365d27f266f8b0de90d0a610210c1dae2007",
        "0000000000000000000000000000000000000000000000000000000000000000",
        " a0c8311ed442e14057adabf8938365d27f266f8b0de90d0a610210c1dae2006",
        "ｆa0c8311ed442e14057adabf8938365d27f266f8b0de90d0a610210c1dae2006",
        "zz0c8311ed442e14057adabf8938365d27f266f8b0de90d0a610210c1dae2006",
      })
  void hash_thatIsNoneIsWrong(String text) {
    assertEquals(Trust.UNPROVED, trust(identify("user_123"), hash(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "true", "{}", "[\"x\"]", "null"})
  void proof_ofAnotherTypeIsNone(String value) {
    // given
    var json =
        JsonReader.readOwnObject("{\"user_hash\":" + value + ",\"sessionToken\":" + value + "}");

    // then
    assertEquals(Proof.NONE, Proof.of(json));
  }

  @Test
  void proof_isReadUnderBothNamesAndNotShown() {
    // given
    var snake =
        Json.Obj.EMPTY
            .with("user_hash", new Json.Text("h"))
            .with("session_token", new Json.Text("t"));
    var camel =
        Json.Obj.EMPTY
            .with("userHash", new Json.Text("h"))
            .with("sessionToken", new Json.Text("t"));

    // then
    assertEquals(Proof.of(snake), Proof.of(camel));
    assertEquals(new Proof(Optional.of("h"), Optional.of("t")), Proof.of(snake));
    assertEquals("a proof", Proof.of(snake).toString());
  }

  // The session

  @Test
  void session_isSignedForTheIdentifyThatIsProved() {
    // when
    var sent = ENFORCED.fromBrowser(SHOP, identify("user_123"), hash(HASH), NOON);

    // then
    assertEquals(Optional.of(TOKEN), sent.session().map(SessionToken::text));
    assertFalse(sent.toString().contains("2nJTxlh29iQT9iDNQYYFCH6IoYcMjSpmyStEowK5h0g"));
  }

  @Test
  void session_isGivenToNothingElse() {
    for (var sent :
        List.of(
            ENFORCED.fromBrowser(SHOP, track("user_123", "anon_1"), hash(HASH), NOON),
            ENFORCED.fromBrowser(SHOP, track("user_123", "anon_1"), token(TOKEN), NOON),
            ENFORCED.fromBrowser(SHOP, identify("user_123"), hash(HASH_OF_TURTLE), NOON),
            ENFORCED
                .in(VerificationMode.OFF)
                .fromBrowser(SHOP, identify("user_123"), hash(HASH), NOON),
            Sent.trusted(identify("user_123"), false))) {
      assertEquals(Optional.empty(), sent.session());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = MessageType.class,
      names = {"TRACK", "PAGE", "SCREEN", "GROUP", "RESET"})
  void session_provesEveryLaterMessage(MessageType type) {
    assertEquals(Trust.PROVED, trust(message(type, "user_123", "anon_1"), token(TOKEN)));
  }

  @Test
  void session_provesNoIdentify() {
    assertEquals(Trust.UNPROVED, trust(identify("user_123"), token(TOKEN)));
  }

  @Test
  void session_ofAnotherUserBrowserOrWebsiteProvesNothing() {
    assertEquals(Trust.UNPROVED, trust(track("user_124", "anon_1"), token(TOKEN)));
    assertEquals(Trust.UNPROVED, trust(track("user_123", "anon_2"), token(TOKEN)));
    assertEquals(Trust.UNPROVED, trust(track("user_123", ""), token(TOKEN)));
    assertEquals(
        Trust.UNPROVED,
        ENFORCED
            .fromBrowser(new WebsiteId("other"), track("user_123", "anon_1"), token(TOKEN), NOON)
            .trust());
  }

  @Test
  void session_endsAfterAnHour() {
    // given
    var message = track("user_123", "anon_1");
    var end = NOON.plus(Duration.ofHours(1));

    // then
    assertEquals(
        Trust.PROVED,
        ENFORCED.fromBrowser(SHOP, message, token(TOKEN), end.minusMillis(1)).trust());
    assertEquals(Trust.UNPROVED, ENFORCED.fromBrowser(SHOP, message, token(TOKEN), end).trust());
  }

  @Test
  void session_endsWithItsSecret() {
    var message = track("user_123", "anon_1");
    assertEquals(
        Trust.UNPROVED,
        ENFORCED.without(OLD.id()).fromBrowser(SHOP, message, token(TOKEN), NOON).trust());
    assertEquals(
        Trust.PROVED,
        ENFORCED.without(NEW.id()).fromBrowser(SHOP, message, token(TOKEN), NOON).trust());
  }

  @Test
  void session_withOneCharacterMoreLessOrOtherProvesNothing() {
    // given
    var forged = new ArrayList<String>();
    for (int i = 0; i < TOKEN.length(); i++) {
      forged.add(TOKEN.substring(0, i));
      forged.add(TOKEN.substring(i + 1));
      for (var other : List.of("A", "z", "0", ".", "é", "\n")) {
        forged.add(TOKEN.substring(0, i) + other + TOKEN.substring(i));
        if (!TOKEN.startsWith(other, i)) {
          forged.add(TOKEN.substring(0, i) + other + TOKEN.substring(i + 1));
        }
      }
    }
    forged.add(TOKEN + "=");
    forged.add(TOKEN.replace("tp26s0", "zzzzzzzz"));
    forged.add(TOKEN.replace(OLD.id(), NEW.id()));

    // then
    for (var text : forged) {
      assertEquals(Trust.UNPROVED, trust(track("user_123", "anon_1"), token(text)), text);
    }
  }

  // The ruling

  private static Ruling ruling(VerificationMode mode, Sent sent) {
    return ENFORCED.in(mode).ruling(sent, YEAR);
  }

  @Test
  void ruling_whenTheUserIsProvedOrThereIsNone_passes() {
    var proved = ENFORCED.fromBrowser(SHOP, identify("user_123"), hash(HASH), NOON);
    var byServer = Sent.trusted(identify("user_123"), false);
    var anonymous = Sent.unproved(track("", "anon_1"));
    for (var mode : VerificationMode.values()) {
      for (var sent : List.of(proved, byServer, anonymous)) {
        assertEquals(new Ruling.Passed(sent.message()), ruling(mode, sent));
      }
    }
  }

  @Test
  void ruling_ofAnUnprovedUser_goesByTheMode() {
    // given
    var sent = Sent.unproved(track("user_123", "anon_1"));

    // then
    assertEquals(new Ruling.Passed(sent.message()), ruling(VerificationMode.OFF, sent));
    assertEquals(new Ruling.Reported(sent.message()), ruling(VerificationMode.REPORT, sent));
    assertEquals(
        new Ruling.Anonymous(sent.message().withoutUser(YEAR)),
        ruling(VerificationMode.ENFORCE, sent));
    assertEquals(
        new Ruling.Refused(),
        ruling(VerificationMode.ENFORCE, Sent.unproved(track("user_123", ""))));
  }

  @Test
  void withoutUser_keepsNothingOfTheUserAndExpires() {
    // when
    var kept = identify("user_123").withoutUser(YEAR);

    // then
    assertEquals(Optional.empty(), kept.user());
    assertEquals(JsonReader.readOwnObject("{\"context\":{\"b\":2}}"), kept.body());
    assertEquals(NOON.plus(YEAR), kept.expires());
    assertEquals("m1", kept.messageId());
  }

  @Test
  void ruling_ofABot_isTheSameInEveryMode() {
    for (var mode : VerificationMode.values()) {
      var message = track("user_123", "anon_1");
      assertEquals(new Ruling.OfBot(message.ofBot(YEAR)), ruling(mode, Sent.byBot(message)));
    }
  }

  @Test
  void ofBot_keepsNothingOfTheUserAndMarks() {
    // when
    var kept = identify("user_123").ofBot(YEAR);

    // then
    assertEquals(Optional.empty(), kept.user());
    assertEquals(JsonReader.readOwnObject("{\"context\":{\"b\":2,\"bot\":true}}"), kept.body());
    assertEquals(NOON.plus(YEAR), kept.expires());
    assertEquals("m1", kept.messageId());
  }

  @Test
  void ofBot_withoutAnAnonymousId_hasTheSameOneOnEveryRetry() {
    // when
    var first = track("user_123", "").ofBot(YEAR).anonymous();
    var again = track("user_456", "").ofBot(YEAR).anonymous();

    // then
    assertTrue(first.orElseThrow().value().startsWith("bot_"));
    assertEquals(first, again);
  }

  // The secrets

  @Test
  void secrets_areTwoAtMost() {
    assertThrows(IllegalArgumentException.class, () -> ENFORCED.with(OLD));
  }

  @Test
  void secret_isNotShown() {
    assertEquals("vs_AbCd1234", OLD.id());
    assertFalse(ENFORCED.toString().contains("ABCDEFGHIJ"));
    assertTrue(OLD.key().reveal().endsWith("012345"));
  }
}
