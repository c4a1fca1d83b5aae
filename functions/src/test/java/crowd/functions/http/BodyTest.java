package crowd.functions.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.core.fingerprint.Connection;
import crowd.core.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class BodyTest {

  private static final String OBJECT = "{\"a\":\"ä\"}";
  private static final Body.Outcome READ =
      new Body.Outcome.Read(Json.Obj.EMPTY.with("a", new Json.Text("ä")));

  private static HttpRequest request(Map<String, String> headers, String body, boolean base64) {
    return new HttpRequest(
        "POST", "/track", headers, Map.of(), Map.of(), body, base64, Connection.UNKNOWN);
  }

  private static Body.Outcome text(String body) {
    return Body.read(request(Map.of(), body, false));
  }

  private static Body.Outcome bytes(byte[] body) {
    return bytes("", body);
  }

  private static Body.Outcome bytes(String encoding, byte[] body) {
    return Body.read(
        request(
            encoding.isEmpty() ? Map.of() : Map.of("content-encoding", encoding),
            Base64.getEncoder().encodeToString(body),
            true));
  }

  private static String problem(Body.Outcome outcome) {
    return outcome instanceof Body.Outcome.Refused(var problem)
        ? problem.status() + " " + problem.code()
        : outcome.toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] bytes) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  @Test
  void read_whateverTheContentTypeSays_readsJson() {
    for (var type : new String[] {"application/json", "text/plain", "image/png", ""}) {
      assertEquals(READ, Body.read(request(Map.of("content-type", type), OBJECT, false)));
    }
    assertEquals(READ, bytes(utf8(OBJECT)));
  }

  @Test
  void read_ofGzip_inflatesItWithAndWithoutTheHeader() {
    assertEquals(READ, bytes("gzip", gzip(utf8(OBJECT))));
    assertEquals(READ, bytes("GZIP ", gzip(utf8(OBJECT))));
    assertEquals(READ, bytes("x-gzip", gzip(utf8(OBJECT))));
    assertEquals(READ, bytes(gzip(utf8(OBJECT))));
    assertEquals(READ, bytes("identity", utf8(OBJECT)));
  }

  @Test
  void read_ofGzipThatIsBroken_isRefused() {
    // given
    var whole = gzip(utf8(OBJECT));

    // then
    assertEquals(
        "400 corrupt_gzip", problem(bytes("gzip", Arrays.copyOf(whole, whole.length - 9))));
    assertEquals("400 corrupt_gzip", problem(bytes("gzip", Arrays.copyOf(whole, 5))));
    assertEquals("400 corrupt_gzip", problem(bytes("gzip", utf8(OBJECT))));
    assertEquals("400 not_json", problem(bytes("gzip", gzip(whole))));
  }

  @Test
  void read_ofGzipInSeveralMembers_isTakenUnlessManyAreEmpty() {
    // given
    var several = new ByteArrayOutputStream();
    several.writeBytes(gzip(utf8(OBJECT.substring(0, 4))));
    several.writeBytes(gzip(new byte[0]));
    several.writeBytes(gzip(utf8(OBJECT.substring(4))));
    var empty = new ByteArrayOutputStream();
    for (int i = 0; i < 20_000; i++) {
      empty.writeBytes(gzip(new byte[0]));
    }

    // then
    assertEquals(READ, bytes("gzip", several.toByteArray()));
    assertEquals("400 corrupt_gzip", problem(bytes("gzip", empty.toByteArray())));
  }

  @Test
  void read_ofOtherEncodings_isNotSupported() {
    for (var encoding : new String[] {"br", "deflate", "zstd", "gzip, gzip", "gzip,identity"}) {
      assertEquals("415 unsupported_encoding", problem(bytes(encoding, utf8(OBJECT))), encoding);
    }
  }

  @Test
  void read_ofWhatIsNoJsonObject_saysWhy() {
    assertEquals("400 empty_body", problem(text("")));
    assertEquals("400 empty_body", problem(text("  \n")));
    assertEquals("400 empty_body", problem(bytes("gzip", new byte[0])));
    assertEquals("400 not_json", problem(text("{")));
    assertEquals("400 not_json", problem(text("{}{}")));
    assertEquals("400 not_json", problem(text("name=value")));
    assertEquals("400 not_an_object", problem(text("[]")));
    assertEquals("400 not_an_object", problem(text("null")));
    assertEquals("400 duplicate_field", problem(text("{\"a\":1,\"a\":2}")));
    assertEquals("400 lone_surrogate", problem(text("{\"a\":\"\\ud800\"}")));
    assertEquals("400 not_json", problem(bytes(new byte[] {'{', (byte) 0xff, '}'})));
    assertEquals(
        "400 not_base64", problem(Body.read(request(Map.of(), "{\"no\":\"base64\"}", true))));
  }

  @Test
  void read_ofTheLargestBody_isTakenAndOfOneByteMoreIsNot() {
    // given
    var largest = "{\"a\":\"" + "x".repeat(Body.MAX_BYTES - 8) + "\"}";
    assertEquals(Body.MAX_BYTES, largest.length());

    // then
    assertEquals(Body.Outcome.Read.class, text(largest).getClass());
    assertEquals(Body.Outcome.Read.class, bytes("gzip", gzip(utf8(largest))).getClass());
    assertEquals("413 body_too_large", problem(text(largest + " ")));
    assertEquals("413 body_too_large", problem(bytes("gzip", gzip(utf8(largest + " ")))));
    assertEquals("413 body_too_large", problem(bytes(gzip(new byte[100_000_000]))));
  }

  @Test
  void read_ofNestedValues_isTakenUpToSixteenLevels() {
    // given
    var sixteen = "{\"a\":" + "[".repeat(15) + "]".repeat(15) + "}";
    var seventeen = "{\"a\":" + "[".repeat(16) + "]".repeat(16) + "}";

    // then
    assertEquals(Body.Outcome.Read.class, text(sixteen).getClass());
    assertEquals("413 too_deep", problem(text(seventeen)));
    assertEquals("413 too_deep", problem(text("[".repeat(100_000))));
  }
}
