package crowd.local.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.identity.WebsiteId;
import crowd.core.website.KeyRole;
import crowd.core.website.Website;
import crowd.core.website.WebsiteAdmin;
import crowd.local.surface.Api.Answer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The link by fingerprint, as pages and servers meet it. Every test has a website of its own. */
@ExtendWith(Running.class)
class FingerprintIT {

  private static final String ORIGIN = "https://shop.example";

  private final Api api;
  private final WebsiteAdmin websites;
  private final WebsiteId site;
  private final Map<String, String> server;

  FingerprintIT(Api api, WebsiteAdmin websites) {
    this.api = api;
    this.websites = websites;
    this.site = new WebsiteId("seen-" + System.nanoTime());
    var website = Website.starting(site, Set.of(ORIGIN));
    websites.add(website.with(website.fingerprinting().turned(true)));
    this.server =
        Map.of("X-Crowd-Key", websites.createKey(site, KeyRole.SERVER).orElseThrow().reveal());
  }

  private Answer post(Map<String, String> headers, String route, String fields) {
    return api.post(route, headers, "{'website':'%s',%s}".formatted(site.value(), fields));
  }

  /** A page in a browser of this kind; all of them call from this machine. */
  private static Map<String, String> browser(String userAgent) {
    return Map.of("Origin", ORIGIN, "User-Agent", userAgent);
  }

  private Answer track(String userAgent, String ids, String event) {
    var answer =
        post(
            browser(userAgent),
            "/track",
            "%s,'event':'%s','message_id':'%s'".formatted(ids, event, event));
    // A look waits until what came before is consumed, and so it is known who was seen.
    get("/users");
    return answer;
  }

  private Answer get(String path) {
    return api.send("GET", path, server, new byte[0]);
  }

  private Answer identify(String user, String userAgent, String more) {
    return post(
        server,
        "/identify",
        "'user_id':'%s','fingerprint':{'ip':'127.0.0.1','user_agent':'%s'}%s"
            .formatted(user, userAgent, more));
  }

  private static void assertMissed(String reason, Answer answer) {
    assertEquals(200, answer.status(), answer::toString);
    assertEquals("", answer.text("anonymous_id").orElse(""), answer::toString);
    assertEquals(
        List.of("fingerprint_not_linked"), answer.each("warnings", "code"), answer::toString);
    assertTrue(
        answer.each("warnings", "detail").getFirst().startsWith(reason + ":"), answer::toString);
  }

  @Test
  void c115_theOneUnlinkedBrowserIsMerged() {
    track("firefox", "'anonymous_id':'anon_a'", "e1");
    var answer = identify("ann", "firefox", ",'message_id':'i'");
    assertEquals("created", answer.outcome());
    assertEquals("anon_a", answer.text("anonymous_id").orElse(""));
    assertEquals(List.of(), answer.each("warnings", "code"));
    var user = get("/users/ann");
    assertEquals(List.of("anon_a"), user.each("identities", "anonymous_id"));
    assertEquals(List.of("fingerprint"), user.each("identities", "source"));
    assertEquals(
        List.of("e1", "i"), get("/users/ann/events?order=asc").each("events", "message_id"));
    assertEquals("unchanged", identify("ann", "firefox", "").outcome());
  }

  @Test
  void c116_aBrowserOfAnotherUserIsNotMerged() {
    track("firefox", "'anonymous_id':'anon_a'", "e1");
    assertEquals(
        200, post(server, "/identify", "'user_id':'ann','anonymous_id':'anon_a'").status());
    assertMissed("owned", identify("bob", "firefox", ""));
    assertEquals(List.of(), get("/users/bob").each("identities", "anonymous_id"));
    assertEquals(List.of("anon_a"), get("/users/ann").each("identities", "anonymous_id"));
    assertEquals("ann", get("/users/anon_a").text("user_id").orElse(""));
  }

  @Test
  void whatSpeaksAgainstALink_isSaid() {
    assertMissed("none_seen", identify("ann", "safari", ""));
    track("firefox", "'anonymous_id':'anon_a'", "e1");
    track("firefox", "'anonymous_id':'anon_b'", "e2");
    assertMissed("several_seen", identify("ann", "firefox", ""));
    track("chrome", "'anonymous_id':'anon_c'", "e3");
    post(browser("chrome"), "/reset", "'anonymous_id':'anon_c'");
    assertMissed("sealed", identify("ann", "chrome", ""));
    track("edge", "'user_id':'bob'", "e4");
    track("edge", "'anonymous_id':'anon_d'", "e5");
    assertMissed("seen_with_another_user", identify("ann", "edge", ""));
  }

  @Test
  void whereItIsOff_theAnswerSaysSo() {
    websites.put(Website.starting(site, Set.of(ORIGIN)));
    track("firefox", "'anonymous_id':'anon_a'", "e1");
    assertMissed("off", identify("ann", "firefox", ""));
  }

  @Test
  void anAnonymousId_isBetterKnowledge() {
    track("firefox", "'anonymous_id':'anon_a'", "e1");
    var answer = identify("ann", "firefox", ",'anonymous_id':'anon_b'");
    assertEquals("anon_b", answer.text("anonymous_id").orElse(""));
    assertEquals(List.of(), answer.each("warnings", "code"));
    assertEquals(List.of("anon_b"), get("/users/ann").each("identities", "anonymous_id"));
  }

  @Test
  void aBrowser_maySendNoFingerprint() {
    for (var route : List.of("/identify", "/track", "/reset")) {
      var answer =
          post(
              browser("firefox"),
              route,
              "'user_id':'ann','anonymous_id':'anon_a','event':'e','fingerprint':{}");
      assertEquals(400, answer.status(), answer::toString);
      assertEquals(List.of("fingerprint"), answer.each("errors", "field"));
      assertEquals(List.of("server_key_required"), answer.each("errors", "code"));
    }
    var batch =
        post(
            browser("firefox"),
            "/batch",
            "'batch':[{'type':'track','anonymous_id':'a','event':'e','fingerprint':'x'}]");
    assertEquals(List.of("invalid"), batch.each("results", "result"));
  }

  @Test
  void inABatch_itIsTheSame() {
    track("firefox", "'anonymous_id':'anon_a'", "e1");
    var answer =
        post(
            server,
            "/batch",
            "'batch':[{'type':'identify','user_id':'ann','fingerprint':{'ip':'127.0.0.1','user_agent':'firefox'}},"
                + "{'type':'identify','user_id':'bob','fingerprint':{'ip':'192.0.2.1','user_agent':'x'}}]");
    assertEquals(List.of("created", "created"), answer.each("results", "outcome"));
    assertEquals("anon_a", answer.each("results", "anonymous_id").getFirst());
    assertTrue(answer.each("results", "warnings").get(1).contains("none_seen"));
    assertEquals(List.of("anon_a"), get("/users/ann").each("identities", "anonymous_id"));
  }
}
