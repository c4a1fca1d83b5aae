package crowd.local.check;

import crowd.core.store.StoreUnavailableException;
import crowd.local.dev.Demo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * A marked value of its own in every place of a call that can hold something about a person,
 * through every kind of failure: none is found again in a log, a metric or a problem, neither as it
 * is nor in hex or Base64. Size: times through it all.
 */
final class Canary implements Check {

  /** The places of a message that a person may stand in, in single quotes. */
  private static final String FIELDS =
      """
      'user_id':@,'userId':@,'anonymous_id':@,'anonymousId':@,'message_id':@,'messageId':@,\
      'event':@,'name':@,'group_id':@,'groupId':@,'previous_id':@,'previousId':@,'from':@,\
      'timestamp':@,'originalTimestamp':@,'sent_at':@,'sentAt':@,'type':@,'category':@,\
      'user_hash':@,'session_token':@,'writeKey':@,'integrations':{@:@},\
      'traits':{@:@,'email':@,'name':@,'phone':{'home':[@]}},'set_once':{@:@},\
      'properties':{@:@,'url':@},'context':{@:@,'ip':@,'user_agent':@,'page':{'url':@},'traits':{@:@}},\
      'fingerprint':{'ip':@,'user_agent':@},'channel':@,@:@\
      """;

  private static final List<String> POSTS =
      List.of(
          "/identify",
          "/track",
          "/reset",
          "/batch",
          "/alias",
          "/users/@/unlink",
          "/v1/identify",
          "/v1/track",
          "/v1/page",
          "/v1/group",
          "/v1/alias",
          "/v1/batch",
          "/beacon/v1/batch",
          "/api/s/track",
          "/v1/@",
          "/@");

  private static final List<String> GETS =
      List.of(
          "/users?query=@&cursor=@&limit=@&order=@&@=@",
          "/users/@",
          "/users/@/events?cursor=@",
          "/users/@?id=@",
          "/users?query=@",
          "/v1/projects/@/settings",
          "/sourceConfig?writeKey=@",
          "/@/@?@",
          "/health?@=@");

  private final SplittableRandom random = new SplittableRandom(Long.getLong("seed", 23));
  private final Set<String> planted = new LinkedHashSet<>();
  private final Set<String> found = new LinkedHashSet<>();
  private final Map<Integer, Integer> statuses = new LinkedHashMap<>();
  private long calls;

  @Override
  public String name() {
    return "canary";
  }

  @Override
  public String about() {
    return "marked values in every place of a call: found in a log, a metric or a problem";
  }

  @Override
  public long ciSize() {
    return 1;
  }

  @Override
  public Figure run(long size) {
    for (long i = 0; i < size; i++) {
      try (var run = InMemoryRun.start()) {
        throughEverything(run);
        look("the logs and metrics", run.reported());
        if (!run.reported().contains("\"CloudWatchMetrics\"")
            || !run.reported().contains("\"exception\"")) {
          found.add("nothing: the logs hold no metric or no defect");
        }
      }
    }
    System.err.printf(
        "canary: %d marked values in %d calls, answered %s%n", planted.size(), calls, statuses);
    found.stream().limit(50).forEach(line -> System.err.println("canary: " + line));
    boolean all = statuses.keySet().containsAll(List.of(200, 400, 401, 403, 404, 405, 413, 415));
    boolean failures = statuses.keySet().containsAll(List.of(500, 503));
    return new Figure(
        found.size() + "/" + planted.size(), "marks-found", found.isEmpty() && all && failures);
  }

  /** A value that no other place has. It may stand in a path. */
  private String mark() {
    var mark = "c4n4ry" + HexFormat.of().toHexDigits(random.nextLong());
    planted.add(mark);
    return mark;
  }

  private String marked(String template, boolean isJson) {
    var text = new StringBuilder();
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      text.append(c != '@' ? "" + c : isJson ? "\"" + mark() + "\"" : mark());
    }
    return text.toString();
  }

  private void throughEverything(InMemoryRun run) {
    allWays(run);
    run.trouble(() -> {
      throw new StoreUnavailableException("in the way of " + mark());
    });
    allWays(run);
    run.trouble(() -> {
      throw new IllegalStateException(
          "a defect that quotes " + mark(), new RuntimeException(mark()));
    });
    allWays(run);
    run.endTrouble();
  }

  private void allWays(InMemoryRun run) {
    consume(run);
    for (var path : POSTS) {
      for (var way : ways()) {
        send(run, "POST", path, way, body(way));
      }
    }
    for (var path : GETS) {
      for (var key : List.of(Demo.READ_KEY, Demo.SERVER_KEY, "", "rk_demo_" + mark())) {
        for (var method : List.of("GET", "PUT", "DELETE")) {
          send(run, method, path, new Way(key, "", "", UnaryOperator.identity()), new byte[0]);
        }
      }
    }
  }

  /** Records of the stream that are right, or never can be understood. */
  private void consume(InMemoryRun run) {
    var message =
        "{'type':'track','user_id':@,'anonymous_id':@,'message_id':@,'timestamp':1767225600000,"
            + "'time':1767225600000,'received_at':1767225600000,'body':{'event':@,@:@}}";
    var right = "{'v':1,'website':'demo','messages':[" + message + "]}";
    for (var record :
        List.of(
            right,
            right.replace("1767225600000", "@"),
            right.replace("1767225600000", "1e5"),
            right.replace("'track'", "@"),
            right.replace("'demo'", "@"),
            right.replace("'v':1", "'v':@"),
            right.replace("'message_id':@", "'fingerprint':@"),
            right.replace("'user_id':@", "'user_id':' '"),
            right.substring(0, right.length() - 1),
            "[@]",
            "@")) {
      var data = marked(record, true).replace('\'', '"').getBytes(StandardCharsets.UTF_8);
      var event =
          "{\"Records\":[{\"kinesis\":{\"sequenceNumber\":\"1\",\"approximateArrivalTimestamp\":1.5,\"data\":\"%s\"}}]}"
              .formatted(Base64.getEncoder().encodeToString(data));
      look("the consumer", "" + run.invoke("ConsumerFunction", event));
      calls++;
    }
    for (var function : List.of("ReconcileFunction", "AuditFunction")) {
      look(function, "" + run.invoke(function, "{}"));
      calls++;
    }
  }

  /**
   * How a message is sent.
   *
   * @param key empty for none
   * @param origin empty for none
   * @param encoding as a header says it; empty for none
   * @param spoilt what becomes of a right body, as text
   */
  private record Way(String key, String origin, String encoding, UnaryOperator<String> spoilt) {}

  private List<Way> ways() {
    var server = Demo.SERVER_KEY;
    var page = "http://localhost:3000";
    var ways = new ArrayList<Way>();
    for (UnaryOperator<String> spoilt : spoilts()) {
      ways.add(new Way(server, "", "", spoilt));
      ways.add(new Way("", page, "", spoilt));
    }
    UnaryOperator<String> whole = UnaryOperator.identity();
    ways.add(new Way("", "", "", whole));
    ways.add(new Way(Demo.READ_KEY, "", "", whole));
    ways.add(new Way(mark(), "", "", whole));
    ways.add(new Way("sk_demo_" + mark(), "", "", whole));
    ways.add(new Way("sk_" + mark() + "_x", "", "", whole));
    ways.add(new Way("", "https://" + mark() + ".example", "", whole));
    ways.add(new Way(server, page, "", whole));
    ways.add(new Way(server, "", "gzip", whole));
    ways.add(new Way(server, "", mark(), whole));
    return ways;
  }

  /** One wrong thing after the other; the whole is wrong in many fields anyway. */
  private List<UnaryOperator<String>> spoilts() {
    return List.of(
        body -> body,
        Canary::only,
        body -> only(body).replace("\"e\"", "{" + marked("@:@", true) + "}"),
        body -> only(body).replace("}", "," + marked("'a':[@]", true).replace('\'', '"') + "}"),
        body -> body.substring(0, body.length() - 1),
        body -> body.substring(0, body.length() / 2),
        body -> body + marked("@", true),
        body -> marked("@", false),
        body -> marked("[@]", true),
        body -> body.replace("\"demo\"", marked("@", true)),
        body -> body.replace("\"demo\"", "\"other\""),
        body -> body.replace("{", "{" + marked("@", false) + ":"),
        body -> "{" + "\"a\":{".repeat(20) + marked("@:@", true) + "}".repeat(21),
        body -> "{\"website\":\"demo\",\"a\":\"" + (mark() + " ").repeat(2_000) + "\"}",
        body -> "{\"website\":\"demo\",\"a\":\"" + (mark() + " ").repeat(25_000) + "\"}",
        body -> "{" + marked("@", true) + ":1," + body.substring(1),
        body -> body.replace("demo\"", "demo\",\"x\":\"\\ud800 " + mark() + "\""),
        body -> "{\"website\":\"demo\",\"batch\":[" + only(body) + "," + marked("@", true) + "]}",
        body ->
            "{\"website\":\"demo\",\"batch\":"
                + "[{\"type\":\"track\","
                + body.substring(1)
                + ",{\"type\":\"alias\","
                + body.substring(1)
                + ",{\"type\":\"identify\","
                + body.substring(1)
                + "]}");
  }

  /** What of a message is right. */
  private static String only(String body) {
    var id = body.substring(body.indexOf("c4n4ry"), body.indexOf("c4n4ry") + 22);
    return """
    {"website":"demo","user_id":"%s","anonymous_id":"anon_%s","previous_id":"p%s","event":"e",\
    "group_id":"g%s","type":"track"}\
    """
        .formatted(id, id, id, id);
  }

  private byte[] body(Way way) {
    var whole = "{\"website\":\"demo\"," + marked(FIELDS, true).replace('\'', '"') + "}";
    var text = way.spoilt().apply(whole);
    return way.encoding().equals("gzip") ? half(text) : text.getBytes(StandardCharsets.UTF_8);
  }

  /** Gzip that breaks off. */
  private static byte[] half(String text) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Arrays.copyOf(out.toByteArray(), out.size() / 2);
  }

  private void send(InMemoryRun run, String method, String path, Way way, byte[] body) {
    var request =
        HttpRequest.newBuilder(URI.create(run.address() + marked(path, false)))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
            .header("User-Agent", mark())
            .header("Cookie", mark() + "=" + mark())
            .header("Referer", "https://shop.example/" + mark())
            .header("X-Forwarded-For", mark())
            .header("X-" + mark(), mark());
    header(request, "X-Crowd-Key", way.key());
    header(request, "Origin", way.origin());
    header(request, "Content-Encoding", way.encoding());
    var response = run.send(request.build());
    calls++;
    statuses.merge(response.statusCode(), 1, Integer::sum);
    if (response.statusCode() != 200 && response.statusCode() != 202) {
      look(method + " " + path + " answered " + response.statusCode(), told(response));
    }
  }

  private static void header(HttpRequest.Builder request, String name, String value) {
    if (!value.isEmpty()) {
      request.header(name, value);
    }
  }

  private static String told(HttpResponse<String> response) {
    return response.headers().map() + response.body();
  }

  private void look(String where, String text) {
    var folded = text.toLowerCase(Locale.ROOT);
    if (Stream.of("c4n4ry", hex("c4n4ry")).anyMatch(folded::contains)
        || base64("c4n4ry").stream().anyMatch(text::contains)) {
      int at = Math.max(0, folded.indexOf("c4n4ry"));
      found.add(
          where + ": ..." + text.substring(Math.max(0, at - 80), Math.min(text.length(), at + 80)));
    }
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** What of it stays, wherever in a longer text it begins. */
  private static List<String> base64(String text) {
    var encoded = new ArrayList<String>();
    for (int before = 0; before < 3; before++) {
      var whole = " ".repeat(before) + text;
      var all = Base64.getEncoder().encodeToString(whole.getBytes(StandardCharsets.US_ASCII));
      encoded.add(all.substring(before == 0 ? 0 : before + 1, all.replace("=", "").length() - 1));
    }
    return encoded;
  }
}
