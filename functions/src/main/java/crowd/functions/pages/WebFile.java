package crowd.functions.pages;

import crowd.functions.http.HttpReply;
import crowd.functions.http.HttpRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A file that browsers load, packed once.
 *
 * @param headers of every answer with it
 * @param plain the bytes, in Base64
 * @param gzip the same, packed as small as it goes
 */
record WebFile(Map<String, String> headers, String plain, String gzip) {

  /** Nothing of the page comes from elsewhere, and no script or style stands in its text. */
  private static final String OWN_ONLY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'"
          + " data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  WebFile {
    headers = Map.copyOf(headers);
  }

  /**
   * Packs a file.
   *
   * @param cacheControl how long a browser may keep it
   */
  static WebFile of(String name, byte[] bytes, String cacheControl) {
    var headers = new LinkedHashMap<String, String>();
    var type = type(name);
    headers.put("content-type", type);
    headers.put("cache-control", cacheControl);
    headers.put("etag", '"' + hash(bytes) + '"');
    headers.put("vary", "accept-encoding");
    headers.put("x-content-type-options", "nosniff");
    // A page that isolates itself from others may still load the SDK.
    headers.put("cross-origin-resource-policy", "cross-origin");
    if (type.startsWith("text/html")) {
      headers.put("content-security-policy", OWN_ONLY);
      headers.put("referrer-policy", "no-referrer");
      headers.put("cross-origin-resource-policy", "same-origin");
    }
    return new WebFile(headers, base64(bytes), base64(packed(bytes)));
  }

  HttpReply reply(HttpRequest request) {
    if (isKept(request)) {
      return HttpReply.notModified(headers);
    }
    if (!request.header("accept-encoding").orElse("").contains("gzip")) {
      return HttpReply.file(headers, plain);
    }
    var packed = new LinkedHashMap<>(headers);
    packed.put("content-encoding", "gzip");
    return HttpReply.file(packed, gzip);
  }

  /** Whether the browser has it. Proxies that pack mark what they packed as weak. */
  private boolean isKept(HttpRequest request) {
    var etag = headers.getOrDefault("etag", "");
    return request.header("if-none-match").orElse("").contains(etag);
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "js", "mjs" -> "text/javascript; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "json", "map" -> "application/json";
      case "svg" -> "image/svg+xml";
      case "png" -> "image/png";
      case "woff2" -> "font/woff2";
      default -> "application/octet-stream";
    };
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String hash(byte[] bytes) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] packed(byte[] bytes) {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new Densest(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static final class Densest extends GZIPOutputStream {

    Densest(ByteArrayOutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
