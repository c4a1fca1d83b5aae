package crowd.functions.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.core.identify.Warning;
import crowd.core.json.JsonReader;
import crowd.core.json.JsonText;
import crowd.functions.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranslatorTest {

  private static final Instant SENT = World.NOON.minusSeconds(5);

  private final List<Warning> warnings = new ArrayList<>();

  private String translated(boolean fromPage, String shared, String foreign) {
    var translator =
        new Translator(fromPage, World.json(quoted(shared)), Optional.of(SENT), World.NOON);
    return JsonText.write(translator.translate(World.json(quoted(foreign)), warnings::add))
        .replace('"', '\'');
  }

  private static String quoted(String singleQuoted) {
    return singleQuoted.replace('\'', '"');
  }

  /** As they are written, whatever the order of their fields. */
  private static String canonical(String singleQuoted) {
    return JsonText.write(JsonReader.readOwn(quoted(singleQuoted))).replace('"', '\'');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // The context of a batch is that of its messages, whose own counts before it.
        "{'a':1,'b':1} | {'type':'track','context':{'b':2}} | {'type':'track','context':{'a':1,'b':2}}",
        "{'a':1} | {'type':'track'} | {'type':'track','context':{'a':1}}",
        "{'a':1} | {'type':'track','context':7} | {'type':'track','context':7}",
        // Traits of an identify stand in two places, and of nothing else.
        "{} | {'type':'identify','context':{'traits':{'a':1,'b':1},'ip':'x'},'traits':{'b':2}} | {'type':'identify','context':{'ip':'x'},'traits':{'a':1,'b':2}}",
        "{} | {'type':'identify','context':{'traits':{'a':1}}} | {'type':'identify','context':{},'traits':{'a':1}}",
        "{} | {'type':'identify','context':{'traits':{'a':1}},'traits':{'a':null}} | {'type':'identify','context':{},'traits':{'a':null}}",
        "{} | {'type':'group','context':{'traits':{'a':1}},'traits':{'b':2}} | {'type':'group','context':{'traits':{'a':1}},'traits':{'b':2}}",
        // Times: under either name, and the first before the second.
        "{} | {'type':'track','originalTimestamp':'2026-11-25T11:00:00Z'} | {'type':'track','timestamp':'2026-11-25T11:00:00Z'}",
        "{} | {'type':'track','timestamp':1795600000,'originalTimestamp':'2026-11-25T11:00:00Z','sentAt':'2026-11-25T11:00:00.123456789+02:00'} | {'type':'track','timestamp':1795600000,'sent_at':'2026-11-25T11:00:00.123456789+02:00'}",
        // Nobody is empty or null.
        "{} | {'type':'track','userId':'','anonymousId':'a','user_id':' '} | {'type':'track','anonymousId':'a'}",
        "{} | {'type':'track','userId':null,'anonymousId':'a'} | {'type':'track','userId':null,'anonymousId':'a'}",
        // What an empty array of PHP means.
        "{} | {'type':'identify','traits':[],'context':[],'integrations':[]} | {'type':'identify','integrations':[]}",
        // A page's category is a property.
        "{} | {'type':'page','category':'Docs','name':'Home'} | {'type':'page','category':'Docs','name':'Home','properties':{'category':'Docs'}}",
        "{} | {'type':'page','category':'Docs','properties':{'category':'x'}} | {'type':'page','category':'Docs','properties':{'category':'x'}}",
        "{} | {'type':'page','category':'Docs','properties':7} | {'type':'page','category':'Docs','properties':7}",
        // An alias under all its names.
        "{} | {'type':'alias','userId':'u','from':'v'} | {'type':'alias','userId':'u','previous_id':'v'}",
        "{} | {'type':'alias','userId':'u','previousId':'v','anonymousId':'v'} | {'type':'alias','userId':'u','previous_id':'v','anonymousId':'v'}",
        // What proves a user is no context.
        "{} | {'type':'track','context':{'user_hash':'h','a':1}} | {'type':'track','context':{'a':1},'user_hash':'h'}",
        "{} | {'type':'track','user_hash':'own','context':{'userHash':'h'}} | {'type':'track','context':{},'user_hash':'own'}",
        // Fields that mean something to us only, and the key.
        "{} | {'type':'track','fingerprint':'f','writeKey':'k'} | {'type':'track'}",
        "{} | {'type':'merge','x':1} | {'type':'merge','x':1}"
      })
  void translate_mendsWhatDiffers(String shared, String foreign, String expected) {
    assertEquals(canonical(expected), translated(false, shared, foreign));
    assertEquals(List.of(), warnings);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'track','timestamp':'soon'} | timestamp",
        "{'type':'track','timestamp':'2026-11-25T11:00:00'} | timestamp",
        "{'type':'track','originalTimestamp':{}} | timestamp",
        "{'type':'track','timestamp':'1970-01-01T00:00:00Z','sentAt':'2026-11-25T12:00:00Z'} | timestamp",
        "{'type':'track','timestamp':'2027-01-01T00:00:00Z'} | timestamp",
        "{'type':'track','sentAt':'now'} | sent_at"
      })
  void translate_ofATimeThatCannotBeUsed_takesItAsOfNowAndWarns(String foreign, String field) {
    // when
    var message = translated(false, "{}", foreign);
    // then
    assertEquals(List.of(field), warnings.stream().flatMap(w -> w.field().stream()).toList());
    assertEquals("not_a_timestamp", warnings.getFirst().code());
    assertEquals(-1, message.indexOf("'" + field + "'"), message);
  }

  @Test
  void translate_ofAClockThatIsWrong_keepsTheTimeThatSentAtCorrects() {
    assertEquals(
        canonical(
            "{'type':'track','timestamp':'1970-01-01T00:00:00Z','sent_at':'1970-01-01T00:00:05Z'}"),
        translated(
            false,
            "{}",
            "{'type':'track','timestamp':'1970-01-01T00:00:00Z','sentAt':'1970-01-01T00:00:05Z'}"));
    assertEquals(List.of(), warnings);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Its own anonymous id: what a page may claim.
        "{'type':'alias','userId':'u','anonymousId':'a','previousId':'a'} | {'type':'identify','userId':'u','anonymousId':'a'}",
        // Everything else stays an alias, which only a server may send.
        "{'type':'alias','userId':'u','anonymousId':'a','previousId':'v'} | {'type':'alias','userId':'u','anonymousId':'a','previous_id':'v'}",
        "{'type':'alias','userId':'u','previousId':'v'} | {'type':'alias','userId':'u','previous_id':'v'}",
        "{'type':'alias','anonymousId':'a','previousId':'a'} | {'type':'alias','anonymousId':'a','previous_id':'a'}"
      })
  void translate_ofAPagesAlias_claimsItsOwnAnonymousIdOnly(String foreign, String expected) {
    assertEquals(canonical(expected), translated(true, "{}", foreign));
  }
}
