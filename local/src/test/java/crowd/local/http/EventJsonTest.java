package crowd.local.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.local.Project;
import crowd.local.template.Route;
import crowd.local.template.TemplateReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {

  private static final String REQUEST_ID = "7f3c7a52-5a0e-4a53-9d4b-2f1d8f0c6b11";
  private static final Instant NOW = Instant.parse("2025-05-20T14:16:00.123Z");

  /** What went over the wire, read off the sample: so the sample must be what we make of it. */
  private static Request sent(Json.Obj event) {
    var http = event.object("requestContext").flatMap(c -> c.object("http")).orElseThrow();
    var headers = new HashMap<String, List<String>>();
    event
        .object("headers")
        .orElseThrow()
        .fields()
        .forEach((name, value) -> headers.put(name, List.of(((Json.Text) value).value())));
    headers.remove("x-forwarded-for");
    headers.remove("x-forwarded-proto");
    return new Request(
        http.text("method").orElseThrow(),
        event.text("rawPath").orElseThrow(),
        event.text("rawQueryString").orElseThrow(),
        headers,
        Body.of(
            event.text("body").orElse("").getBytes(StandardCharsets.UTF_8),
            Optional.ofNullable(headers.get("content-type")).map(List::getFirst).orElse(""),
            ""),
        http.text("protocol").orElseThrow(),
        http.text("sourceIp").orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "identify",
        "identify-browser",
        "track",
        "reset",
        "batch",
        "users",
        "user",
        "user-events",
        "website",
        "pages",
        "pages-unknown"
      })
  void write_request_isTheSampleEvent(String name) throws IOException {
    // given
    var sample =
        JsonReader.readOwnObject(Files.readString(Project.file("events/" + name + ".json")));
    var request = sent(sample);
    var routes = new Routes(TemplateReader.read(Project.file("template.yaml")).routes());
    // when
    var match = routes.find(request.method(), request.path()).orElseThrow();
    var event = EventJson.write(request, match, REQUEST_ID, NOW);
    // then
    assertEquals(sample, JsonReader.readOwn(event));
  }

  private static Json.Obj event(Request request) {
    var match = new Routes.Match(new Route("ANY", "/a", "F"), Map.of());
    return JsonReader.readOwnObject(EventJson.write(request, match, REQUEST_ID, NOW));
  }

  private static Request request(String query, Map<String, List<String>> headers, Body body) {
    return new Request("POST", "/a", query, headers, body, "HTTP/1.1", "127.0.0.1");
  }

  private static Json.Obj texts(String... namesAndValues) {
    var fields = Json.Obj.EMPTY;
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields = fields.with(namesAndValues[i], new Json.Text(namesAndValues[i + 1]));
    }
    return fields;
  }

  @Test
  void write_headers_areLowerCaseAndJoined() {
    // given
    var request =
        request(
            "",
            Map.of("X-Crowd-Key", List.of("a", "b"), "X-Forwarded-For", List.of("10.0.0.1")),
            Body.EMPTY);
    // then
    assertEquals(
        Optional.of(
            texts(
                "x-crowd-key", "a,b",
                "x-forwarded-for", "10.0.0.1, 127.0.0.1",
                "x-forwarded-proto", "http")),
        event(request).object("headers"));
  }

  @Test
  void write_cookies_haveTheirOwnField() {
    // given
    var event = event(request("", Map.of("Cookie", List.of("a=1; b=2", "c=3")), Body.EMPTY));
    // then
    assertEquals(
        Optional.of(
            new Json.Arr(
                List.of(new Json.Text("a=1"), new Json.Text("b=2"), new Json.Text("c=3")))),
        event.get("cookies"));
    assertEquals(
        Optional.empty(), event.object("headers").flatMap(headers -> headers.get("cookie")));
  }

  @Test
  void write_query_isDecodedAndJoined() {
    // given
    var event = event(request("a=1&b=x%20y+z&a=2&flag&bad=%zz&&c=%C3%BC", Map.of(), Body.EMPTY));
    // then
    assertEquals(
        Optional.of(texts("a", "1,2", "b", "x y z", "flag", "", "bad", "%zz", "c", "ü")),
        event.object("queryStringParameters"));
    assertEquals(
        Optional.of("a=1&b=x%20y+z&a=2&flag&bad=%zz&&c=%C3%BC"), event.text("rawQueryString"));
  }

  @Test
  void write_nothingSent_leavesOut() {
    // given
    var event = event(request("", Map.of(), Body.EMPTY));
    // then
    assertEquals(
        Map.of(),
        Map.of(
                "cookies", event.get("cookies"),
                "queryStringParameters", event.get("queryStringParameters"),
                "pathParameters", event.get("pathParameters"),
                "body", event.get("body"))
            .entrySet()
            .stream()
            .filter(entry -> entry.getValue().isPresent())
            .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  @Test
  void body_textOrBase64_byTypeAndEncoding() {
    // given
    var bytes = "{\"ü\":1}".getBytes(StandardCharsets.UTF_8);
    var text = new Body("{\"ü\":1}", false);
    var base64 = new Body("eyLDvCI6MX0=", true);
    // then
    assertEquals(text, Body.of(bytes, "application/json", ""));
    assertEquals(text, Body.of(bytes, "Application/JSON; charset=utf-8", "identity"));
    assertEquals(text, Body.of(bytes, "text/plain;charset=UTF-8", ""));
    assertEquals(text, Body.of(bytes, "application/xml", ""));
    assertEquals(text, Body.of(bytes, "application/javascript", ""));
    assertEquals(base64, Body.of(bytes, "application/json", "gzip"));
    assertEquals(base64, Body.of(bytes, "application/x-www-form-urlencoded", ""));
    assertEquals(base64, Body.of(bytes, "", ""));
    assertEquals(Body.EMPTY, Body.of(new byte[0], "", "gzip"));
  }

  @Test
  void body_textThatIsNoUtf8_isBase64() {
    assertEquals(new Body("/w==", true), Body.of(new byte[] {(byte) 0xff}, "application/json", ""));
  }
}
