package crowd.local.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.identity.WebsiteId;
import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.json.JsonText;
import crowd.core.website.KeyRole;
import crowd.core.website.Website;
import crowd.core.website.WebsiteAdmin;
import crowd.local.surface.Api.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What published clients were seen to send, sent again byte for byte but for the key: each request
 * is understood, and the people are who they should be. Every client has a website of its own.
 */
@ExtendWith(Running.class)
class RecordedRequestsIT {

  private static final String RECORDED_KEY = "WK123";
  private static final String RECORDED_ORIGIN = "http://app.example.com:34713";

  private final Api server;
  private final String publicId;
  private final String serverKey;

  RecordedRequestsIT(Api api, WebsiteAdmin websites) {
    var site = new WebsiteId("recorded-" + System.nanoTime());
    websites.add(Website.starting(site, Set.of(RECORDED_ORIGIN)));
    this.publicId = site.value();
    this.serverKey = websites.createKey(site, KeyRole.SERVER).orElseThrow().reveal();
    this.server = api.of(serverKey);
  }

  private static List<Json.Obj> recorded() throws IOException {
    try (var file = RecordedRequestsIT.class.getResourceAsStream("client-requests.json")) {
      var all = JsonReader.readOwn(new String(file.readAllBytes(), StandardCharsets.UTF_8));
      return ((Json.Arr) all).values().stream().map(Json.Obj.class::cast).toList();
    }
  }

  private List<Json.Obj> recordedOf(String client) throws IOException {
    var requests =
        recorded().stream()
            .filter(request -> request.text("client").orElseThrow().equals(client))
            .toList();
    assertFalse(requests.isEmpty());
    return requests;
  }

  /** Servers have a server key, pages the public id. */
  private void replay(String client, String key) throws IOException {
    for (var request : recordedOf(client)) {
      var answer = send(request, key);
      switch (request.text("method").orElseThrow()) {
        case "OPTIONS" -> assertAllows(request, answer);
        case "GET" -> assertEquals(200, answer.status(), answer::toString);
        default ->
            assertEquals(
                "200 {\"success\":true}",
                answer.status() + " " + JsonText.write(answer.body()),
                request::toString);
      }
    }
  }

  private Answer send(Json.Obj request, String key) throws IOException {
    var headers = new HashMap<String, String>();
    request
        .object("headers")
        .orElseThrow()
        .fields()
        .forEach((name, value) -> headers.put(name, ((Json.Text) value).value()));
    headers.computeIfPresent("authorization", (_, _) -> basic(key));
    var body =
        request
            .get("body")
            .map(
                json -> JsonText.write(json).replace("\"" + RECORDED_KEY + "\"", "\"" + key + "\""))
            .orElse("")
            .getBytes(StandardCharsets.UTF_8);
    return server.send(
        request.text("method").orElseThrow(),
        request.text("path").orElseThrow().replace(RECORDED_KEY, key),
        headers,
        "gzip".equals(headers.get("content-encoding")) ? zipped(body) : body);
  }

  private static String basic(String key) {
    return "Basic "
        + Base64.getEncoder().encodeToString((key + ":").getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] zipped(byte[] body) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body);
    }
    return bytes.toByteArray();
  }

  /** A preflight that refuses one header refuses the call. */
  private static void assertAllows(Json.Obj request, Answer answer) {
    assertEquals(204, answer.status(), answer::toString);
    var asked =
        request.object("headers").orElseThrow().text("access-control-request-headers").orElse("");
    var allowed = names(answer.header("access-control-allow-headers").orElse(""));
    assertTrue(allowed.containsAll(names(asked)), () -> asked + " of " + allowed);
  }

  private static Set<String> names(String list) {
    return new TreeSet<>(Arrays.asList(list.toLowerCase(Locale.ROOT).split(",", -1)));
  }

  /** In any order: all were sent within moments, and go by the clock of each message. */
  private List<String> did(String user) {
    return server.timeline(user).stream().sorted().toList();
  }

  private void assertAda() {
    var person = server.user("user_123");
    assertEquals("Ada", text(person, "name"));
    assertEquals("ada@example.com", text(person, "email"));
    assertEquals(List.of("g1"), person.each("groups", "group_id"));
    assertEquals(List.of("{\"name\":\"Acme\"}"), person.each("groups", "traits"));
  }

  private static String text(Answer person, String trait) {
    return ((Json.Obj) person.body()).object("traits").flatMap(t -> t.text(trait)).orElse("");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@segment/analytics-node",
        "@rudderstack/rudder-sdk-node",
        "com.segment.analytics.java:analytics:3.5.4",
        "com.rudderstack.sdk.java.analytics:analytics:3.1.2"
      })
  void serversLibrary_onePersonWithAllThatHeDid(String client) throws IOException {
    // when
    replay(client, serverKey);
    // then
    assertEquals(
        List.of("Signed Up", "[group]", "[identify]", "[page]", "[screen]"), did("user_123"));
    assertEquals(List.of("anon_1"), server.identities("user_123"));
    assertAda();
    // when
    replay(client, serverKey);
    // then
    assertEquals(
        List.of("Signed Up", "[group]", "[identify]", "[page]", "[screen]"), did("user_123"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"segment (browser)", "segmentBatch (browser)"})
  void segmentsBrowserLibrary_keepsUsersApart(String client) throws IOException {
    // when
    replay(client, publicId);
    // then
    var once = List.of("Bought", "Viewed", "[group]", "[identify]", "[identify]", "[page]");
    assertEquals(once, did("user_123"));
    assertEquals(List.of("AsBob", "[identify]"), did("user_456"));
    assertEquals(List.of("AfterReset", "[identify]"), did("alias_1"));
    assertAda();
    assertEquals("{'email':'bob@example.com'}", server.traits("user_456"));
    // when
    replay(client, publicId);
    // then
    assertEquals(once, did("user_123"));
  }

  /**
   * It keeps one anonymous id through users and resets. The third user who claims it makes it a
   * shared one: then nothing that was done under it alone is anybody's.
   */
  @Test
  void rudderStacksBrowserLibrary_neverShowsOnesEventsOnAnother() throws IOException {
    // when
    replay("rudder (browser)", publicId);
    // then
    assertEquals(List.of("Bought", "[group]", "[identify]", "[identify]"), did("user_123"));
    assertEquals(List.of("AsBob", "[identify]"), did("user_456"));
    assertEquals(List.of("[identify]"), did("alias_1"));
    assertAda();
    // In the context only.
    assertEquals("{'email':'bob@example.com'}", server.traits("user_456"));
  }

  @Test
  void everyRecordedRequest_isOfAClientAbove() throws IOException {
    assertEquals(
        Set.of(
            "@segment/analytics-node",
            "@rudderstack/rudder-sdk-node",
            "com.segment.analytics.java:analytics:3.5.4",
            "com.rudderstack.sdk.java.analytics:analytics:3.1.2",
            "segment (browser)",
            "segmentBatch (browser)",
            "rudder (browser)"),
        new TreeSet<>(recorded().stream().map(r -> r.text("client").orElseThrow()).toList()));
  }

  /** Of products whose messages are others: said clearly, and nothing that is sent again. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // PostHog
        "POST | /batch/ | {'api_key':'K','batch':[{'event':'e','distinct_id':'u'}]} | 401 unauthorized",
        "POST | /batch | {'api_key':'K','batch':[]} | 401 unauthorized",
        "POST | /i/v1/analytics/events | {'batch':[]} | 404 route_not_found",
        "POST | /e/ | {'api_key':'K','batch':[]} | 404 route_not_found",
        "POST | /flags/?v=2 | {'token':'K'} | 404 route_not_found",
        "GET | /array/K/config |  | 404 route_not_found",
        // Mixpanel
        "GET | /track?data=eyJldmVudCI6ImUifQ== |  | 405 method_not_allowed",
        "POST | /track/ | data=eyJldmVudCI6ImUifQ== | 401 unauthorized",
        "POST | /engage/ | data=e30= | 404 route_not_found",
        "POST | /groups/ | data=e30= | 404 route_not_found",
        "POST | /import?strict=1 | [] | 404 route_not_found",
        // Amplitude
        "POST | /2/httpapi | {'api_key':'K','events':[]} | 404 route_not_found"
      })
  void clientsOfOtherKinds_areToldSo(String method, String path, String body, String expected) {
    var sent = body == null ? "" : Api.quoted(body);
    var answer = server.send(method, path, Map.of(), sent.getBytes(StandardCharsets.UTF_8));
    assertEquals(expected, answer.status() + " " + answer.text("code").orElse(""));
  }
}
