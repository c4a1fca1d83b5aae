package crowd.local.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.identity.WebsiteId;
import crowd.core.json.Json;
import crowd.core.json.JsonText;
import crowd.core.verify.VerificationMode;
import crowd.core.verify.VerificationSecret;
import crowd.core.website.KeyRole;
import crowd.core.website.VerificationAdmin;
import crowd.core.website.Website;
import crowd.core.website.WebsiteAdmin;
import crowd.local.surface.Api.Answer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** User verification, as pages and servers meet it. Every test has a website of its own. */
@ExtendWith(Running.class)
class VerificationIT {

  private static final Map<String, String> PAGE = Map.of("Origin", "https://shop.example");

  private final Api api;
  private final WebsiteAdmin websites;
  private final VerificationAdmin verification;
  private final WebsiteId site;
  private final VerificationSecret secret;
  private final Map<String, String> server;

  VerificationIT(Api api, WebsiteAdmin websites) {
    this.api = api;
    this.websites = websites;
    this.verification = new VerificationAdmin(websites);
    this.site = new WebsiteId("verified-" + System.nanoTime());
    websites.add(Website.starting(site, Set.of("https://shop.example")).rankingTraits(true));
    this.secret = created();
    this.server =
        Map.of("X-Crowd-Key", websites.createKey(site, KeyRole.SERVER).orElseThrow().reveal());
  }

  private VerificationSecret created() {
    return assertInstanceOf(
            VerificationAdmin.Outcome.Created.class, verification.createSecret(site))
        .secret();
  }

  private void turn(VerificationMode mode) {
    assertInstanceOf(VerificationAdmin.Outcome.Changed.class, verification.turn(site, mode));
  }

  /** As a website's own server does it. */
  private static String hash(VerificationSecret secret, String user) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(secret.key().reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(user.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Answer post(Map<String, String> headers, String route, String fields) {
    return api.post(route, headers, "{'website':'%s',%s}".formatted(site.value(), fields));
  }

  private Answer page(String route, String fields) {
    return post(PAGE, route, fields);
  }

  private Answer identify(String user, String anonymousId, String more) {
    return page(
        "/identify", "'user_id':'%s','anonymous_id':'%s'%s".formatted(user, anonymousId, more));
  }

  private static String withHash(String hash) {
    return ",'user_hash':'" + hash + "'";
  }

  /** The session of ann in browser a, who is proved. */
  private String session() {
    return identify("ann", "a", withHash(hash(secret, "ann"))).text("session_token").orElseThrow();
  }

  private Answer get(String path) {
    return api.send("GET", path, server, new byte[0]);
  }

  private List<String> events(String id) {
    return get("/users/" + id + "/events?order=asc").each("events", "message_id");
  }

  private static void assertUnverified(Answer answer) {
    assertEquals(403, answer.status(), answer::toString);
    assertEquals("unverified", answer.text("code").orElse(""), answer::toString);
    assertTrue(answer.text("detail").orElse("").contains("HMAC-SHA256"), answer::toString);
  }

  @Test
  void c109_enforced() {
    turn(VerificationMode.ENFORCE);
    assertUnverified(identify("ann", "a", ",'traits':{'plan':'pro'}"));
    var wrong = identify("ann", "a", withHash("00".repeat(32)));
    assertUnverified(wrong);
    assertEquals("unverified", wrong.outcome());
    assertEquals(404, get("/users/ann").status());
    assertEquals(404, get("/users/a").status());
    var right = identify("ann", "a", withHash(hash(secret, "ann")));
    assertEquals("created", right.outcome());
    assertEquals(List.of(), right.each("warnings", "code"));
  }

  @Test
  void c109_enforced_asClientsOfOtherProductsSendIt() {
    // given
    turn(VerificationMode.ENFORCE);
    var page = Map.of("Origin", "https://shop.example", "X-Write-Key", site.value());
    var identify = "{'userId':'ann','anonymousId':'a','traits':{'plan':'pro'},'context':{'x':1%s}}";
    var right = ",'user_hash':'" + hash(secret, "ann") + "'";
    // then
    assertUnverified(api.post("/v1/identify", page, identify.formatted("")));
    assertUnverified(api.post("/v1/identify", page, identify.formatted(",'user_hash':'00'")));
    assertEquals(404, get("/users/ann").status());
    assertEquals(200, api.post("/v1/identify", page, identify.formatted(right)).status());
    assertEquals("{'plan':'pro'}", get("/users/ann").json("traits"));
    // A proof is no context.
    assertEquals(
        Set.of("{\"x\":1}"), Set.copyOf(get("/users/ann/events").each("events", "context")));
  }

  @Test
  void c109_reported() {
    turn(VerificationMode.REPORT);
    var missing = identify("ann", "a", "");
    assertEquals("created", missing.outcome());
    assertEquals(List.of("unverified"), missing.each("warnings", "code"));
    var wrong = identify("ann", "a", withHash("00".repeat(32)));
    assertEquals("unchanged", wrong.outcome());
    assertEquals(List.of("unverified"), wrong.each("warnings", "code"));
    assertTrue(wrong.text("session_token").isEmpty());
    var right = identify("ann", "a", withHash(hash(secret, "ann")));
    assertEquals(List.of(), right.each("warnings", "code"));
    assertTrue(right.text("session_token").isPresent());
  }

  @Test
  void off_looksAtNoProof() {
    var answer = identify("ann", "a", withHash("00".repeat(32)));
    assertEquals("created", answer.outcome());
    assertEquals(List.of(), answer.each("warnings", "code"));
    assertTrue(identify("ann", "a", withHash(hash(secret, "ann"))).text("session_token").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",'user_hash':7",
        ",'user_hash':{}",
        ",'user_hash':null",
        ",'user_hash':''",
        ",'user_hash':'abc'",
        ",'userHash':[1]",
      })
  void aProofThatIsNone_isAWrongOneAndNoMalformedMessage(String proof) {
    turn(VerificationMode.ENFORCE);
    assertUnverified(identify("ann", "a", proof));
  }

  @Test
  void theHash_isTakenInEitherCaseUnderBothNames() {
    turn(VerificationMode.ENFORCE);
    var hash = hash(secret, "ann").toUpperCase(Locale.ROOT);
    assertEquals("created", identify("ann", "a", ",'userHash':'" + hash + "'").outcome());
  }

  @Test
  void aServer_needsNoProof() {
    turn(VerificationMode.ENFORCE);
    assertEquals("created", post(server, "/identify", "'user_id':'ann'").outcome());
    assertEquals(
        200, post(server, "/track", "'user_id':'ann','event':'e','message_id':'m'").status());
    assertEquals(1, events("ann").stream().filter("m"::equals).count());
  }

  @Test
  void anUnprovedIdentify_isKeptAsAnAnonymousEventOfTheBrowser() {
    turn(VerificationMode.ENFORCE);
    assertUnverified(identify("ann", "a", ",'message_id':'forged','traits':{'plan':'pro'}"));
    identify("bob", "a", withHash(hash(secret, "bob")) + ",'message_id':'right'");
    assertEquals(List.of("forged", "right"), events("bob"));
    var answer = JsonText.write(get("/users/bob/events").body());
    assertFalse(answer.contains("ann"), answer);
    assertFalse(answer.contains("plan"), answer);
    assertEquals(404, get("/users/ann").status());
  }

  @Test
  void anUnprovedIdentifyThatIsSentAgainWithItsHash_isOneEvent() {
    turn(VerificationMode.ENFORCE);
    var same = ",'message_id':'m1','timestamp':'2026-01-01T00:00:00Z'";
    assertUnverified(identify("ann", "a", same));
    assertEquals("created", identify("ann", "a", same + withHash(hash(secret, "ann"))).outcome());
    assertEquals(List.of("m1"), events("ann"));
  }

  @Test
  void aSession_provesWhatComesAfterIt() {
    turn(VerificationMode.ENFORCE);
    var token = session();
    for (var name : List.of("session_token", "sessionToken")) {
      var tracked =
          page(
              "/track",
              "'user_id':'ann','anonymous_id':'a','event':'e','message_id':'%s','%s':'%s'"
                  .formatted(name, name, token));
      assertEquals(200, tracked.status(), tracked::toString);
      assertEquals("", tracked.json("warnings"));
    }
    assertTrue(events("ann").containsAll(List.of("session_token", "sessionToken")));
  }

  @Test
  void anUnprovedTrack_isTheBrowsersAlone() {
    turn(VerificationMode.ENFORCE);
    var token = session();
    var forged =
        List.of(
            "",
            "'session_token':'" + token.substring(0, token.length() - 1) + "',",
            "'session_token':'" + token.replace("vs_", "vz_") + "',",
            "'session_token':7,",
            "'user_hash':'" + hash(secret, "ann") + "0',");
    for (int i = 0; i < forged.size(); i++) {
      var answer =
          page(
              "/track",
              "%s'user_id':'ann','anonymous_id':'a','event':'e','message_id':'f%d'"
                  .formatted(forged.get(i), i));
      assertEquals(200, answer.status(), answer::toString);
      assertEquals(List.of("unverified"), answer.each("warnings", "code"), answer::toString);
    }
    var otherUser =
        page(
            "/track",
            "'session_token':'%s','user_id':'bob','anonymous_id':'a','event':'e'".formatted(token));
    assertEquals(List.of("unverified"), otherUser.each("warnings", "code"));
    var otherBrowser =
        page(
            "/track",
            "'session_token':'%s','user_id':'ann','anonymous_id':'b','event':'e'".formatted(token));
    assertEquals(List.of("unverified"), otherBrowser.each("warnings", "code"));
    assertEquals(404, get("/users/bob").status());
    assertEquals(List.of("a"), get("/users/ann").each("identities", "anonymous_id"));
    // What is left of them is the browser's, and that is ann's.
    var anns = get("/users/ann/events?order=asc");
    assertEquals(
        List.of("identify", "track", "track", "track", "track", "track", "track"),
        anns.each("events", "type"));
    assertEquals(List.of("ann", "", "", "", "", "", ""), anns.each("events", "user_id"));
  }

  @Test
  void anUnprovedTrackWithoutAnonymousId_isRefused() {
    turn(VerificationMode.ENFORCE);
    assertUnverified(
        page("/track", "'user_id':'ann','event':'e','session_token':'" + session() + "'"));
    assertEquals(
        200,
        page("/track", "'user_id':'ann','event':'e'" + withHash(hash(secret, "ann"))).status());
  }

  @Test
  void aSessionOfAnotherWebsite_provesNothing() {
    turn(VerificationMode.ENFORCE);
    var other = new VerificationIT(api, websites);
    other.turn(VerificationMode.ENFORCE);
    var answer =
        page(
            "/track",
            "'user_id':'ann','anonymous_id':'a','event':'e','session_token':'%s'"
                .formatted(other.session()));
    assertEquals(List.of("unverified"), answer.each("warnings", "code"));
  }

  @Test
  void aReset_makesNobodySomebodyElse() {
    turn(VerificationMode.ENFORCE);
    assertEquals(200, page("/reset", "'user_id':'ann','anonymous_id':'b'").status());
    assertEquals(404, get("/users/ann").status());
  }

  @Test
  void aBatch_isProvedAsAWholeOrMessageByMessage() {
    turn(VerificationMode.ENFORCE);
    var token = session();
    var answer =
        page(
            "/batch",
            """
            'session_token':'%s','batch':[
             {'type':'track','user_id':'ann','anonymous_id':'a','event':'e','message_id':'1'},
             {'type':'page','user_id':'ann','anonymous_id':'b','message_id':'2'},
             {'type':'screen','user_id':'ann','message_id':'3'},
             {'type':'group','group_id':'g','user_id':'bob','anonymous_id':'c','message_id':'4','user_hash':'%s'},
             {'type':'identify','user_id':'ann','anonymous_id':'a','message_id':'5'},
             {'type':'identify','user_id':'eve','anonymous_id':'d','message_id':'6','userHash':'%s'},
             {'type':'track','anonymous_id':'a','event':'e','message_id':'7'}]
            """
                .formatted(token, hash(secret, "bob"), hash(secret, "eve")));
    assertEquals(
        List.of("ok", "ok", "refused", "ok", "refused", "ok", "ok"),
        answer.each("results", "result"));
    assertEquals(
        List.of("", "", "", "", "unverified", "created", ""), answer.each("results", "outcome"));
    assertTrue(answer.each("results", "warnings").get(1).contains("unverified"), answer::toString);
    assertTrue(answer.each("results", "problem").get(2).contains("unverified"), answer::toString);
    assertFalse(answer.each("results", "session_token").get(5).isEmpty());
    assertEquals(List.of("c"), get("/users/bob").each("identities", "anonymous_id"));
    assertEquals(List.of("a"), get("/users/ann").each("identities", "anonymous_id"));
    assertTrue(events("ann").containsAll(List.of("1", "5", "7")), "" + events("ann"));
  }

  @Test
  void bothLiveSecrets_prove() {
    turn(VerificationMode.ENFORCE);
    var fresh = created();
    assertEquals("created", identify("ann", "a", withHash(hash(secret, "ann"))).outcome());
    assertEquals("unchanged", identify("ann", "a", withHash(hash(fresh, "ann"))).outcome());
  }

  @Test
  void anUnverifiedWrite_changesNoVerifiedTrait() {
    turn(VerificationMode.REPORT);
    var later = ",'timestamp':'2026-01-02T00:00:00Z'";
    identify(
        "ann",
        "a",
        withHash(hash(secret, "ann"))
            + ",'traits':{'plan':'pro'},'set_once':{'ref':'ad'},'timestamp':'2026-01-01T00:00:00Z'");
    var forged = identify("ann", "b", later + ",'traits':{'plan':'free','ref':'x','new':1}");
    assertEquals(List.of("unverified", "trait_verified"), forged.each("warnings", "code"));
    assertEquals("{'new':1,'plan':'pro','ref':'ad'}", get("/users/ann").json("traits"));
    post(server, "/identify", "'user_id':'ann','traits':{'plan':'basic'}" + later);
    assertEquals("{'new':1,'plan':'basic','ref':'ad'}", get("/users/ann").json("traits"));
  }

  @Test
  void noProof_isKeptAnywhere() {
    turn(VerificationMode.REPORT);
    var token = session();
    page(
        "/track",
        "'user_id':'ann','anonymous_id':'a','event':'e','session_token':'%s','user_hash':'%s'"
            .formatted(token, hash(secret, "ann")));
    for (var path : List.of("/users/ann", "/users/ann/events", "/users")) {
      var body = get(path).body();
      assertFalse(JsonText.write(body).contains(token));
      assertFalse(JsonText.write(body).contains(hash(secret, "ann")));
      assertInstanceOf(Json.Obj.class, body);
    }
  }
}
