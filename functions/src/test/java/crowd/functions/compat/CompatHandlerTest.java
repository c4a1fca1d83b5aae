package crowd.functions.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import crowd.core.json.Json;
import crowd.core.json.JsonText;
import crowd.core.message.Message;
import crowd.core.message.MessageType;
import crowd.core.stream.memory.InMemoryStream.Fault;
import crowd.functions.Answer;
import crowd.functions.Call;
import crowd.functions.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatHandlerTest {

  private static final String SUCCESS = "{'success':true}";
  private static final String TRACK =
      "{'type':'track','event':'e','anonymousId':'a','messageId':'m'}";

  private final World world = new World();
  private final CompatHandler handler = new CompatHandler(world.wiring);

  private static Call call(String route, String name, String body) {
    return Call.post(route, body.replace('\'', '"')).path("call", name);
  }

  private static String basic(String key) {
    return "Basic "
        + Base64.getEncoder().encodeToString((key + ":").getBytes(StandardCharsets.UTF_8));
  }

  private Answer server(String name, String body) {
    return world.send(
        handler, call("/v1/{call}", name, body).header("authorization", basic(World.SERVER_KEY)));
  }

  private Answer page(String name, String body) {
    return world.send(
        handler, call("/v1/{call}", name, body).header("authorization", basic("demo")).page());
  }

  private static String text(Answer answer) {
    return JsonText.write(answer.body()).replace('"', '\'');
  }

  private Message stored() {
    return world.stream.records().getLast().messages().getLast();
  }

  @ParameterizedTest
  @CsvSource({
    "identify, IDENTIFY",
    "i, IDENTIFY",
    "track, TRACK",
    "t, TRACK",
    "page, PAGE",
    "p, PAGE",
    "screen, SCREEN",
    "s, SCREEN",
    "group, GROUP",
    "g, GROUP"
  })
  void handle_ofOneMessage_takesItAsTheTypeOfItsPath(String name, MessageType type) {
    // when
    var answer =
        server(
            name,
            "{'userId':'u','anonymousId':'a','event':'e','groupId':'g','messageId':'m','type':'x'}");
    // then
    assertEquals(200, answer.status());
    assertEquals(SUCCESS, text(answer));
    assertEquals(type, stored().type());
  }

  @ParameterizedTest
  @CsvSource({"batch", "b", "import"})
  void handle_ofABatch_takesAllInOneRecord(String name) {
    // when
    var answer =
        server(
            name,
            "{'context':{'library':'x'},'batch':["
                + TRACK
                + ",{'type':'page','userId':'u'},{'type':'alias','userId':'u','previousId':'anon_1'}]}");
    // then
    assertEquals(SUCCESS, text(answer));
    assertEquals(
        List.of("{\"library\":\"x\"}", "{\"library\":\"x\"}"),
        world.stream.records().getLast().messages().stream()
            .map(message -> JsonText.write(message.body().object("context").orElseThrow()))
            .toList());
  }

  @Test
  void handle_ofAnEmptyBatchOrOfMetrics_takesNothing() {
    assertEquals(SUCCESS, text(server("batch", "{'batch':[]}")));
    assertEquals(SUCCESS, text(world.send(handler, call("/v1/{call}", "m", "no JSON"))));
    assertEquals(List.of(), world.stream.records());
  }

  @Test
  void handle_ofABadMessageAmongGoodOnes_keepsTheGoodOnesAndListsIt() {
    // when
    var answer = server("batch", "{'batch':[" + TRACK + ",{'type':'track'},7," + TRACK + "]}");
    // then
    assertEquals(200, answer.status());
    assertEquals(new Json.Bool(true), answer.body().get("success").orElseThrow());
    assertEquals(
        List.of("1 invalid", "2 invalid"),
        answer.objects("errors").stream()
            .map(error ->
                JsonText.write(error.get("index").orElseThrow())
                    + " "
                    + error.text("result").orElseThrow())
            .toList());
    assertEquals(
        List.of("batch[1].user_id missing", "batch[1].event missing"),
        Answer.errors(answer.objects("errors").getFirst().object("problem").orElseThrow()));
    assertEquals(2, world.stream.records().getLast().messages().size());
    assertFalse(answer.headers().containsKey("retry-after"));
  }

  @Test
  void handle_ofNothingButBadMessages_isNoSuccessAndNothingToRepeat() {
    var answer = server("batch", "{'batch':[{'type':'track'}]}");
    assertEquals(200, answer.status());
    assertEquals(new Json.Bool(false), answer.body().get("success").orElseThrow());
    assertFalse(answer.headers().containsKey("retry-after"));
  }

  @Test
  void handle_whenOneOfABatchCouldNotBeDone_asksToRepeatAll() {
    // given
    server("track", TRACK);
    world.setStoreDown(true);
    // when
    var answer = server("batch", "{'batch':[" + TRACK + ",{'type':'identify','userId':'u'}]}");
    // then
    assertEquals("503 unavailable", answer.summary());
    assertEquals("1", answer.headers().get("retry-after"));
  }

  @Test
  void handle_whenOthersAreFirstEachTime_asksToRepeatAndSaysNo429() {
    world.setRivals(true);
    var answer = server("identify", "{'userId':'u','anonymousId':'a'}");
    assertEquals("503 unavailable", answer.summary());
    assertEquals("1", answer.headers().get("retry-after"));
  }

  @Test
  void handle_whenTheStreamIsDown_asksToRepeat() {
    world.stream.fail(Fault.THROTTLED);
    var answer = server("track", TRACK);
    assertEquals("503 unavailable", answer.summary());
    assertEquals("1", answer.headers().get("retry-after"));
  }

  @Test
  void handle_ofWhatIsTooLarge_isA400() {
    var batch = "{'batch':[" + String.join(",", Collections.nCopies(1_001, TRACK)) + "]}";
    assertEquals("400 batch_too_large", server("batch", batch).summary());
    assertEquals(
        "400 message_too_large",
        server("track", "{'userId':'u','event':'e','x':'" + "y".repeat(33_000) + "'}").summary());
    assertEquals(
        "400 body_too_large", server("track", "{'x':'" + "y".repeat(600_000) + "'}").summary());
    assertEquals(
        "400 too_deep", server("track", "{'x':" + "[".repeat(20) + "]".repeat(20) + "}").summary());
  }

  @Test
  void handle_ofTheLargestBatchWithTheLargestContext_fitsOnTheStream() {
    // given
    var message = "{'type':'page','userId':'u','properties':{'a':'" + "x".repeat(440) + "'}}";
    var batch = "'batch':[" + String.join(",", Collections.nCopies(1_000, message)) + "]";
    var context = "{'context':{'a':'%s'},";
    // then
    assertEquals(SUCCESS, text(server("b", context.formatted("y".repeat(250)) + batch + "}")));
    assertEquals(
        "400 context_too_large",
        server("b", context.formatted("y".repeat(260)) + batch + "}").summary());
  }

  @Test
  void handle_ofABadMessageAlone_saysWhatIsWrongAndStoresNothing() {
    // when
    var answer = server("track", "{'userId':'null','properties':[7]}");
    // then
    assertEquals("400 invalid_message", answer.summary());
    assertEquals(
        List.of("user_id placeholder_id", "event missing", "properties wrong_type"),
        answer.errors());
    assertEquals(new Json.Bool(false), answer.body().get("success").orElseThrow());
    assertEquals(List.of(), world.stream.records());
  }

  @Test
  void handle_ofAnIdentifyOfNobody_keepsItAsAnEventAndWritesNoTrait() {
    // when
    var answer = page("i", "{'userId':null,'anonymousId':'a','traits':{'plan':'pro'}}");
    // then
    assertEquals(SUCCESS, text(answer));
    assertEquals(MessageType.IDENTIFY, stored().type());
    assertEquals("{\"traits\":{\"plan\":\"pro\"}}", JsonText.write(stored().body()));
  }

  @Test
  void handle_ofATimeThatIsNone_takesItAsOfNowWithAWarning() {
    // when
    var answer = server("track", "{'userId':'u','event':'e','messageId':'m','timestamp':'soon'}");
    // then
    assertEquals(200, answer.status());
    assertEquals(List.of("not_a_timestamp"), codes(answer));
    assertEquals(World.NOON, stored().time());
  }

  private static List<String> codes(Answer answer) {
    return answer.objects("warnings").stream()
        .map(warning -> warning.text("code").orElseThrow())
        .toList();
  }

  @Test
  void handle_correctsTheClockByWhenTheMessageOrItsBatchWasSent() {
    // given
    var message = "{'type':'track','userId':'u','event':'e','timestamp':'2026-11-25T12:30:00Z'";
    // when
    server("track", message + ",'sentAt':'2026-11-25T13:00:00Z'}");
    // then
    assertEquals(World.NOON.minus(Duration.ofMinutes(30)), stored().time());
    // when
    server("batch", "{'sentAt':'2026-11-25T13:10:00Z','batch':[" + message + "}]}");
    // then
    assertEquals(World.NOON.minus(Duration.ofMinutes(40)), stored().time());
  }

  // Keys

  @Test
  void handle_takesTheKeyFromEveryPlaceThatClientsHaveForIt() {
    for (var request :
        List.of(
            call("/v1/{call}", "t", TRACK).header("authorization", basic(World.SERVER_KEY)),
            call("/v1/{call}", "t", TRACK).header("x-write-key", World.SERVER_KEY + ":secret"),
            call("/v1/{call}", "t", TRACK).serverKey(),
            call("/beacon/v1/batch", "", "{'batch':[" + TRACK + "]}")
                .query("writeKey", World.SERVER_KEY),
            call("/v1/{call}", "import", "{'batch':[" + TRACK + "],'writeKey':'sk_demo_local'}"),
            call("/v1/{call}", "b", "{'batch':[" + withKey("sk_demo_local") + "]}"),
            call("/v1/{call}", "t", withKey("sk_demo_local"))
                .header("authorization", basic(World.SERVER_KEY)),
            call("/api/s/{call}", "track", withKey("***")).header("x-write-key", "sk_demo_local"),
            call("/api/s/s2s/{call}", "track", withKey("sk_demo_local:***"))
                .header("x-write-key", "sk_demo_local:secret"),
            call("/v1/{call}", "t", withKey("demo")).page(),
            call("/v1/{call}", "t", "{'website':'demo'," + TRACK.substring(1)).serverKey(),
            call("/v1/{call}", "t", "{'website':'demo'," + TRACK.substring(1)).page())) {
      assertEquals(SUCCESS, text(world.send(handler, request)), request::toString);
    }
  }

  private static String withKey(String key) {
    return "{'writeKey':'" + key + "'," + TRACK.substring(1);
  }

  @Test
  void handle_ofAKeyThatOpensNothing_isRefused() {
    for (var request :
        List.of(
            call("/v1/{call}", "t", TRACK),
            call("/v1/{call}", "t", TRACK).page(),
            call("/v1/{call}", "t", TRACK).header("authorization", "Basic !"),
            call("/v1/{call}", "t", TRACK).header("authorization", "Bearer x"),
            call("/v1/{call}", "t", TRACK).header("authorization", basic("")),
            call("/v1/{call}", "t", TRACK).header("authorization", basic("sk_demo_wrong")),
            call("/v1/{call}", "t", TRACK).header("authorization", basic(World.REVOKED_KEY)),
            call("/v1/{call}", "t", TRACK).header("authorization", basic("nobody")).page(),
            call("/v1/{call}", "t", TRACK).header("authorization", basic("no website at all")),
            // A public id is for pages of its own website.
            call("/v1/{call}", "t", TRACK).header("authorization", basic("demo")),
            call("/v1/{call}", "t", TRACK)
                .header("authorization", basic("demo"))
                .header("origin", "https://evil.example"),
            // Two that differ.
            call("/v1/{call}", "t", withKey("demo"))
                .header("authorization", basic(World.SERVER_KEY))
                .page(),
            call(
                "/v1/{call}",
                "b",
                "{'batch':[" + withKey("sk_a_b") + "," + withKey("sk_a_c") + "]}"))) {
      assertEquals("401 unauthorized", world.send(handler, request).summary(), request::toString);
    }
    assertEquals(List.of(), world.stream.records());
  }

  @Test
  void handle_ofAKeyThatMayNot_isForbidden() {
    assertEquals(
        "403 server_key_required",
        world
            .send(
                handler,
                call("/v1/{call}", "t", TRACK).header("authorization", basic(World.READ_KEY)))
            .summary());
    assertEquals(
        "403 key_of_another_website",
        server("track", "{'website':'other'," + TRACK.substring(1)).summary());
    assertEquals("403 anonymous_id_required", page("identify", "{'userId':'u'}").summary());
  }

  @Test
  void handle_ofAnAlias_mergesForAServerAndNeverForAPage() {
    assertEquals(SUCCESS, text(server("alias", "{'userId':'u','previousId':'v'}")));
    assertEquals(
        "403 server_key_required", page("alias", "{'userId':'u','previousId':'v'}").summary());
    var batch = page("b", "{'batch':[{'type':'alias','userId':'u','previousId':'v'}]}");
    assertEquals("refused", batch.objects("errors").getFirst().text("result").orElseThrow());
    assertEquals(SUCCESS, text(page("a", "{'userId':'w','anonymousId':'b','previousId':'b'}")));
    assertEquals(MessageType.IDENTIFY, stored().type());
  }

  @Test
  void handle_ofAReset_handsOutTheNewId() {
    var answer = page("reset", "{'anonymousId':'a','messageId':'m'}");
    assertEquals(200, answer.status());
    assertEquals("anon_", answer.text("anonymous_id").substring(0, 5));
  }

  // Bodies

  @Test
  void handle_readsABodyByWhatItIs() throws IOException {
    // given
    var zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write(TRACK.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
    var plain = call("/v1/{call}", "t", TRACK).header("authorization", basic(World.SERVER_KEY));
    // then
    for (var type :
        List.of("text/plain", "application/x-www-form-urlencoded", "application/json", "x")) {
      var typed = plain.header("content-type", type);
      assertEquals(SUCCESS, text(world.send(handler, typed)));
      assertEquals(SUCCESS, text(world.send(handler, typed.bytes(zipped.toByteArray()))));
      assertEquals(
          SUCCESS,
          text(
              world.send(
                  handler, typed.bytes(zipped.toByteArray()).header("content-encoding", "gzip"))));
    }
    assertEquals(
        "400 corrupt_gzip",
        world.send(handler, plain.header("content-encoding", "gzip")).summary());
  }

  @Test
  void handle_ofWhatIsNoCall_saysSo() {
    assertEquals("404 route_not_found", server("extract", "{}").summary());
    assertEquals(
        "405 method_not_allowed",
        world.send(handler, call("/v1/{call}", "track", "").method("GET")).summary());
    assertEquals(400, server("track", "").status());
    assertEquals("400 invalid_message", server("batch", "{}").summary());
    assertEquals("400 invalid_message", server("batch", "{'batch':{}}").summary());
  }

  // What the browser libraries ask for first

  @Test
  void settings_nameTheHostThatWasAsked() {
    // given
    var request =
        Call.get("/v1/projects/{key}/settings")
            .path("key", "demo")
            .header("host", "crowd.example:4000")
            .header("x-forwarded-proto", "http");
    // then
    assertEquals(
        "{'analyticsNextEnabled':true,'edgeFunction':{},'integrations':{'Segment.io':{'apiHost':'crowd.example:4000/v1','apiKey':'demo','protocol':'http'}},'metrics':{'sampleRate':0},'plan':{'track':{}}}",
        text(world.send(handler, request)));
    assertEquals("404 website_not_found", world.send(handler, request.path("key", "x")).summary());
    assertEquals("405 method_not_allowed", world.send(handler, request.method("POST")).summary());
  }

  @Test
  void sourceConfig_namesNoOtherDestination() {
    var request = Call.get("/sourceConfig").header("authorization", basic("demo"));
    assertEquals(
        "{'source':{'config':{'statsCollection':{'errors':{'enabled':false},'metrics':{'enabled':false}}},'destinations':[],'enabled':true,'id':'crowd','name':'Crowd','workspaceId':'crowd','writeKey':'demo'}}",
        text(world.send(handler, request)));
    assertEquals(
        200, world.send(handler, Call.get("/sourceConfig").query("writeKey", "demo")).status());
    assertEquals("404 website_not_found", world.send(handler, Call.get("/sourceConfig")).summary());
  }
}
