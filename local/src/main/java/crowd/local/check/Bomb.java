package crowd.local.check;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.IntFunction;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** A body that is cheap to send and meant to be dear to read. */
final class Bomb {

  private static final int KB = 1024;

  /** The most that is read of a body. */
  static final int WHOLE = 500 * KB;

  /** A body that the gateway still passes on, as Base64. */
  static final int LARGE = 4 * KB * KB;

  private final String name;
  private final String path;
  private final byte[] body;

  private Bomb(String name, String path, byte[] body) {
    this.name = name;
    this.path = path;
    this.body = body;
  }

  String path() {
    return path;
  }

  byte[] body() {
    return body;
  }

  @Override
  public String toString() {
    return name + " to " + path;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** An honest message of about so many bytes, too large for one: read whole, and refused. */
  static Bomb harmless(int bytes) {
    var fields = new StringBuilder();
    for (int i = 0; fields.length() < bytes - 200; i++) {
      fields.append(i == 0 ? "" : ",").append("\"field_%d\":\"value %d\"".formatted(i, i));
    }
    return new Bomb("harmless", "/track", utf8(message("{" + fields + "}")));
  }

  private static String message(String properties) {
    return "{\"website\":\"demo\",\"user_id\":\"u\",\"event\":\"e\",\"properties\":"
        + properties
        + "}";
  }

  private static String batch(String messages) {
    return "{\"website\":\"demo\",\"batch\":[" + messages + "]}";
  }

  static List<Bomb> all() {
    var bombs = new ArrayList<Bomb>();
    for (var path : List.of("/track", "/identify", "/v1/track")) {
      values().forEach(value -> bombs.add(new Bomb(value.name, path, utf8(message(value.text)))));
    }
    for (var path : List.of("/batch", "/v1/batch")) {
      for (var element : List.of("{}", "[]", "1", "\"\"", "null", "{\"type\":\"track\"}")) {
        var many = (element + ",").repeat((WHOLE - 100) / (element.length() + 1)) + element;
        bombs.add(new Bomb("batch of as many " + element + " as fit", path, utf8(batch(many))));
      }
    }
    var shared = "\"context\":{\"a\":\"" + "x".repeat(300 * KB) + "\"}";
    bombs.add(
        new Bomb(
            "context for many messages",
            "/v1/batch",
            utf8("{" + shared + ",\"batch\":[" + "{},".repeat(900) + "{}]}")));
    var bodies = new LinkedHashMap<String, byte[]>();
    bodies.put("nothing but brackets", utf8("[".repeat(WHOLE)));
    bodies.put("nothing but brackets, large", utf8("[".repeat(LARGE)));
    bodies.put("spaces", utf8(" ".repeat(LARGE)));
    bodies.put("one large text", utf8(message("\"" + "x".repeat(LARGE) + "\"")));
    bodies.put("gzip of zeros, 64 MB", gzip(new byte[KB * KB], 64, 1));
    bodies.put("gzip of brackets, 64 MB", gzip(utf8("[".repeat(KB * KB)), 64, 1));
    bodies.put("gzip in gzip in gzip", gzip(new byte[KB * KB], 64, 3));
    bodies.put("gzip of many members", members(20_000));
    for (var path : List.of("/track", "/v1/batch")) {
      bodies.forEach((name, body) -> bombs.add(new Bomb(name, path, body)));
    }
    return List.copyOf(bombs);
  }

  private record Value(String name, String text) {}

  private static List<Value> values() {
    var values = new ArrayList<Value>();
    for (int depth : new int[] {20, 1_000, 50_000}) {
      values.add(
          new Value("arrays %d deep".formatted(depth), "[".repeat(depth) + "]".repeat(depth)));
      values.add(
          new Value(
              "objects %d deep".formatted(depth),
              "{\"a\":".repeat(depth) + "1" + "}".repeat(depth)));
    }
    values.add(new Value("one text", "{\"a\":\"" + "x".repeat(WHOLE - 200) + "\"}"));
    values.add(new Value("escapes", "{\"a\":\"" + "\\u00e9".repeat(80_000) + "\"}"));
    values.add(new Value("one name", "{\"" + "n".repeat(WHOLE - 200) + "\":1}"));
    values.add(new Value("empty arrays", "{\"a\":[" + "[],".repeat(160_000) + "[]]}"));
    values.add(new Value("empty objects", "{\"a\":[" + "{},".repeat(160_000) + "{}]}"));
    values.add(new Value("numbers", "{\"a\":[" + "1,".repeat(240_000) + "1]}"));
    values.add(new Value("digits", "{\"a\":" + "9".repeat(WHOLE - 200) + "}"));
    values.add(new Value("decimals", "{\"a\":0." + "1".repeat(WHOLE - 200) + "}"));
    values.add(new Value("exponents", "{\"a\":[" + "1e999999999,".repeat(40_000) + "1]}"));
    values.add(new Value("names", "{" + names(40_000, i -> "k" + i) + "}"));
    values.add(new Value("names of one hash", "{" + names(10_000, Bomb::colliding) + "}"));
    values.add(new Value("names that stand twice", "{" + names(40_000, i -> "k" + i / 2) + "}"));
    return values;
  }

  private static String names(int count, IntFunction<String> name) {
    var fields = new StringBuilder();
    for (int i = 0; i < count; i++) {
      fields.append(i == 0 ? "\"" : ",\"").append(name.apply(i)).append("\":1");
    }
    return fields.toString();
  }

  /** Different names that all have the same {@code hashCode}: "Aa" and "BB" have. */
  static String colliding(int i) {
    var name = new StringBuilder();
    for (int bit = 0; bit < 14; bit++) {
      name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return name.toString();
  }

  /** The block, so many times over, compressed again and again. */
  private static byte[] gzip(byte[] block, int times, int layers) {
    var out = new ByteArrayOutputStream();
    try (var gzip =
        new GZIPOutputStream(out, KB) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        }) {
      for (int i = 0; i < times; i++) {
        gzip.write(block);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return layers == 1 ? out.toByteArray() : gzip(out.toByteArray(), 1, layers - 1);
  }

  private static byte[] members(int count) {
    var member = gzip(new byte[0], 1, 1);
    var out = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      out.writeBytes(member);
    }
    return out.toByteArray();
  }
}
