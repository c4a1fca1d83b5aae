package crowd.local.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.core.identity.WebsiteId;
import crowd.core.json.JsonText;
import crowd.core.website.KeyRole;
import crowd.core.website.Website;
import crowd.core.website.WebsiteAdmin;
import crowd.local.surface.Api.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behaviours that the field agrees on, each by its number, at the routes of other products. */
@ExtendWith(Running.class)
class CompatConformanceIT {

  private static final String SUCCESS = "200 {'success':true}";

  private final Api api;
  private String u = "";
  private String u2 = "";
  private String a = "";

  CompatConformanceIT(Api api) {
    this.api = api;
  }

  /** Every test has people of its own. */
  @BeforeEach
  void people(TestInfo test) {
    var prefix = test.getTestMethod().orElseThrow().getName() + "-" + System.nanoTime();
    u = prefix + "-u";
    u2 = prefix + "-u2";
    a = prefix + "-a";
  }

  private static Map<String, String> server() {
    return Map.of("Authorization", basic("sk_demo_local"));
  }

  private static Map<String, String> page() {
    return Map.of("Authorization", basic("demo"), "Origin", "http://localhost:3000");
  }

  private static String basic(String key) {
    return "Basic "
        + Base64.getEncoder().encodeToString((key + ":").getBytes(StandardCharsets.UTF_8));
  }

  /** {@code fields} without braces. */
  private Answer server(String route, String fields) {
    return api.post(route, server(), "{" + fields + "}");
  }

  private static String told(Answer answer) {
    return answer.status() + " " + JsonText.write(answer.body()).replace('"', '\'');
  }

  private static void assertBad(Answer answer, int status, String code, String... fields) {
    assertEquals(status + " " + code, answer.status() + " " + answer.text("code").orElse(""));
    assertEquals("false", answer.json("success"));
    assertEquals(List.of(fields), answer.each("errors", "field"));
  }

  // Alias

  @Test
  void c55_aliasAsSegmentSendsIt() {
    // given
    server("/v1/track", "'userId':'%s','event':'e1','timestamp':'%s'".formatted(u2, Api.at(1)));
    server("/v1/track", "'userId':'%s','event':'e2','timestamp':'%s'".formatted(u, Api.at(2)));
    // then
    assertEquals(200, api.user(u).status());
    var alias = "{'userId':'%s','previousId':'%s'}".formatted(u, u2);
    assertBad(api.post("/v1/alias", page(), alias), 403, "server_key_required");
    assertEquals(List.of("e2"), api.timeline(u));
    assertEquals(SUCCESS, told(api.post("/v1/alias", server(), alias)));
    assertEquals(List.of("e1", "e2"), api.timeline(u));
    assertEquals(List.of(u2), api.user(u).each("aliases", "user_id"));
  }

  @Test
  void c31_aPageClaimsItsOwnAnonymousIdAndMergesNobody() {
    // given
    server("/v1/track", "'userId':'%s','event':'e1'".formatted(u2));
    assertEquals(200, api.user(u2).status());
    var alias = "{'userId':'%s','previousId':'%s','anonymousId':'%s'}";
    // when
    api.post("/v1/track", page(), "{'anonymousId':'%s','event':'e2'}".formatted(a));
    assertEquals(SUCCESS, told(api.post("/v1/a", page(), alias.formatted(u, a, a))));
    assertBad(api.post("/v1/a", page(), alias.formatted(u, u2, a)), 403, "server_key_required");
    // A page can call itself what it likes: that is no merge.
    assertEquals(SUCCESS, told(api.post("/v1/a", page(), alias.formatted(u, u2, u2))));
    // then
    assertEquals(List.of(), api.user(u).each("aliases", "user_id"));
    assertEquals(List.of("e1"), api.timeline(u2));
    assertEquals(true, api.timeline(u).contains("e2"));
  }

  @Test
  void c56_anAliasWithAnIdMissing() {
    assertBad(
        server("/v1/alias", "'userId':'%s'".formatted(u)), 400, "invalid_message", "previous_id");
    assertBad(
        server("/v1/alias", "'previousId':'%s'".formatted(u)), 400, "invalid_message", "user_id");
    assertEquals(404, api.user(u).status());
  }

  // Ids

  @ParameterizedTest
  @ValueSource(strings = {"undefined", "[object Object]", "UnDefined", "ANONYMOUS", "Nan"})
  void c58_c59_c61_c62_placeholders(String id) {
    assertBad(
        server("/v1/identify", "'userId':'%s','anonymousId':'%s'".formatted(id, a)),
        400,
        "invalid_message",
        "user_id");
    assertBad(
        server("/v1/identify", "'userId':'%s','anonymousId':'%s'".formatted(u, id)),
        400,
        "invalid_message",
        "anonymous_id");
    assertEquals(404, api.user(u).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"''", "'   '", "null"})
  void c58_nobody(String id) {
    // when
    assertEquals(
        SUCCESS,
        told(
            server(
                "/v1/identify",
                "'userId':%s,'anonymousId':'%s','traits':{'x':1},'timestamp':'%s'"
                    .formatted(id, a, Api.at(1)))));
    server(
        "/v1/identify",
        "'userId':'%s','anonymousId':'%s','traits':{'y':2},'timestamp':'%s'"
            .formatted(u, a, Api.at(2)));
    // then: it happened, and was nobody's trait.
    assertEquals(List.of("[identify]", "[identify]"), api.timeline(u));
    assertEquals("{'y':2}", api.traits(u));
  }

  @Test
  void c65_numericIds() {
    var number = System.nanoTime();
    server("/v1/identify", "'userId':%d,'traits':{'n':1}".formatted(number));
    server("/v1/identify", "'userId':'%d','traits':{'s':1}".formatted(number));
    assertEquals("{'n':1,'s':1}", api.traits("" + number));
  }

  @Test
  void c67_c68_idsThatAreNone() {
    assertBad(
        server("/v1/identify", "'userId':'%s'".formatted("x".repeat(256))),
        400,
        "invalid_message",
        "user_id");
    assertBad(server("/v1/identify", "'userId':'a\\u0000b'"), 400, "invalid_message", "user_id");
  }

  // Traits

  @Test
  void c73_c77_c79_traitsOfTwoIdentifiesInOneBatch() {
    // when
    var answer =
        server(
            "/v1/batch",
            ("'batch':[{'type':'identify','userId':'%1$s','traits':{'a':1,'gone':1},'timestamp':'%2$s'},"
                    + "{'type':'identify','userId':'%1$s','context':{'traits':{'__proto__':'x','gone':null,'empty':''}},'timestamp':'%3$s'}]")
                .formatted(u, Api.at(1), Api.at(2)));
    // then
    assertEquals(SUCCESS, told(answer));
    assertEquals("{'__proto__':'x','a':1,'empty':''}", api.traits(u));
  }

  @Test
  void c74_anOlderTraitIsIgnored() {
    var identify = "'userId':'%s','traits':{'x':%d},'timestamp':'%s'";
    server("/v1/identify", identify.formatted(u, 2, Api.at(2)));
    assertEquals(SUCCESS, told(server("/v1/identify", identify.formatted(u, 1, Api.at(1)))));
    assertEquals("{'x':2}", api.traits(u));
  }

  @Test
  void c85_traitsOfAGroup() {
    var group = "'userId':'%1$s','groupId':'g-%1$s','traits':%2$s,'timestamp':'%3$s'";
    server("/v1/group", group.formatted(u, "{'a':1,'b':2}", Api.at(1)));
    server("/v1/g", group.formatted(u, "{'foo':'x','a':3}", Api.at(2)));
    assertEquals(List.of("{\"a\":3,\"b\":2,\"foo\":\"x\"}"), api.user(u).each("groups", "traits"));
    assertEquals("{}", api.traits(u));
  }

  // Transport, repeats, time

  @Test
  void c88_theSameMessageIdOnTwoWebsites(WebsiteAdmin websites) {
    // given
    var site = new WebsiteId("c88-compat-" + System.nanoTime());
    websites.add(Website.starting(site, Set.of()));
    var key = websites.createKey(site, KeyRole.SERVER).orElseThrow().reveal();
    var track =
        "{'userId':'%s','event':'e','messageId':'m','timestamp':'%s'}".formatted(u, Api.at(1));
    // when
    api.post("/v1/track", server(), track);
    api.post("/v1/track", Map.of("Authorization", basic(key)), track);
    // then
    assertEquals(List.of("e"), api.timeline(u));
    assertEquals(List.of("e"), api.of(key).timeline(u));
  }

  @Test
  void c89_c91_c92_theSameMessageAgain() {
    // when
    for (int i = 0; i < 3; i++) {
      var sentAt = Api.at(10 + i);
      server(
          "/v1/track",
          "'userId':'%s','event':'e1','messageId':'\\u0000 -m1 \\u00A0','originalTimestamp':'%s','sentAt':'%s'"
              .formatted(u, Api.at(1), sentAt));
      server("/v1/track", "'userId':'%s','event':'e2','messageId':'m2'".formatted(u));
      server(
          "/v1/track", "'userId':'%s','event':'e3','messageId':'m3','timestamp':'?'".formatted(u));
    }
    // then
    assertEquals(List.of("e1", "e2", "e3"), api.timeline(u).stream().sorted().toList());
    assertEquals(
        List.of("-m1", "m2", "m3"),
        api.get("/users/" + u + "/events").each("events", "message_id").stream().sorted().toList());
  }

  @Test
  void c94_aTimestampThatIsNone() {
    for (var timestamp : List.of("'yesterday'", "true", "[]", "'2099-01-01T00:00:00Z'")) {
      var answer =
          server("/v1/track", "'userId':'%s','event':'e','timestamp':%s".formatted(u, timestamp));
      assertEquals(200, answer.status());
      assertEquals(List.of("not_a_timestamp"), answer.each("warnings", "code"));
    }
    assertEquals(List.of("e", "e", "e", "e"), api.timeline(u));
  }

  @Test
  void c95_timesInAllTheirForms() {
    var forms =
        List.of(
            "'2021-03-04T05:06:07+02:00'",
            "'2021-03-04T03:06:07Z'",
            "'2021-03-04T03:06:07.000Z'",
            "'2021-03-04T03:06:07.000000000Z'",
            "1614827167000",
            "1614827167",
            "'1614827167000'");
    for (int i = 0; i < forms.size(); i++) {
      assertEquals(
          SUCCESS,
          told(
              server(
                  "/v1/track",
                  "'userId':'%s','event':'e%d','timestamp':%s".formatted(u, i, forms.get(i)))));
    }
    assertEquals(
        Set.of("2021-03-04T03:06:07Z"),
        Set.copyOf(api.get("/users/" + u + "/events").each("events", "timestamp")));
  }

  @Test
  void c97_noJson() {
    for (var body : List.of("", "{", "nope", "[]", "7")) {
      assertEquals(400, api.post("/v1/track", server(), body).status(), body);
    }
  }

  /** Unlike the native route: clients flush when there is nothing. */
  @Test
  void c98_anEmptyBatchIsFine() {
    assertEquals(SUCCESS, told(server("/v1/batch", "'batch':[]")));
  }

  @Test
  void c100_oneBadMessageInAGoodBatch() {
    // when
    var answer =
        server(
            "/v1/batch/",
            ("'batch':[{'type':'track','userId':'%1$s','event':'e1','messageId':'m1','timestamp':1},"
                    + "{'type':'track','event':'e2','messageId':'m2'},"
                    + "{'type':'identify','userId':'%1$s','messageId':'m3'}]")
                .formatted(u));
    // then
    assertEquals(200, answer.status());
    assertEquals("true", answer.json("success"));
    assertEquals(List.of("1"), answer.each("errors", "index"));
    assertEquals(List.of("m2"), answer.each("errors", "message_id"));
    assertEquals(List.of("invalid"), answer.each("errors", "result"));
    assertEquals(List.of("[identify]", "e1"), api.timeline(u).stream().sorted().toList());
  }

  @Test
  void c101_gzipWhateverItIsCalled() throws IOException {
    // given
    var zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write(
          Api.quoted("{'userId':'%s','event':'e','messageId':'m'}".formatted(u))
              .getBytes(StandardCharsets.UTF_8));
    }
    // then
    for (var type : List.of("application/x-www-form-urlencoded", "application/octet-stream")) {
      var headers = Map.of("Authorization", basic("sk_demo_local"), "Content-Type", type);
      assertEquals(SUCCESS, told(api.send("POST", "/v1/track", headers, zipped.toByteArray())));
    }
    assertEquals(List.of("e"), api.timeline(u));
    var corrupt = zipped.toByteArray();
    corrupt[corrupt.length / 2] ^= 0x55;
    assertEquals(400, api.send("POST", "/v1/track", server(), corrupt).status());
  }

  @Test
  void c104_tooLarge() {
    var large = "'userId':'%s','event':'e','properties':{'p':'%s'}";
    assertBad(
        server("/v1/track", large.formatted(u, "x".repeat(33_000))), 400, "message_too_large");
    assertBad(server("/v1/track", large.formatted(u, "x".repeat(600_000))), 400, "body_too_large");
    assertEquals(404, api.user(u).status());
  }

  @Test
  void everyRouteAnswersWithAndWithoutATrailingSlash() {
    var track = "'userId':'%s','event':'e','messageId':'m','batch':[]".formatted(u);
    for (var route :
        List.of(
            "/v1/track",
            "/v1/t",
            "/v1/batch",
            "/v1/b",
            "/v1/import",
            "/v1/m",
            "/beacon/v1/batch",
            "/api/s/track",
            "/api/s/s2s/track")) {
      assertEquals(SUCCESS, told(server(route, track)), route);
      assertEquals(SUCCESS, told(server(route + "/", track)), route);
    }
    assertEquals(List.of("e"), api.timeline(u));
  }
}
