package crowd.local.check;

import crowd.core.json.Json;
import crowd.core.json.JsonText;
import crowd.local.dev.Demo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/** Makes requests that are valid but for one to four mutations. */
final class MalformedRequest {

  private static final List<String> STRANGE_TEXTS =
      List.of(
          "",
          " ",
          "null",
          "undefined",
          "[object Object]",
          "{{id}}",
          "\u0000",
          "a\u0000b",
          "\ufeff",
          "\u202eabc",
          "e\u0301",
          "\u00e9",
          "../../etc",
          "a#b#c",
          "'; drop",
          "#a = :b OR",
          "<script>",
          "%00",
          "x".repeat(255),
          "x".repeat(256),
          "x".repeat(257),
          "\ud83d\ude00".repeat(64),
          "2026-02-30T00:00:00Z",
          "9999-12-31T23:59:59Z",
          "0000-01-01T00:00:00Z",
          "2016-12-31T23:59:60Z",
          "+275760-09-13T00:00:00Z",
          "2026-01-01T00:00:00+99:99",
          "1767225600",
          "1767225600000",
          "NaN",
          "Infinity",
          "1e400",
          "-0");

  private static final List<String> STRANGE_NUMBERS =
      List.of(
          "0",
          "-0",
          "-1",
          "1.5",
          "1e400",
          "9007199254740993",
          "1e-400",
          "9".repeat(60),
          "9".repeat(400),
          "1767225600",
          "1767225600000",
          "253402300800000",
          "0.1e1");

  private static final List<String> STRANGE_NAMES =
      List.of(
          "__proto__", "constructor", "prototype", "", "a".repeat(300), "\u0007", "$where", "a.b");

  private static final List<String> RAW_BODIES =
      List.of(
          "",
          " ",
          "null",
          "true",
          "7",
          "[]",
          "{}",
          "{",
          "}",
          "[[[",
          "{\"a\":1,\"a\":2}",
          "nul",
          "{\"website\":\"demo\",}",
          "{'website':'demo'}",
          "\ufeff{}",
          "{} {}",
          "{\"website\":\"\\ud800\"}",
          "{\"a\":NaN}",
          "{\"a\":01}",
          "\u0000");

  /** A few KB that are 8 MB when they are inflated. */
  private static final byte[] BOMB = gzip(new byte[8_000_000]);

  private final SplittableRandom random;
  private final String canary;
  private String method = "POST";
  private String path = "";
  private final Map<String, String> headers = new LinkedHashMap<>();
  private Json.Obj json = Json.Obj.EMPTY;
  private byte[] raw = {};
  private boolean isRaw;

  MalformedRequest(SplittableRandom random, String canary) {
    this.random = random;
    this.canary = canary;
  }

  /** What is sent. */
  static final class Sent {

    private final String method;
    private final String path;
    private final Map<String, String> headers;
    private final byte[] body;
    private final Optional<String> companion;

    Sent(
        String method,
        String path,
        Map<String, String> headers,
        byte[] body,
        Optional<String> companion) {
      this.method = method;
      this.path = path;
      this.headers = Map.copyOf(headers);
      this.body = body;
      this.companion = companion;
    }

    String method() {
      return method;
    }

    /** With the query. */
    String path() {
      return path;
    }

    Map<String, String> headers() {
      return headers;
    }

    byte[] body() {
      return body;
    }

    /**
     * The last message of a batch, if nothing is wrong with it: its user, whom no other message
     * names, and its message id.
     */
    Optional<String> companion() {
      return companion;
    }

    HttpRequest at(String address) {
      var request =
          HttpRequest.newBuilder(URI.create(address + path))
              .timeout(Duration.ofSeconds(30))
              .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
      headers.forEach(request::header);
      return request.build();
    }

    @Override
    public String toString() {
      var text = new String(body, StandardCharsets.UTF_8);
      var start = text.length() > 500 ? text.substring(0, 500) + "..." : text;
      return method + " " + path + " " + headers + " " + start;
    }
  }

  Sent next() {
    valid();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      mutate();
    }
    var companion = isRaw ? Optional.<String>empty() : addCompanion();
    return new Sent(method, path, headers, isRaw ? raw : bytes(json), companion);
  }

  private Optional<String> addCompanion() {
    if (!(json.get("batch").orElse(Json.Null.VALUE) instanceof Json.Arr(var messages))) {
      return Optional.empty();
    }
    var name = "good-" + Long.toHexString(random.nextLong());
    var beside = new ArrayList<>(messages);
    beside.add(
        Json.Obj.EMPTY
            .with("type", text("track"))
            .with("event", text("e"))
            .with("user_id", text(name))
            .with("message_id", text(name)));
    json = json.with("batch", new Json.Arr(beside));
    return Optional.of(name);
  }

  private static byte[] bytes(Json value) {
    return JsonText.write(value).getBytes(StandardCharsets.UTF_8);
  }

  private void valid() {
    headers.put("X-Crowd-Key", Demo.SERVER_KEY);
    switch (random.nextInt(6)) {
      case 0 -> {
        path = "/identify";
        json = message().with("traits", traits());
      }
      case 1 -> {
        path = "/track";
        json = message().with("event", text(canary)).with("properties", traits());
      }
      case 2 -> {
        path = "/reset";
        json = message();
      }
      case 3 -> {
        path = "/batch";
        json =
            Json.Obj.EMPTY
                .with("website", text(Demo.WEBSITE))
                .with(
                    "batch",
                    new Json.Arr(
                        List.of(
                            message().with("type", text("identify")).with("traits", traits()),
                            message().with("type", text("track")).with("event", text(canary)))));
      }
      case 4 -> {
        method = "GET";
        path = "/users?query=a&limit=2";
        raw();
      }
      default -> {
        method = "GET";
        path = "/users/user-1/events?limit=2&order=asc";
        raw();
      }
    }
  }

  private void raw() {
    isRaw = true;
    raw = new byte[0];
  }

  private Json.Obj message() {
    return Json.Obj.EMPTY
        .with("website", text(Demo.WEBSITE))
        .with("user_id", text("user-" + random.nextInt(5)))
        .with("anonymous_id", text("anon_" + random.nextInt(5)))
        .with("message_id", text("m" + random.nextInt(1000)))
        .with("timestamp", text("2026-01-01T00:00:00Z"));
  }

  private Json.Obj traits() {
    return Json.Obj.EMPTY.with("plan", text(canary)).with("n", Json.Num.of(1));
  }

  private static Json.Text text(String value) {
    return new Json.Text(value);
  }

  private void mutate() {
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3, 4 -> field();
      case 5 -> body();
      case 6 -> header();
      case 7 -> query();
      case 8 -> method = any(List.of("GET", "PUT", "DELETE", "PATCH", "OPTIONS", "POST"));
      case 9 -> encoding();
      case 10 -> nest();
      default ->
          path =
              any(
                  List.of(
                      "/identify/",
                      "/nowhere",
                      "/users/%2e%2e",
                      "/users/%FF",
                      "/users/a%23b",
                      "/identify//",
                      "/users/" + "x".repeat(300),
                      "/batch"));
    }
  }

  /** Changes a field of the body, at some depth. */
  private void field() {
    if (!isRaw) {
      json = changed(json) instanceof Json.Obj object ? object : Json.Obj.EMPTY;
    }
  }

  private Json changed(Json value) {
    return switch (value) {
      case Json.Obj(var fields) when !fields.isEmpty() -> {
        var name = any(List.copyOf(fields.keySet()));
        var object = (Json.Obj) value;
        yield switch (random.nextInt(5)) {
          case 0 -> object.without(name);
          case 1 -> object.with(any(STRANGE_NAMES), strange());
          case 2 -> object.with(name, changed(object.fields().getOrDefault(name, strange())));
          default -> object.with(name, strange());
        };
      }
      case Json.Arr(var values) when !values.isEmpty() -> {
        var copy = new ArrayList<>(values);
        int at = random.nextInt(copy.size());
        copy.set(at, changed(copy.get(at)));
        yield new Json.Arr(copy);
      }
      case Json.Obj _, Json.Arr _, Json.Text _, Json.Num _, Json.Bool _, Json.Null _ -> strange();
    };
  }

  private Json strange() {
    return switch (random.nextInt(7)) {
      case 0 -> Json.Null.VALUE;
      case 1 -> new Json.Bool(true);
      case 2 -> new Json.Num(any(STRANGE_NUMBERS));
      case 3 -> new Json.Arr(List.of(text(canary)));
      case 4 -> Json.Obj.EMPTY.with(any(STRANGE_NAMES), text(canary));
      case 5 -> text(canary.repeat(random.nextInt(1, 8_000)));
      default -> text(any(STRANGE_TEXTS));
    };
  }

  private void body() {
    var bytes = isRaw ? raw : bytes(json);
    isRaw = true;
    raw =
        switch (random.nextInt(6)) {
          case 0 -> any(RAW_BODIES).getBytes(StandardCharsets.UTF_8);
          case 1 -> Arrays.copyOf(bytes, bytes.length / 2);
          case 2 -> new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16);
          case 3 ->
              new String(bytes, StandardCharsets.UTF_8).getBytes(Charset.forName("ISO-8859-1"));
          case 4 -> flipped(bytes);
          default -> Arrays.copyOf(bytes, bytes.length + padding());
        };
  }

  /** Seldom more than is read of a body: it takes a hundred times the time of another request. */
  private int padding() {
    return random.nextInt(1, random.nextInt(20) == 0 ? 600_000 : 5_000);
  }

  private byte[] flipped(byte[] bytes) {
    var copy = bytes.clone();
    if (copy.length > 0) {
      copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return copy;
  }

  private void header() {
    switch (random.nextInt(6)) {
      case 0 -> headers.remove("X-Crowd-Key");
      case 1 ->
          headers.put(
              "X-Crowd-Key",
              any(
                  List.of(
                      "",
                      "sk_demo_" + canary,
                      "sk_demo_local, sk_demo_local",
                      "sk_",
                      canary,
                      "rk_demo_local")));
      case 2 ->
          headers.put(
              "Origin", any(List.of("http://localhost:1", "null", "https://" + canary, "")));
      case 3 ->
          headers.put(
              "Content-Type",
              any(
                  List.of(
                      "text/plain",
                      "application/octet-stream",
                      "application/json; charset=utf-16",
                      canary)));
      case 4 ->
          headers.put(
              "X-Request-Id", any(List.of("ok-1", "x".repeat(200), "a b", "<" + canary + ">")));
      default -> headers.put("Cookie", "a=" + canary + "; b");
    }
  }

  private void query() {
    var base = path.contains("?") ? path.substring(0, path.indexOf('?')) : path;
    path =
        base
            + "?"
            + any(
                List.of(
                    "limit=0",
                    "limit=-1",
                    "limit=1e9",
                    "limit=" + canary,
                    "cursor=" + canary,
                    "cursor=%00",
                    "cursor=" + "A".repeat(2000),
                    "order=" + canary,
                    "query=%F0%9F",
                    "query=" + "x".repeat(500),
                    "query=%00",
                    "query=",
                    "&&&=",
                    "limit=1&limit=2",
                    "id=%23",
                    "cursor=RSMxMjM"));
  }

  private void encoding() {
    var bytes = isRaw ? raw : bytes(json);
    isRaw = true;
    switch (random.nextInt(4)) {
      case 0 -> {
        headers.put(
            "Content-Encoding", any(List.of("br", "deflate", "gzip, gzip", "identity", canary)));
        raw = bytes;
      }
      case 1 -> {
        headers.put("Content-Encoding", "gzip");
        raw = bytes;
      }
      case 2 -> {
        headers.put("Content-Encoding", "gzip");
        raw = gzip(bytes);
      }
      default -> {
        headers.put("Content-Encoding", "gzip");
        raw = random.nextInt(20) == 0 ? BOMB : gzip(new byte[padding()]);
      }
    }
  }

  private static byte[] gzip(byte[] bytes) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private void nest() {
    int depth = random.nextInt(10, 200);
    isRaw = true;
    raw =
        ("{\"website\":\"demo\",\"user_id\":\"u\",\"traits\":"
                + "{\"a\":".repeat(depth)
                + "1"
                + "}".repeat(depth)
                + "}")
            .getBytes(StandardCharsets.UTF_8);
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
