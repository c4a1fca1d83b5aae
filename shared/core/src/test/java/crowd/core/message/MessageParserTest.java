package crowd.core.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.identity.UserId;
import crowd.core.json.JsonReader;
import crowd.core.json.JsonText;
import crowd.core.message.MessageParser.Parsed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageParserTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Arrival ARRIVAL =
      new Arrival(NOON, true, Set.of("guest"), Duration.ofDays(365));

  private static final class FixedIds implements Ids {
    @Override
    public String anonymousId() {
      return "anon_new";
    }

    @Override
    public String messageId() {
      return "assigned";
    }
  }

  private static Parsed parse(MessageType type, Arrival arrival, String json) {
    return new MessageParser(new FixedIds())
        .parse(type, JsonReader.readOwnObject(json.replace('\'', '"')), Optional.empty(), arrival);
  }

  private static Message valid(MessageType type, String json) {
    return assertInstanceOf(Parsed.Valid.class, parse(type, ARRIVAL, json)).message();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "IDENTIFY | {} | user_id missing",
        "IDENTIFY | {'user_id':''} | user_id placeholder_id",
        "IDENTIFY | {'user_id':' NULL '} | user_id placeholder_id",
        "IDENTIFY | {'user_id':true} | user_id wrong_type",
        "IDENTIFY | {'user_id':1.5} | user_id wrong_type",
        "IDENTIFY | {'user_id':'a','userId':'b'} | user_id conflicting_field",
        "IDENTIFY | {'user_id':'a\\u0000'} | user_id control_character",
        "IDENTIFY | {'user_id':'a','traits':[]} | traits wrong_type",
        "IDENTIFY | {'user_id':'a','timestamp':'soon','sent_at':7.5e99} | timestamp not_a_timestamp, sent_at not_a_timestamp",
        "IDENTIFY | {'user_id':'a','timestamp':'1999-12-31T23:59:59Z'} | timestamp implausible_timestamp",
        "IDENTIFY | {'user_id':'a','message_id':7} | message_id wrong_type",
        "TRACK | {} | user_id missing, event missing",
        "TRACK | {'anonymous_id':'a','event':' '} | event empty",
        "TRACK | {'anonymous_id':'0000','event':7} | anonymous_id placeholder_id, event wrong_type",
        "GROUP | {'user_id':'a'} | group_id missing",
        "GROUP | {'user_id':'a','group_id':'a\\u0000'} | group_id control_character",
        "RESET | {'user_id':'a'} | anonymous_id missing"
      })
  void parse_saysEverythingThatIsWrong(MessageType type, String json, String expected) {
    var parsed = assertInstanceOf(Parsed.Invalid.class, parse(type, ARRIVAL, json));
    assertEquals(
        List.of(expected.split(", ", -1)),
        parsed.problems().stream().map(problem -> problem.field() + " " + problem.code()).toList());
  }

  @Test
  void parse_ofAnIdentifyOfNobody_isTakenFromClientsThatSendIt() {
    // given
    var parser = MessageParser.takingAnonymousIdentify(new FixedIds());
    var anonymous = JsonReader.readOwnObject("{\"anonymous_id\":\"a\"}");
    var nobody = JsonReader.readOwnObject("{}");
    // then
    var message =
        assertInstanceOf(
                Parsed.Valid.class,
                parser.parse(MessageType.IDENTIFY, anonymous, Optional.empty(), ARRIVAL))
            .message();
    assertEquals(Optional.empty(), message.user());
    assertEquals(NOON.plus(Duration.ofDays(365)), message.expires());
    assertInstanceOf(
        Parsed.Invalid.class,
        parser.parse(MessageType.IDENTIFY, nobody, Optional.empty(), ARRIVAL));
  }

  @Test
  void parse_takesCamelCaseNumbersAndAllowedPlaceholders() {
    var message = valid(MessageType.IDENTIFY, "{'userId':456,'messageId':'m','setOnce':{'a':1}}");
    assertEquals(Optional.of(new UserId("456")), message.user());
    assertEquals("m", message.messageId());
    assertEquals("{\"set_once\":{\"a\":1}}", JsonText.write(message.body()));
    assertEquals(
        Optional.of(new UserId("Guest")),
        valid(MessageType.IDENTIFY, "{'user_id':'Guest'}").user());
  }

  @Test
  void parse_c91_cleansMessageIds() {
    assertEquals(
        "-a-random-string",
        valid(
                MessageType.TRACK,
                "{'user_id':'a','event':'e','message_id':'\\u0000 -a-random-string \\u00A0'}")
            .messageId());
  }

  @Test
  void parse_withoutAMessageId_isNamedByItsContentIfItHasATime() {
    var json = "{'user_id':'a','event':'%s','timestamp':'2026-01-01T00:00:00Z'}";
    var one = valid(MessageType.TRACK, json.formatted("e"));
    assertEquals(one.messageId(), valid(MessageType.TRACK, json.formatted("e")).messageId());
    assertNotEquals(one.messageId(), valid(MessageType.TRACK, json.formatted("f")).messageId());
    assertTrue(one.messageId().startsWith("hash-"));
    assertEquals("assigned", valid(MessageType.TRACK, "{'user_id':'a','event':'e'}").messageId());
  }

  @Test
  void parse_untimedAndExpiry() {
    assertTrue(valid(MessageType.TRACK, "{'user_id':'a','event':'e','message_id':'m'}").untimed());
    var anonymous =
        valid(MessageType.TRACK, "{'anonymous_id':'a1','event':'e','timestamp':1767225600000}");
    assertEquals(NOON.plus(Duration.ofDays(365)), anonymous.expires());
    assertEquals(Instant.MAX, valid(MessageType.TRACK, "{'user_id':'a','event':'e'}").expires());
  }

  @Test
  void parse_aBrowserSpeaksForItsOwnConnectionOnly() {
    var json = "{'user_id':'a','event':'e','context':{'ip':'1.2.3.4','user_agent':'x','page':1}}";
    var browser = new Arrival(NOON, false, Set.of(), Duration.ofDays(1));
    var message =
        assertInstanceOf(Parsed.Valid.class, parse(MessageType.TRACK, browser, json)).message();
    assertEquals("{\"context\":{\"page\":1},\"event\":\"e\"}", JsonText.write(message.body()));
  }

  @Test
  void parse_tooLarge() {
    var json =
        "{'user_id':'a','event':'e','properties':{'p':'"
            + "x".repeat(MessageParser.MAX_BYTES)
            + "'}}";
    assertInstanceOf(Parsed.TooLarge.class, parse(MessageType.TRACK, ARRIVAL, json));
  }

  @Test
  void json_comesBackWhole() {
    var message =
        valid(
            MessageType.TRACK,
            "{'user_id':'a','anonymous_id':'b','event':'e','message_id':'m','properties':{'n':1.0}}");
    var text = JsonText.write(MessageJson.write(message));
    assertEquals(message, MessageJson.read(JsonReader.readOwnObject(text)));
  }
}
