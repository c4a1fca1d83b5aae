package crowd.local.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.core.identity.WebsiteId;
import crowd.core.website.KeyRole;
import crowd.core.website.Website;
import crowd.core.website.WebsiteAdmin;
import crowd.local.dev.Demo;
import crowd.local.surface.Api.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What goes wrong on somebody's first day: each answer says what to do. */
@ExtendWith(Running.class)
class NewcomerIT {

  private static final Map<String, String> KEY = Map.of("X-Crowd-Key", Demo.SERVER_KEY);

  private static final String EVENT = "'website':'demo','user_id':'newcomer','event':'e'";

  private final Api api;
  private final WebsiteAdmin websites;

  NewcomerIT(Api api, WebsiteAdmin websites) {
    this.api = api;
    this.websites = websites;
  }

  private static Map<String, String> basic(String user) {
    var text = (user + ":").getBytes(StandardCharsets.UTF_8);
    return Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(text));
  }

  /** Status, code, and what to do: of the first field that is wrong, or of the whole. */
  private static String told(Answer answer) {
    var fields = answer.each("errors", "field");
    return answer.status()
        + " "
        + answer.text("code").orElse("")
        + ": "
        + (fields.isEmpty()
            ? answer.text("detail").orElse("")
            : fields.getFirst() + " " + answer.each("errors", "detail").getFirst());
  }

  private String track(Map<String, String> headers, String fields) {
    return told(api.post("/track", headers, "{" + fields + "}"));
  }

  private String v1(Map<String, String> headers, String fields) {
    return told(api.post("/v1/track", headers, "{" + fields + "}"));
  }

  @Test
  void whoMayNotCall_isToldWhatToSend() {
    // given
    var other = new WebsiteId("newcomer-" + System.nanoTime());
    websites.add(Website.starting(other, Set.of("https://shop.example")));
    var key = websites.createKey(other, KeyRole.SERVER).orElseThrow().reveal();
    // when
    var told = new LinkedHashMap<String, String>();
    told.put("no key", track(Map.of(), EVENT));
    told.put("a wrong key", track(Map.of("X-Crowd-Key", key + "x"), EVENT));
    told.put("no write key", v1(Map.of(), "'userId':'u','event':'e'"));
    told.put("a public id on a server", v1(basic("demo"), "'userId':'u','event':'e'"));
    told.put("a key of another website", track(Map.of("X-Crowd-Key", key), EVENT));
    told.put("an unknown website", track(KEY, "'website':'nowhere','user_id':'u','event':'e'"));
    told.put("no website", track(KEY, "'user_id':'u','event':'e'"));
    told.put("a page of elsewhere", track(Map.of("Origin", "https://elsewhere.example"), EVENT));
    told.put(
        "a server key in a page",
        track(Map.of("X-Crowd-Key", Demo.SERVER_KEY, "Origin", "http://localhost:3000"), EVENT));
    told.put("a read key", track(Map.of("X-Crowd-Key", Demo.READ_KEY), EVENT));
    // then
    var noKey =
        "401 unauthorized: The call has no valid key. Send one live key of the website in the"
            + " header X-Crowd-Key; from a browser, send none, and call from an origin that the"
            + " website allows.";
    var expected = new LinkedHashMap<String, String>();
    expected.put("no key", noKey);
    expected.put("a wrong key", noKey);
    expected.put(
        "no write key",
        "401 unauthorized: The call has no valid write key. Send a live server key, or from a page"
            + " the website's public id: as the user name of HTTP Basic with an empty password, or"
            + " as writeKey in the body.");
    expected.put(
        "a public id on a server",
        "401 unauthorized: The write key is a public id, and those are for pages of the website:"
            + " the call has no Origin. From a server, send a server key as the write key.");
    expected.put(
        "a key of another website",
        "403 key_of_another_website: The key is of another website than the one in the field"
            + " website.");
    expected.put(
        "an unknown website",
        "404 website_not_found: There is no website of this id; check the field website.");
    expected.put(
        "no website",
        "400 invalid_message: website must be a string: the public id of the website");
    expected.put(
        "a page of elsewhere",
        "401 unauthorized: The website does not allow this origin. Add it to the website's origins,"
            + " or send a server key in X-Crowd-Key.");
    expected.put(
        "a server key in a page",
        "403 secret_key_in_browser: A server key came from a browser, where everybody can read it:"
            + " revoke it, and send from pages the website's public id as website, without a key.");
    expected.put(
        "a read key",
        "403 server_key_required: Only a server key may do this; send it from a server, in"
            + " X-Crowd-Key.");
    assertEquals(expected, told);
  }

  @Test
  void whatIsWrongInAMessage_isNamedWithWhatToDo() {
    // given
    var large = "'properties':{'p':'" + "x".repeat(600_000) + "'}";
    // when
    var told = new LinkedHashMap<String, String>();
    told.put("userId misspelt", track(KEY, "'website':'demo','userID':'u','event':'e'"));
    told.put("user_id misspelt", v1(basic(Demo.SERVER_KEY), "'user-id':'u','event':'e'"));
    told.put("no id", track(KEY, "'website':'demo','event':'e'"));
    told.put("no event", track(KEY, "'website':'demo','user_id':'u','name':'e'"));
    told.put("a function", track(KEY, EVENT + ",'properties':{'f':function () { return 1 }}"));
    told.put("year 2099", track(KEY, EVENT + ",'timestamp':'2099-01-01T00:00:00Z'"));
    told.put("a day alone", track(KEY, EVENT + ",'timestamp':'2026-01-01'"));
    told.put("a placeholder", track(KEY, "'website':'demo','user_id':'null','event':'e'"));
    told.put("an empty batch", told(api.post("/batch", KEY, "{'website':'demo','batch':[]}")));
    told.put("600 KB", track(KEY, EVENT + "," + large));
    told.put("600 KB of Segment's", v1(basic(Demo.SERVER_KEY), "'userId':'u'," + large));
    told.put("no body", told(api.post("/track", KEY, "")));
    told.put("a wrong method", told(api.get("/track")));
    // then
    var expected = new LinkedHashMap<String, String>();
    var missing =
        "400 invalid_message: user_id is missing, and so is anonymous_id; send at least one of the two";
    var almost = " (a field of almost that name came: spell it user_id, or in camelCase)";
    expected.put("userId misspelt", missing + almost);
    expected.put("user_id misspelt", missing + almost);
    expected.put("no id", missing);
    expected.put("no event", "400 invalid_message: event is missing; send its name");
    expected.put(
        "a function",
        "400 not_json: The body is not JSON, near line 1, column 70; send what JSON.stringify,"
            + " json.dumps and their like write.");
    expected.put(
        "year 2099",
        "400 invalid_message: timestamp lies before the year 2000 or more than 24 hours ahead; check"
            + " the clock, or send sent_at so that it can be corrected");
    expected.put(
        "a day alone",
        "400 invalid_message: timestamp is no time; send ISO 8601 with an offset, such as"
            + " 2026-01-31T12:00:00Z, or milliseconds since 1970");
    expected.put(
        "a placeholder",
        "400 invalid_message: user_id is a placeholder that stands for nobody; send the durable id"
            + " of one person, or leave it out");
    expected.put(
        "an empty batch", "400 invalid_message: batch is empty; send at least one message");
    expected.put(
        "600 KB", "413 body_too_large: The body is over 500 KB; send it in several calls.");
    expected.put(
        "600 KB of Segment's",
        "400 body_too_large: The body is over 500 KB; send it in several calls.");
    expected.put("no body", "400 empty_body: The body is empty; send a JSON object.");
    expected.put("a wrong method", "405 method_not_allowed: Send POST instead.");
    assertEquals(expected, told);
    assertEquals(404, api.user("newcomer").status());
  }

  @Test
  void aTraitThatIsAFunctionsText_isTakenAndWarnedOf() {
    for (var text :
        List.of(
            "function () { return user.name }",
            "function getName(a, b) { [native code] }",
            "async function f() {}",
            "() => user.name",
            "[object Object]",
            "com.shop.User@1b28cdfa")) {
      // when
      var answer =
          api.message("/identify", "'user_id':'newcomer-f','traits':{'name':'%s'}".formatted(text));
      // then
      assertEquals(200, answer.status(), text);
      assertEquals(
          List.of("traits.name trait_program_text"),
          List.of(
              answer.each("warnings", "field").getFirst()
                  + " "
                  + answer.each("warnings", "code").getFirst()),
          text);
      assertEquals("{'name':'%s'}".formatted(text), api.traits("newcomer-f"));
    }
    for (var text : List.of("Function Junction", "me@example.org", "function")) {
      assertEquals(
          List.of(),
          api.message("/identify", "'user_id':'newcomer-g','traits':{'name':'%s'}".formatted(text))
              .each("warnings", "code"),
          text);
    }
  }
}
