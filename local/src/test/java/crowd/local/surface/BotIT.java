package crowd.local.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.identity.WebsiteId;
import crowd.core.website.KeyRole;
import crowd.core.website.Website;
import crowd.core.website.WebsiteAdmin;
import crowd.local.surface.Api.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a bot sends that runs a page's script. Every test has a website of its own. */
@ExtendWith(Running.class)
class BotIT {

  private static final String BOT =
      "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
  private static final Map<String, String> PAGE =
      Map.of("Origin", "https://shop.example", "User-Agent", BOT);

  private final Api api;
  private final WebsiteAdmin websites;
  private final WebsiteId site;
  private final Map<String, String> server;

  BotIT(Api api, WebsiteAdmin websites) {
    this.api = api;
    this.websites = websites;
    this.site = new WebsiteId("visited-" + System.nanoTime());
    websites.add(Website.starting(site, Set.of("https://shop.example")));
    this.server =
        Map.of("X-Crowd-Key", websites.createKey(site, KeyRole.SERVER).orElseThrow().reveal());
  }

  private Answer post(Map<String, String> headers, String route, String fields) {
    return api.post(route, headers, "{'website':'%s',%s}".formatted(site.value(), fields));
  }

  private Answer get(String path) {
    return api.send("GET", path, server, new byte[0]);
  }

  private List<String> ofAnn(String name) {
    return get("/users/ann/events?order=asc").each("events", name);
  }

  @Test
  void c107_botUserAgent_isStoredAndMarkedAndChangesNoProfile() {
    // when
    var identified =
        post(
            PAGE,
            "/identify",
            "'user_id':'ann','anonymous_id':'a','message_id':'m1','traits':{'plan':'pro'}");
    var tracked =
        post(
            PAGE,
            "/track",
            "'user_id':'ann','anonymous_id':'a','message_id':'m2','event':'Viewed','context':{'x':1}");

    // then
    assertEquals("unchanged", identified.outcome());
    assertEquals(List.of("bot"), identified.each("warnings", "code"));
    assertEquals(200, tracked.status());
    assertEquals(List.of("bot"), tracked.each("warnings", "code"));
    assertEquals(404, get("/users/ann").status());

    // when somebody turns out to have this anonymous id
    assertEquals("created", post(server, "/identify", id("ann", "a", "m3")).outcome());

    // then
    assertEquals("{}", get("/users/ann").json("traits"));
    assertEquals(List.of("m1", "m2", "m3"), ofAnn("message_id"));
    assertEquals(List.of("{\"bot\":true}", "{\"bot\":true,\"x\":1}", ""), ofAnn("context"));
  }

  private static String id(String user, String anonymousId, String messageId) {
    return "'user_id':'%s','anonymous_id':'%s','message_id':'%s'"
        .formatted(user, anonymousId, messageId);
  }

  @Test
  void c107_inABatchAndWithoutAnAnonymousId() {
    // when
    var answer =
        post(
            PAGE,
            "/batch",
            "'batch':[{'type':'identify',%s},{'type':'track','user_id':'ann','event':'Viewed'},{'type':'group','user_id':'ann','group_id':'g','traits':{'size':7}}]"
                .formatted(id("ann", "a", "m1")));

    // then
    assertEquals(List.of("ok", "ok", "ok"), answer.each("results", "result"));
    assertEquals(3, answer.each("results", "warnings").size());
    assertTrue(answer.each("results", "warnings").stream().allMatch(w -> w.contains("\"bot\"")));
    assertEquals(404, get("/users/ann").status());
  }

  @Test
  void c107_asClientsOfOtherProductsSendIt() {
    // when
    var answer =
        api.post(
            "/v1/identify",
            Map.of(
                "Origin", "https://shop.example", "X-Write-Key", site.value(), "User-Agent", BOT),
            "{'userId':'ann','anonymousId':'a','traits':{'plan':'pro'}}");

    // then
    assertEquals(200, answer.status(), answer::toString);
    assertEquals(404, get("/users/ann").status());
  }

  @Test
  void c107_turnedOff_aBotIsAPerson() {
    // given
    websites.change(site, website -> website.filteringBots(false));

    // when
    var answer = post(PAGE, "/identify", id("ann", "a", "m1"));

    // then
    assertEquals("created", answer.outcome());
    assertEquals(List.of(), answer.each("warnings", "code"));
    assertEquals(200, get("/users/ann").status());
  }

  @Test
  void serversAreBelievedWhateverTheyCallThemselves() {
    // given
    var bot = new HashMap<>(server);
    bot.put("User-Agent", BOT);

    // then
    assertEquals("created", post(bot, "/identify", id("ann", "a", "m1")).outcome());
  }
}
