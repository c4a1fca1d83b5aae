package crowd.local.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.identity.WebsiteId;
import crowd.core.json.Json;
import crowd.core.website.KeyRole;
import crowd.core.website.Website;
import crowd.core.website.WebsiteAdmin;
import crowd.local.surface.Api.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behaviours that the field agrees on, each by its number: see docs/http-api.md. */
@ExtendWith(Running.class)
class ConformanceIT {

  private final Api api;
  private String u = "";
  private String u2 = "";
  private String u3 = "";
  private String a = "";
  private String a2 = "";
  private String a3 = "";

  ConformanceIT(Api api) {
    this.api = api;
  }

  /** Every test has people of its own. */
  @BeforeEach
  void people(TestInfo test) {
    var prefix = test.getTestMethod().orElseThrow().getName() + "-" + System.nanoTime();
    u = prefix + "-u";
    u2 = prefix + "-u2";
    u3 = prefix + "-u3";
    a = "anon_" + prefix;
    a2 = a + "-2";
    a3 = a + "-3";
  }

  private static void assertBad(Answer answer, int status, String code, String... fields) {
    assertEquals(status, answer.status(), answer::toString);
    assertEquals(List.of("application/problem+json"), answer.headers().get("content-type"));
    assertEquals(code, answer.text("code").orElse(""), answer::toString);
    assertEquals(List.of(fields), answer.each("errors", "field"), answer::toString);
  }

  // Linking anonymous to identified

  @Test
  void c01_trackIdentifyTrack() {
    api.track("", a, "e1", 1);
    api.identify(u, a, 2, "{'x':1}");
    api.track(u, "", "e2", 3);
    assertEquals(List.of("e1", "[identify]", "e2"), api.timeline(u));
    assertEquals(List.of(a), api.identities(u));
    assertEquals("{'x':1}", api.traits(u));
  }

  @Test
  void c02_identifyWithNeitherEverSeen() {
    assertEquals("created", api.identify(u, a, 1).outcome());
    assertEquals(List.of(a), api.identities(u));
  }

  @Test
  void c04_unknownUserIsCreatedWithTheAnonymousIdLinked() {
    api.track("", a, "e1", 1);
    assertEquals("created", api.identify(u, a, 2).outcome());
    assertEquals(List.of("e1", "[identify]"), api.timeline(u));
  }

  @Test
  void c05_knownUserUnknownAnonymousId() {
    api.track(u, "", "e1", 1);
    assertEquals(200, api.user(u).status());
    assertEquals("linked", api.identify(u, a, 2).outcome());
    assertEquals(List.of(a), api.identities(u));
  }

  @Test
  void c07_userWhoWasIdentifiedOnAnotherDevice() {
    api.identify(u, a, 1);
    api.track("", a2, "e1", 2);
    assertEquals("linked", api.identify(u, a2, 3).outcome());
    assertEquals(List.of("[identify]", "e1", "[identify]"), api.timeline(u));
    assertEquals(List.of(a, a2), api.identities(u));
  }

  @Test
  void c08_identifyThreeTimes() {
    assertEquals("created", api.identify(u, a, 1).outcome());
    assertEquals("unchanged", api.identify(u, a, 2).outcome());
    assertEquals("unchanged", api.identify(u, a, 3).outcome());
    assertEquals(List.of(a), api.identities(u));
  }

  @Test
  void c10_threeBrowsersOfOneUser() {
    for (var browser : List.of(a, a2, a3)) {
      api.track("", browser, "e-" + browser, 1);
    }
    for (var browser : List.of(a, a2, a3)) {
      api.identify(u, browser, 2);
    }
    assertEquals(List.of(a, a2, a3), api.identities(u));
    assertEquals(6, api.timeline(u).size());
    assertTrue(api.timeline(u).containsAll(List.of("e-" + a, "e-" + a2, "e-" + a3)));
  }

  @Test
  void c11_eventsOfASecondDeviceComeRetroactively() {
    api.identify(u, a, 1);
    api.track("", a2, "e", 2);
    api.identify(u, a2, 3);
    assertTrue(api.timeline(u).contains("e"));
  }

  @Test
  void c13_aMessageWithBothIdsLinks() {
    linkedByTrack();
  }

  private void linkedByTrack() {
    api.track("", a, "e1", 1);
    api.track("", a, "e2", 2);
    api.track("", a, "e3", 3);
    api.track(u, a, "e4", 4);
    assertEquals(List.of("e1", "e2", "e3", "e4"), api.timeline(u));
  }

  @Test
  void c14_nothingIsCountedTwice() {
    linkedByTrack();
    api.track(u, a, "e5", 5);
    assertEquals(List.of("e1", "e2", "e3", "e4", "e5"), api.timeline(u));
  }

  @Test
  void c16_fiveSessionsUnderOneAnonymousId() {
    for (int i = 1; i <= 5; i++) {
      api.track("", a, "e" + i, i * 10_000);
    }
    api.identify(u, a, 60_000);
    assertEquals(List.of("e1", "e2", "e3", "e4", "e5", "[identify]"), api.timeline(u));
  }

  @Test
  void c17_mergedWithTheAnswer() {
    var events = new ArrayList<String>();
    for (int i = 0; i < 120; i++) {
      events.add("e%03d".formatted(i));
      api.track("", a, events.getLast(), i);
    }
    api.identify(u, a, 500);
    events.add("[identify]");
    assertEquals(events, api.timeline(u));
  }

  @Test
  void c19_anAnonymousIdResolvesToItsOwner() {
    api.track("", a, "e1", 1);
    api.identify(u, a, 2);
    var found = api.user(a);
    assertEquals(200, found.status());
    assertEquals(u, found.text("user_id").orElse(""));
    assertEquals(a, found.text("resolved_from").orElse(""));
    assertEquals(List.of("e1", "[identify]"), api.timeline(a));
  }

  // Conflicts and user switch

  @Test
  void c23_aSecondUserWithoutReset() {
    assertEquals("created", api.identify(u, a, 1).outcome());
    var second = api.identify(u2, a, 2);
    assertEquals("user_switch", second.outcome());
    assertEquals(List.of("anonymous_id_owned_by_other"), second.each("warnings", "code"));
    assertEquals(List.of(a), api.identities(u));
    assertEquals(List.of(), api.identities(u2));
  }

  @Test
  void c25_eachHasHisOwn() {
    twoUsersWithoutReset();
  }

  private void twoUsersWithoutReset() {
    api.track("", a, "e1", 1);
    api.identify(u, a, 2);
    api.track(u, "", "e2", 3);
    api.identify(u2, a, 4);
    api.track(u2, "", "e3", 5);
    assertEquals(List.of("e1", "[identify]", "e2"), api.timeline(u));
    assertEquals(List.of("[identify]", "e3"), api.timeline(u2));
  }

  @Test
  void c26_anAnonymousEventAfterTheSwitchIsNobodys() {
    twoUsersWithoutReset();
    api.track("", a, "e4", 6);
    assertEquals(List.of("e1", "[identify]", "e2"), api.timeline(u));
    assertEquals(List.of("[identify]", "e3"), api.timeline(u2));
  }

  @Test
  void c28_theFirstUserReturns() {
    twoUsersWithoutReset();
    assertEquals("unchanged", api.identify(u, a, 7).outcome());
    api.track(u, a, "e5", 8);
    assertEquals(List.of("e1", "[identify]", "e2", "[identify]", "e5"), api.timeline(u));
    assertEquals(List.of("[identify]", "e3"), api.timeline(u2));
  }

  @Test
  void c29_anotherUsersIdAsAnonymousId() {
    for (var first : List.of(true, false)) {
      people(u + first);
      if (first) {
        api.track("", a, "event1", 1);
      }
      api.identify(u, a, 2);
      api.track(u, "", "event2", 3);
      api.track("", a2, "event3", 4);
      api.identify(u2, a2, 5);
      api.track(u2, "", "event4", 6);
      api.identify(u, u2, 7);
      var anns = new ArrayList<>(List.of("[identify]", "event2", "[identify]"));
      if (first) {
        anns.addFirst("event1");
      }
      assertEquals(anns, api.timeline(u));
      assertEquals(List.of("event3", "[identify]", "event4"), api.timeline(u2));
    }
  }

  private void people(String prefix) {
    u = prefix + "-u";
    u2 = prefix + "-u2";
    a = "anon_" + prefix;
    a2 = a + "-2";
  }

  @Test
  void c35_resetBetweenTwoUsers() {
    api.identify(u, a, 1);
    var fresh = api.reset(a, 2);
    assertNotEquals(a, fresh);
    assertTrue(fresh.matches("anon_.{22,}"), fresh);
    api.track("", fresh, "e", 3);
    api.identify(u2, fresh, 4);
    assertEquals(List.of(a), api.identities(u));
    assertEquals(List.of(fresh), api.identities(u2));
    assertEquals(List.of("[identify]"), api.timeline(u));
    assertEquals(List.of("e", "[identify]"), api.timeline(u2));
  }

  @Test
  void c41_aSharedEmailMergesNobody() {
    api.identify(u, "", 1, "{'email':'family@example.com'}");
    api.identify(u2, "", 2, "{'email':'family@example.com'}");
    assertEquals("{'email':'family@example.com'}", api.traits(u));
    assertEquals("{'email':'family@example.com'}", api.traits(u2));
  }

  @Test
  void c44_fiftyIdentifiesAtOnce() throws Exception {
    api.track("", a, "e1", 1);
    var calls = new ArrayList<Callable<Answer>>();
    for (int i = 0; i < 50; i++) {
      var body =
          "{'website':'demo','user_id':'%s','anonymous_id':'%s','message_id':'m%d','timestamp':'%s'}"
              .formatted(u, a, i, Api.at(2));
      calls.add(() -> api.post("/identify", body));
    }
    try (var threads = Executors.newFixedThreadPool(16)) {
      for (var answer : threads.invokeAll(calls)) {
        // A caller who lost too often is told to come again, and does.
        assertTrue(answer.get().status() == 200 || answer.get().status() == 503);
      }
    }
    for (int i = 0; i < 50; i++) {
      var body =
          "{'website':'demo','user_id':'%s','anonymous_id':'%s','message_id':'m%d','timestamp':'%s'}"
              .formatted(u, a, i, Api.at(2));
      assertEquals(200, api.post("/identify", body).status());
    }
    assertEquals(List.of(a), api.identities(u));
    var events = api.timeline(u);
    assertEquals(51, events.size());
    assertEquals("e1", events.getFirst());
  }

  // Illegal ids

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "null",
        "undefined",
        "\\\"undefined\\\"",
        "[object Object]",
        "\\\"[object Object]\\\"",
        "UnDefined",
        "ANONYMOUS",
        " Guest ",
        "Nan",
        "0",
        "0000-0000",
        "{{user.id}}",
        "${id}",
        "-1",
        "N/A"
      })
  void c58_c59_c61_c62_placeholdersAreRefused(String id) {
    var user = api.message("/identify", "'user_id':'%s','anonymous_id':'%s'".formatted(id, a));
    var anonymous = api.message("/identify", "'user_id':'%s','anonymous_id':'%s'".formatted(u, id));
    var both = api.message("/identify", "'user_id':'%s','anonymous_id':'%s'".formatted(id, id));
    assertBad(user, 400, "invalid_message", "user_id");
    assertBad(anonymous, 400, "invalid_message", "anonymous_id");
    assertBad(both, 400, "invalid_message", "user_id", "anonymous_id");
    assertEquals(404, api.user(u).status());
  }

  @Test
  void c58_null() {
    assertBad(
        api.message("/identify", "'user_id':null,'anonymous_id':'%s'".formatted(a)),
        400,
        "invalid_message",
        "user_id");
  }

  @Test
  void c62_aPlaceholderThatTheWebsiteReallyUses(WebsiteAdmin websites) {
    // given
    var site = new WebsiteId("c62-" + System.nanoTime());
    websites.add(Website.starting(site, Set.of()).allowingPlaceholders(Set.of("NaN")));
    var key = websites.createKey(site, KeyRole.SERVER).orElseThrow().reveal();
    var headers = Map.of("X-Crowd-Key", key);
    var identify = "{'website':'%s','user_id':'%s'}";
    // then
    var nan = api.post("/identify", headers, identify.formatted(site.value(), "Nan"));
    assertEquals("created", nan.outcome());
    assertEquals(200, api.send("GET", "/users/Nan", headers, new byte[0]).status());
    assertBad(
        api.post("/identify", headers, identify.formatted(site.value(), "null")),
        400,
        "invalid_message",
        "user_id");
  }

  @Test
  void c64_anIdThatEverybodyBecomesIsLinkedNoMore() {
    for (int i = 0; i < 20; i++) {
      assertNotEquals("refused_limit", api.identify(u, a + i, i).outcome());
    }
    var refused = api.identify(u, a + "more", 30);
    assertEquals("refused_limit", refused.outcome());
    assertEquals(List.of("too_many_links"), refused.each("warnings", "code"));
    assertEquals(20, api.identities(u).size());
  }

  @Test
  void c65_numericIds() {
    var number = System.nanoTime();
    api.message("/identify", "'user_id':%d,'traits':{'n':1}".formatted(number));
    api.message("/identify", "'user_id':'%d','traits':{'s':1}".formatted(number));
    assertEquals("{'n':1,'s':1}", api.traits("" + number));
  }

  @Test
  void c67_anIdThatIsTooLong() {
    assertBad(
        api.message("/identify", "'user_id':'%s'".formatted("ü".repeat(128))),
        400,
        "invalid_message",
        "user_id");
    assertEquals(
        200, api.message("/identify", "'user_id':'%s'".formatted("x".repeat(255))).status());
  }

  @Test
  void c68_anIdWithNul() {
    assertBad(api.message("/identify", "'user_id':'a\\u0000b'"), 400, "invalid_message", "user_id");
  }

  // Traits

  private void set(String traits, String setOnce, double second) {
    var answer =
        api.message(
            "/identify",
            "'user_id':'%s','traits':%s,'set_once':%s,'timestamp':'%s'"
                .formatted(u, traits, setOnce, Api.at(second)));
    assertEquals(200, answer.status(), answer::toString);
  }

  @Test
  void c70_c71_setAndSetOnce() {
    set("{'b':3,'c':4}", "{'a':1,'b':2}", 1);
    assertEquals("{'a':1,'b':3,'c':4}", api.traits(u));
    people(u + "71");
    set("{'b':3,'c':4}", "{}", 1);
    set("{'b':4}", "{'c':3,'e':4}", 2);
    assertEquals("{'b':4,'c':4,'e':4}", api.traits(u));
  }

  @Test
  void c73_oneBatchWithDisjointTraits() {
    var answer =
        api.message(
            "/batch",
            ("'batch':[{'type':'identify','user_id':'%1$s','traits':{'a':1}},"
                    + "{'type':'identify','user_id':'%1$s','traits':{'b':2}},"
                    + "{'type':'track','user_id':'%1$s','event':'e'}]")
                .formatted(u));
    assertEquals(200, answer.status());
    assertEquals("{'a':1,'b':2}", api.traits(u));
  }

  @Test
  void c74_anOlderValueThatComesLaterIsIgnored() {
    api.identify(u, "", 2, "{'x':2}");
    var older = api.identify(u, "", 1, "{'x':1}");
    assertEquals(List.of("trait_older"), older.each("warnings", "code"));
    assertEquals("{'x':2}", api.traits(u));
  }

  @Test
  void c76_equalTimesAreDecidedAlikeInBothOrders() {
    var seen = new HashSet<String>();
    for (var order : List.of(List.of("1", "2"), List.of("2", "1"))) {
      people(u + order.getFirst());
      for (var id : order) {
        api.message(
            "/identify",
            "'user_id':'%s','message_id':'m%s','timestamp':'%s','traits':{'x':%s}"
                .formatted(u, id, Api.at(1), id));
      }
      seen.add(api.traits(u));
    }
    assertEquals(1, seen.size());
  }

  @Test
  void c77_nullRemovesAndEmptyIsAValue() {
    api.identify(u, "", 1, "{'a':1,'b':2}");
    api.identify(u, "", 2, "{'a':null,'b':''}");
    assertEquals("{'b':''}", api.traits(u));
  }

  @Test
  void c79_namesThatMeanSomethingElsewhere() {
    var traits = "{'__proto__':'p','constructor':'c','toString':'t'}";
    api.identify(u, "", 1, traits);
    assertEquals(traits, api.traits(u));
  }

  @Test
  void c80_anotherType() {
    api.identify(u, "", 1, "{'plan':7}");
    var text = api.identify(u, "", 2, "{'plan':'seven'}");
    assertEquals(List.of("trait_type_changed"), text.each("warnings", "code"));
    assertEquals(List.of("traits.plan"), text.each("warnings", "field"));
    assertEquals("{'plan':'seven'}", api.traits(u));
  }

  @Test
  void c82_aClockThatIsADayAhead() {
    api.message(
        "/identify",
        "'user_id':'%s','traits':{'x':'ahead'},'timestamp':'%s'"
            .formatted(u, java.time.Instant.now().plus(Duration.ofHours(23))));
    api.message("/identify", "'user_id':'%s','traits':{'x':'now'}".formatted(u));
    assertEquals("{'x':'now'}", api.traits(u));
  }

  @Test
  void c85_traitsOfAGroup() {
    api.group(u, "", "group-" + u, "{'a':1,'b':2}", 1);
    api.group("", a, "group-" + u, "{'foo':'x','a':3}", 2);
    assertEquals(List.of("group-" + u), api.user(u).each("groups", "group_id"));
    assertEquals(List.of("{\"a\":3,\"b\":2,\"foo\":\"x\"}"), api.user(u).each("groups", "traits"));
    assertEquals(List.of(Api.at(1).toString()), api.user(u).each("groups", "since"));
    assertEquals(List.of("[group]"), api.timeline(u));
  }

  @Test
  void c86_controlCharactersInATraitsName() {
    api.message("/identify", "'user_id':'%s','traits':{'a\\u0007b':1}".formatted(u));
    assertEquals("{'a\\u0007b':1}", api.traits(u));
  }

  @Test
  void numbersComeBackAsTheyWereSent() {
    var traits = "{'a':1.0,'b':12345678901234567890,'c':-0,'d':1e3}";
    api.identify(u, "", 1, traits);
    assertEquals(traits, api.traits(u));
  }

  // Transport, repeats, time

  @Test
  void c88_theSameMessageIdOnTwoWebsites(WebsiteAdmin websites) {
    // given
    var other = new WebsiteId("c88-" + System.nanoTime());
    websites.add(Website.starting(other, Set.of()));
    var key = websites.createKey(other, KeyRole.SERVER).orElseThrow().reveal();
    var headers = Map.of("X-Crowd-Key", key);
    // when
    api.track(u, "", "e1", 1);
    var body =
        "{'website':'%s','user_id':'%s','event':'there','message_id':'e1','timestamp':'%s'}"
            .formatted(other.value(), u, Api.at(1));
    assertEquals(200, api.post("/track", headers, body).status());
    // then
    assertEquals(List.of("e1"), api.timeline(u));
    var there = api.send("GET", "/users/" + u + "/events", headers, new byte[0]);
    assertEquals(List.of("there"), there.each("events", "event"));
  }

  @Test
  void c89_theSameMessageAgain() {
    for (int i = 0; i < 3; i++) {
      api.track("", a, "e1", 1);
      api.message("/track", "'anonymous_id':'%s','event':'e2','message_id':'e2'".formatted(a));
    }
    api.message("/identify", "'user_id':'%s','anonymous_id':'%s'".formatted(u, a));
    assertEquals(List.of("e1", "e2", "[identify]"), api.timeline(u));
  }

  @Test
  void c91_messageIdsAreCleaned() {
    var answer =
        api.message(
            "/track",
            "'user_id':'%s','event':'e','message_id':'\\u0000 -a-random-string \\u00A0'"
                .formatted(u));
    assertEquals("-a-random-string", answer.text("message_id").orElse(""));
  }

  @Test
  void c92_aRetryKeepsTheOriginalTime() {
    api.track(u, "", "e1", 1);
    api.track(u, "", "e1", 1);
    var events = api.get("/users/" + u + "/events");
    assertEquals(List.of("e1"), events.each("events", "event"));
    assertEquals(
        List.of(Api.at(1).truncatedTo(java.time.temporal.ChronoUnit.MILLIS).toString()),
        events.each("events", "timestamp"));
  }

  @Test
  void c94_aTimestampThatIsNone() {
    for (var timestamp :
        List.of("'yesterday'", "true", "[]", "'2026-02-30T00:00:00Z'", "'2099-01-01T00:00:00Z'")) {
      assertBad(
          api.message(
              "/track", "'user_id':'%s','event':'e','timestamp':%s".formatted(u, timestamp)),
          400,
          "invalid_message",
          "timestamp");
    }
  }

  @Test
  void c95_offsets() {
    api.message(
        "/track",
        "'user_id':'%s','event':'e','timestamp':'2021-03-04T05:06:07+02:00'".formatted(u));
    assertEquals(
        List.of("2021-03-04T03:06:07Z"),
        api.get("/users/" + u + "/events").each("events", "timestamp"));
  }

  @Test
  void c97_noJson() {
    for (var body : List.of("", "{", "nope", "[]", "7", "{'website':'demo'} trailing")) {
      assertEquals(400, api.post("/track", body).status(), body);
    }
  }

  @Test
  void c98_emptyBatch() {
    assertBad(api.message("/batch", "'batch':[]"), 400, "invalid_message", "batch");
  }

  @Test
  void c100_oneBadMessageInAGoodBatch() {
    var answer =
        api.message(
            "/batch",
            ("'batch':[{'type':'track','user_id':'%1$s','event':'e1','message_id':'m1'},"
                    + "{'type':'track','event':'e2','message_id':'m2'},"
                    + "{'type':'identify','user_id':'%1$s','message_id':'m3'},"
                    + "{'type':'dance','user_id':'%1$s','message_id':'m4'}]")
                .formatted(u));
    assertEquals(200, answer.status());
    assertEquals(List.of("ok", "invalid", "ok", "invalid"), answer.each("results", "result"));
    assertEquals(List.of("m1", "m2", "m3", "m4"), answer.each("results", "message_id"));
    assertEquals(Map.of("e1", 1L, "[identify]", 1L), counted(api.timeline(u)));
  }

  private static Map<String, Long> counted(List<String> events) {
    return events.stream()
        .collect(
            java.util.stream.Collectors.groupingBy(
                event -> event, java.util.stream.Collectors.counting()));
  }

  @Test
  void c101_gzip() throws IOException {
    var body = Api.quoted("{'website':'demo','user_id':'%s','event':'e'}".formatted(u));
    var zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write(body.getBytes(StandardCharsets.UTF_8));
    }
    var headers = Map.of("X-Crowd-Key", "sk_demo_local", "Content-Encoding", "gzip");
    assertEquals(200, api.send("POST", "/track", headers, zipped.toByteArray()).status());
    assertEquals(List.of("e"), api.timeline(u));
    var corrupt = zipped.toByteArray();
    corrupt[corrupt.length / 2] ^= 0x55;
    assertEquals(400, api.send("POST", "/track", headers, corrupt).status());
  }

  @Test
  void c104_tooLarge() {
    var large = "'user_id':'%s','event':'e','properties':{'p':'%s'}";
    assertBad(
        api.message("/track", large.formatted(u, "x".repeat(33_000))), 413, "message_too_large");
    assertBad(
        api.message("/track", large.formatted(u, "x".repeat(600_000))), 413, "body_too_large");
    assertEquals(404, api.user(u).status());
  }

  // Undo, limits

  @Test
  void c113_moreEventsThanOneInvocationCopies() {
    for (int from = 0; from < 1200; from += 300) {
      var events =
          IntStream.range(from, from + 300)
              .mapToObj(i ->
                  "{'type':'track','anonymous_id':'%s','event':'e%04d','message_id':'e%04d','timestamp':'%s'}"
                      .formatted(a, i, i, Api.at(i)))
              .toList();
      assertEquals(
          200, api.message("/batch", "'batch':[" + String.join(",", events) + "]").status());
    }
    var expected = new ArrayList<>(IntStream.range(0, 1200).mapToObj("e%04d"::formatted).toList());
    api.identify(u, a, 5000);
    expected.add("[identify]");
    for (int i = 0; i < 3; i++) {
      var seen = api.timeline(u);
      // the identify's own event may still be on its way at the first look
      assertEquals(expected.subList(0, 1200), seen.subList(0, 1200));
    }
  }

  // What the product is for

  @Test
  void beforeIdentifyIsMarkedAndALateEventComes() {
    for (int i = 1; i <= 3; i++) {
      api.track("", a, "e" + i, i);
    }
    api.identify(u, a, 4);
    var events = api.get("/users/" + u + "/events?order=asc");
    assertEquals(
        List.of("true", "true", "true"), events.each("events", "before_identify").subList(0, 3));
    api.track("", a, "late", 5);
    assertEquals(List.of("e1", "e2", "e3", "[identify]", "late"), api.timeline(u));
    assertEquals(
        List.of("true", "true", "true", "false", "false"),
        api.get("/users/" + u + "/events?order=asc").each("events", "before_identify"));
  }

  @Test
  void anyOrderAndFiveRepetitionsGiveTheSameProfile() {
    long seed = Long.getLong("seed", 20260102);
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int run = 0; run < 5; run++) {
      people(u + run);
      var calls = new ArrayList<Runnable>();
      for (int i = 0; i < 5; i++) {
        calls.add(() -> api.track("", a, "e1", 1));
        calls.add(() -> api.track("", a, "e2", 2));
        calls.add(() -> api.track("", a, "e3", 3));
        calls.add(() ->
            api.message(
                "/identify",
                "'user_id':'%s','anonymous_id':'%s','message_id':'login','timestamp':'%s','traits':{'plan':'pro'}"
                    .formatted(u, a, Api.at(4))));
      }
      for (int i = calls.size() - 1; i > 0; i--) {
        Collections.swap(calls, i, random.nextInt(i + 1));
      }
      calls.forEach(Runnable::run);
      assertEquals(List.of("e1", "e2", "e3", "[identify]"), api.timeline(u), "seed " + seed);
      assertEquals(List.of(a), api.identities(u));
      assertEquals("{'plan':'pro'}", api.traits(u));
    }
  }

  @Test
  void section3_secondUserWithoutReset() {
    api.identify(u, a, 2);
    api.track("", a, "e3", 3);
    api.identify(u2, a, 5);
    api.track("", a, "e6", 6);
    api.track(u2, a, "e7", 7);
    assertEquals(List.of("[identify]", "e3"), api.timeline(u));
    assertEquals(List.of("[identify]", "e7"), api.timeline(u2));
  }

  @Test
  void section3_resetBeforeTheNextLogin() {
    api.identify(u, a, 2);
    api.reset(a, 4);
    assertEquals("retired", api.identify(u2, a, 5).outcome());
    assertEquals(List.of(a), api.identities(u));
    assertEquals(List.of(), api.identities(u2));
    assertEquals(List.of("[identify]"), api.timeline(u2));
  }

  @Test
  void aThirdUserMakesTheIdShared() {
    api.track("", a, "e1", 1);
    api.identify(u, a, 2);
    api.identify(u2, a, 3);
    api.identify(u3, a, 4);
    assertEquals(List.of("[identify]"), api.timeline(u));
    assertEquals(List.of(), api.identities(u));
    assertEquals(404, api.user(a).status());
    assertEquals("retired", api.identify(u, a, 5).outcome());
  }

  @Test
  void aWrongAnswerNamesNobody() {
    api.identify(u, a, 1, "{'secret':'s3cret'}");
    var browser = Map.of("Origin", "http://localhost:3000");
    var answer =
        api.post(
            "/identify",
            browser,
            "{'website':'demo','user_id':'%s','anonymous_id':'%s'}".formatted(u2, a));
    assertEquals("user_switch", answer.outcome());
    assertTrue(!answer.body().toString().contains(u + "\""), answer::toString);
    assertTrue(answer.body() instanceof Json.Obj);
  }
}
