package crowd.functions.pages;

import static crowd.functions.Call.get;
import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.core.json.Json;
import crowd.core.json.JsonText;
import crowd.functions.Call;
import crowd.functions.World;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesHandlerTest {

  private final World world = new World();
  private final PagesHandler handler =
      new PagesHandler(world.wiring.edge(), new WebFiles("sample"));

  @Test
  void handle_ofHealth_isOkForEverybody() {
    // when
    var answer = world.send(handler, get("/health"));

    // then
    assertEquals(200, answer.status());
    assertEquals(Json.Obj.EMPTY.with("status", new Json.Text("ok")), answer.body());
  }

  @Test
  void handle_ofOpenApi_isTheDocumentForEverybody() {
    // when
    var answer = world.send(handler, get("/openapi.json"));

    // then
    assertEquals(200, answer.status());
    assertEquals("application/json", answer.headers().get("content-type"));
    assertEquals("3.1.0", answer.text("openapi"));
  }

  @Test
  void handle_ofHealthWithAnotherMethod_namesTheRightOne() {
    // when
    var answer = world.send(handler, get("/health").method("POST"));

    // then
    assertEquals("405 method_not_allowed", answer.summary());
    assertEquals("GET", answer.headers().get("allow"));
  }

  @Test
  void handle_ofEveryOtherPath_findsNothing() {
    // when
    var answer = world.send(handler, get("$default").method("DELETE"));

    // then
    assertEquals("404 route_not_found", answer.summary());
    assertEquals("application/problem+json", answer.headers().get("content-type"));
  }

  private Json.Obj payload(Call call) {
    return World.json(world.invoke(handler, call.payload()));
  }

  /** The answer as the gateway sends it: status, type, how long it may be kept, the bytes. */
  private static String seen(Json.Obj payload) {
    var headers = payload.object("headers").orElseThrow();
    var bytes = Base64.getDecoder().decode(payload.text("body").orElseThrow());
    return String.join(
        " | ",
        JsonText.write(payload.get("statusCode").orElseThrow()),
        headers.text("content-type").orElseThrow(),
        headers.text("cache-control").orElseThrow(),
        new String(bytes, StandardCharsets.UTF_8).strip());
  }

  @Test
  void handle_ofAFile_sendsItWithHowLongItMayBeKept() {
    // when
    var page = payload(get("/"));
    var sdk = payload(get("/sdk/{file}").path("file", "crowd.js"));
    var asset = payload(get("/assets/{file}").path("file", "index-1a2b.js"));

    // then
    assertEquals(
        "200 | text/html; charset=utf-8 | no-cache | <!doctype html><title>Users</title><script"
            + " src=\"/assets/index-1a2b.js\" type=\"module\"></script>",
        seen(page));
    assertEquals(
        "200 | text/javascript; charset=utf-8 | public, max-age=300, stale-while-revalidate=86400"
            + " | console.log(\"sdk\");",
        seen(sdk));
    assertEquals(
        "200 | text/javascript; charset=utf-8 | public, max-age=31536000, immutable"
            + " | console.log(\"dashboard\");",
        seen(asset));
  }

  @Test
  void handle_ofAPage_letsNothingFromElsewhereIntoIt() {
    // when
    var headers = payload(get("/")).object("headers").orElseThrow();

    // then
    assertEquals(
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src"
            + " 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors"
            + " 'none'",
        headers.text("content-security-policy").orElseThrow());
    assertEquals("nosniff", headers.text("x-content-type-options").orElseThrow());
  }

  @Test
  void handle_ofAFileForABrowserThatUnpacks_sendsItPacked() throws IOException {
    // given
    var call = get("/sdk/{file}").path("file", "crowd.js").header("accept-encoding", "gzip, br");

    // when
    var payload = payload(call);

    // then
    var headers = payload.object("headers").orElseThrow();
    assertEquals("gzip", headers.text("content-encoding").orElseThrow());
    assertEquals("accept-encoding", headers.text("vary").orElseThrow());
    var bytes = Base64.getDecoder().decode(payload.text("body").orElseThrow());
    try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      assertEquals(
          "console.log(\"sdk\");\n", new String(unpacked.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void handle_ofAFileThatTheBrowserHas_sendsNothing() {
    // given
    var call = get("/sdk/{file}").path("file", "crowd.js");
    var etag = payload(call).object("headers").orElseThrow().text("etag").orElseThrow();

    // when
    var again = payload(call.header("if-none-match", "W/" + etag));

    // then
    assertEquals(
        "304 | text/javascript; charset=utf-8 | public, max-age=300, stale-while-revalidate=86400"
            + " | ",
        seen(again));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "other.js", "../index.html", "..", ".hidden", "a/b.js"})
  void handle_ofAFileThatThereIsNot_findsNothing(String name) {
    for (var route : List.of("/sdk/{file}", "/assets/{file}")) {
      assertEquals(
          "404 route_not_found", world.send(handler, get(route).path("file", name)).summary());
    }
  }

  @Test
  void handle_whereTheWebPartsWereNotBuilt_saysHowToBuildThem() {
    // given
    var bare = new PagesHandler(world.wiring.edge(), new WebFiles("none"));

    // then
    assertEquals("404 not_built", world.send(bare, get("/")).summary());
    assertEquals(
        "404 not_built", world.send(bare, get("/sdk/{file}").path("file", "crowd.js")).summary());
  }

  @Test
  void handle_ofAFileWithAnotherMethod_namesTheRightOne() {
    assertEquals("405 method_not_allowed", world.send(handler, get("/").method("POST")).summary());
  }
}
