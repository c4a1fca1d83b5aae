package crowd.functions.http;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * The JSON object of a body, whatever its content type says: browsers send {@code text/plain} to
 * avoid a preflight.
 */
public final class Body {

  /** Bytes, after inflating. */
  static final int MAX_BYTES = 500 * 1024;

  /** Levels of objects and arrays. */
  static final int MAX_DEPTH = 16;

  private Body() {}

  /** How reading ended. */
  public sealed interface Outcome {
    record Read(Json.Obj json) implements Outcome {}

    record Refused(Problem problem) implements Outcome {}
  }

  public static Outcome read(HttpRequest request) {
    var encoding = request.header("content-encoding").orElse("").strip().toLowerCase(Locale.ROOT);
    boolean gzip = encoding.equals("gzip") || encoding.equals("x-gzip");
    if (!gzip && !encoding.isEmpty() && !encoding.equals("identity")) {
      return refused(
          415,
          "unsupported_encoding",
          "The encoding is not supported",
          "Send the body as it is, or with Content-Encoding: gzip.");
    }
    byte[] bytes;
    try {
      bytes =
          request.base64()
              ? Base64.getDecoder().decode(request.body())
              : request.body().getBytes(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return refused(
          400,
          "not_base64",
          "The body cannot be read",
          "The body is marked as Base64 and is none.");
    }
    if (bytes.length > 0 && (gzip || isGzip(bytes))) {
      try {
        bytes = inflate(bytes);
      } catch (IOException e) {
        return refused(
            400,
            "corrupt_gzip",
            "The body cannot be read",
            "The body is not whole gzip data; send it again.");
      }
    }
    return bytes.length > MAX_BYTES
        ? new Outcome.Refused(
            Problem.tooLarge(
                "body_too_large",
                "The body is over " + MAX_BYTES / 1024 + " KB; send it in several calls."))
        : parse(bytes);
  }

  private static Outcome parse(byte[] bytes) {
    return switch (JsonReader.read(bytes, MAX_DEPTH)) {
      case JsonReader.Outcome.Read(Json.Obj object) -> new Outcome.Read(object);
      case JsonReader.Outcome.Read(var other) ->
          notJson("not_an_object", "The body is JSON, but a " + other.kind() + "; send an object.");
      case JsonReader.Outcome.Malformed(var code, var detail) ->
          notJson(
              code,
              detail.substring(0, 1).toUpperCase(Locale.ROOT)
                  + detail.substring(1)
                  + (code.equals("not_json")
                      ? "; send what JSON.stringify, json.dumps and their like write."
                      : "."));
      case JsonReader.Outcome.TooDeep(var limit) ->
          new Outcome.Refused(
              Problem.tooLarge(
                  "too_deep",
                  "Objects and arrays are nested more than "
                      + limit
                      + " levels deep; flatten them."));
    };
  }

  private static boolean isGzip(byte[] bytes) {
    return bytes.length > 1 && bytes[0] == (byte) 0x1f && bytes[1] == (byte) 0x8b;
  }

  /** One byte over the bound at most: a small body may inflate to a thousand times its size. */
  private static byte[] inflate(byte[] bytes) throws IOException {
    try (var gzip = new Members(new ByteArrayInputStream(bytes))) {
      return gzip.readNBytes(MAX_BYTES + 1);
    }
  }

  /**
   * The members of gzip data, one after the other. The stream of the platform reads the next one
   * within the call that met the end of the last: many that are empty would fill the stack.
   */
  private static final class Members extends GZIPInputStream {

    private static final int MAX_EMPTY = 16;

    private int within;

    Members(InputStream in) throws IOException {
      super(in);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (within > MAX_EMPTY) {
        throw new IOException("too many empty members");
      }
      within++;
      try {
        return super.read(buffer, offset, length);
      } finally {
        within--;
      }
    }
  }

  private static Outcome notJson(String code, String detail) {
    return refused(400, code, "The body cannot be read", detail);
  }

  private static Outcome refused(int status, String code, String title, String detail) {
    return new Outcome.Refused(Problem.of(status, code, title, detail));
  }
}
