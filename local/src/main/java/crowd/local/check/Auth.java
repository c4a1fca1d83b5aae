package crowd.local.check;

import crowd.core.identity.WebsiteId;
import crowd.core.verify.VerificationMode;
import crowd.core.website.KeyRole;
import crowd.core.website.VerificationAdmin;
import crowd.core.website.Website;
import crowd.core.website.Websites;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Every route for every kind of caller, on websites in every state: answered with the status that a
 * table of its own says, and nothing written where that is a refusal. Size: times through it all.
 */
final class Auth implements Check {

  private static final WebsiteId SHOP = new WebsiteId("shop");
  private static final WebsiteId OTHER = new WebsiteId("other");
  private static final String ORIGIN = "https://shop.example";
  private static final String OTHER_ORIGIN = "https://other.example";

  /** Of the website that a call is about, or what the call says of it. */
  private enum State {
    OPEN("shop"),
    ENFORCING("shop"),
    WITHOUT_ORIGINS("shop"),
    NAMING_ANOTHER("other"),
    NAMING_NONE("ghost");

    /** What stands in the body. */
    private final String named;

    State(String named) {
      this.named = named;
    }
  }

  /**
   * Status by caller and kind of route, {@code ok} for success: identify with an anonymous id,
   * other messages, identify without an anonymous id, what only servers may do, erase, the list of
   * users, one of them; identify and other messages of other products' clients, what those ask for
   * first; what is for everybody.
   */
  private static final String TABLE =
      """
      caller              |ident send bare serve erase list look v1-id v1  ask open
      nobody              |401   401  401  401   401   401  401  401   401 404 ok
      server              |ok    ok   ok   ok    ok    ok   ok   ok    ok  ok  ok
      second server       |ok    ok   ok   ok    ok    ok   ok   ok    ok  ok  ok
      read                |403   403  403  403   403   ok   ok   403   403 404 ok
      revoked             |401   401  401  401   401   401  401  401   401 404 ok
      revoked read        |401   401  401  401   401   401  401  401   401 404 ok
      malformed           |401   401  401  401   401   401  401  401   401 404 ok
      blank               |401   401  401  401   401   401  401  401   401 404 ok
      unknown             |401   401  401  401   401   401  401  401   401 404 ok
      wrong end           |401   401  401  401   401   401  401  401   401 404 ok
      wrong middle        |401   401  401  401   401   401  401  401   401 404 ok
      wrong role          |401   401  401  401   401   401  401  401   401 404 ok
      in capitals         |401   401  401  401   401   401  401  401   401 404 ok
      of no website       |401   401  401  401   401   401  401  401   401 404 ok
      twice               |401   401  401  401   401   401  401  401   401 404 ok
      with a comma        |401   401  401  401   401   401  401  401   401 404 ok
      with a tail         |401   401  401  401   401   401  401  401   401 404 ok
      another's           |403   403  403  403   ok    ok   ok   403   403 ok  ok
      another's read      |403   403  403  403   403   ok   ok   403   403 404 ok
      page                |ok    ok   403  403   403   403  403  ok    ok  ok  ok
      page of another     |401   401  401  403   403   403  403  401   401 ok  ok
      page of nowhere     |401   401  401  403   403   403  403  401   401 ok  ok
      page of a subdomain |401   401  401  403   403   403  403  401   401 ok  ok
      page of a port      |401   401  401  403   403   403  403  401   401 ok  ok
      page without TLS    |401   401  401  403   403   403  403  401   401 ok  ok
      server in a page    |403   403  403  403   403   403  403  ok    ok  ok  ok
      read in a page      |403   403  403  403   403   ok   ok   403   403 404 ok
      revoked in a page   |401   401  401  401   401   401  401  401   401 404 ok
      """;

  /** The lines that are others in this state. */
  private static String others(State state) {
    return switch (state) {
      case OPEN -> "";
      // What is anonymous is still taken from a page.
      case ENFORCING ->
          """
          page                |403   ok   403  403   403   403  403  403   ok  ok  ok
          """;
      case WITHOUT_ORIGINS ->
          """
          page                |401   401  401  403   403   403  403  401   401 ok  ok
          """;
      case NAMING_ANOTHER ->
          """
          server              |403   403  403  403   ok    ok   ok   403   403 ok  ok
          second server       |403   403  403  403   ok    ok   ok   403   403 ok  ok
          another's           |ok    ok   ok   ok    ok    ok   ok   ok    ok  ok  ok
          page                |401   401  401  403   403   403  403  403   403 ok  ok
          page of another     |ok    ok   403  403   403   403  403  401   401 ok  ok
          server in a page    |403   403  403  403   403   403  403  403   403 ok  ok
          """;
      case NAMING_NONE ->
          """
          server              |404   404  404  404   ok    ok   ok   403   403 ok  ok
          second server       |404   404  404  404   ok    ok   ok   403   403 ok  ok
          read                |404   404  404  404   403   ok   ok   403   403 404 ok
          another's           |404   404  404  404   ok    ok   ok   403   403 ok  ok
          another's read      |404   404  404  404   403   ok   ok   403   403 404 ok
          page                |404   404  404  403   403   403  403  403   403 ok  ok
          page of another     |404   404  404  403   403   403  403  401   401 ok  ok
          page of nowhere     |404   404  404  403   403   403  403  401   401 ok  ok
          page of a subdomain |404   404  404  403   403   403  403  401   401 ok  ok
          page of a port      |404   404  404  403   403   403  403  401   401 ok  ok
          page without TLS    |404   404  404  403   403   403  403  401   401 ok  ok
          server in a page    |403   403  403  403   403   403  403  403   403 ok  ok
          read in a page      |404   404  404  404   403   ok   ok   403   403 404 ok
          """;
    };
  }

  /**
   * Who calls.
   *
   * @param key empty for none
   * @param origin empty for none
   */
  private record Caller(Optional<String> key, Optional<String> origin) {}

  /**
   * What is called.
   *
   * @param column of the table
   * @param path {@code KEY} in it stands for the caller's key
   * @param body in single quotes, to follow the website; empty for none
   */
  private record Route(String column, String method, String path, String body) {

    static Route post(String column, String path, String body) {
      return new Route(column, "POST", path, body);
    }

    static Route get(String column, String path) {
      return new Route(column, "GET", path, "");
    }

    boolean isOfOtherClients() {
      return column.startsWith("v1");
    }
  }

  private static final List<Route> ROUTES =
      List.of(
          Route.post("ident", "/identify", "'user_id':'u','anonymous_id':'a'"),
          Route.post("ident", "/identify/", "'userId':'u','anonymousId':'a'"),
          Route.post("send", "/track", "'anonymous_id':'a','user_id':'u','event':'e'"),
          Route.post("send", "/reset", "'anonymous_id':'b'"),
          Route.post(
              "send",
              "/batch",
              "'batch':[{'type':'track','user_id':'u','anonymous_id':'a','event':'e'}]"),
          Route.post("bare", "/identify", "'user_id':'u'"),
          Route.post("serve", "/alias", "'user_id':'u','previous_id':'p'"),
          Route.post("serve", "/users/u/unlink", "'anonymous_id':'x'"),
          new Route("erase", "DELETE", "/users/gone", ""),
          Route.get("list", "/users"),
          Route.get("list", "/users?query=u"),
          Route.get("look", "/users/u"),
          Route.get("look", "/users/@?id=u"),
          Route.get("look", "/users/u/events"),
          Route.post("v1-id", "/v1/identify", "'userId':'u','anonymousId':'a'"),
          Route.post("v1-id", "/v1/i", "'userId':'u','anonymousId':'a'"),
          Route.post("v1", "/v1/track", "'userId':'u','anonymousId':'a','event':'e'"),
          Route.post("v1", "/v1/group", "'userId':'u','anonymousId':'a','groupId':'g'"),
          Route.post("v1", "/v1/batch", "'batch':[{'type':'page','anonymousId':'a'}]"),
          Route.post("v1", "/v1/import", "'batch':[{'type':'page','anonymousId':'a'}]"),
          Route.post("v1", "/beacon/v1/batch", "'batch':[{'type':'page','anonymousId':'a'}]"),
          Route.post("v1", "/api/s/track", "'anonymousId':'a','event':'e'"),
          Route.post("v1", "/api/s/s2s/track", "'anonymousId':'a','event':'e'"),
          Route.get("ask", "/v1/projects/KEY/settings"),
          Route.get("ask", "/sourceConfig?writeKey=KEY"),
          Route.get("open", "/health"),
          Route.get("open", "/openapi.json"),
          Route.post("open", "/v1/m", "'series':[]"));

  private final List<String> wrong = new ArrayList<>();
  private long cells;
  private long refused;

  @Override
  public String name() {
    return "auth";
  }

  @Override
  public String about() {
    return "every route, caller and state of a website: another status than the table says";
  }

  @Override
  public long ciSize() {
    return 1;
  }

  @Override
  public Figure run(long size) {
    for (long i = 0; i < size; i++) {
      for (var state : State.values()) {
        try (var run = InMemoryRun.start()) {
          check(run, state);
        }
      }
    }
    System.err.printf("auth: %d cells, %d of them refusals%n", cells, refused);
    wrong.stream().limit(50).forEach(line -> System.err.println("auth: " + line));
    return new Figure(wrong.size() + "/" + cells, "wrong-cells", wrong.isEmpty() && refused > 0);
  }

  private void check(InMemoryRun run, State state) {
    var callers = callers(run);
    if (state == State.ENFORCING) {
      var verification = new VerificationAdmin(run.websites());
      verification.createSecret(SHOP);
      verification.turn(SHOP, VerificationMode.ENFORCE);
    }
    if (state == State.WITHOUT_ORIGINS) {
      run.websites().put(Website.starting(SHOP, Set.of()));
    }
    run.pass(Websites.MAX_AGE);
    var expected = rows(TABLE);
    if (!callers.keySet().equals(expected.keySet())) {
      throw new IllegalStateException("callers without a line, or lines without a caller");
    }
    expected.putAll(rows(others(state)));
    callers.forEach((name, caller) -> {
      for (var route : ROUTES) {
        var status = Objects.requireNonNull(expected.get(name)).get(route.column());
        check(run, state, name, caller, route, Objects.requireNonNull(status));
      }
    });
  }

  /** Two websites, their keys, somebody whom both know; and whoever may call. */
  private static Map<String, Caller> callers(InMemoryRun run) {
    var admin = run.websites();
    admin.add(Website.starting(SHOP, Set.of(ORIGIN)));
    admin.add(Website.starting(OTHER, Set.of(OTHER_ORIGIN)));
    var server = key(run, SHOP, KeyRole.SERVER);
    var read = key(run, SHOP, KeyRole.READ);
    var other = key(run, OTHER, KeyRole.SERVER);
    var revoked = key(run, SHOP, KeyRole.SERVER);
    var revokedRead = key(run, SHOP, KeyRole.READ);
    admin.keys(SHOP).stream()
        .filter(key ->
            revoked.contains(key.id().substring(3)) || revokedRead.contains(key.id().substring(3)))
        .forEach(key -> admin.revokeKey(SHOP, key.id()));
    identify(run, server, "shop", "u");
    identify(run, other, "other", "u");
    var callers = new LinkedHashMap<String, Caller>();
    callers.put("nobody", caller("", ""));
    callers.put("server", caller(server, ""));
    callers.put("second server", caller(key(run, SHOP, KeyRole.SERVER), ""));
    callers.put("read", caller(read, ""));
    callers.put("revoked", caller(revoked, ""));
    callers.put("revoked read", caller(revokedRead, ""));
    callers.put("malformed", caller("secret", ""));
    callers.put("blank", new Caller(Optional.of(" "), Optional.empty()));
    callers.put("unknown", caller("sk_shop_" + "A".repeat(40), ""));
    callers.put("wrong end", caller(changed(server, server.length() - 1), ""));
    callers.put("wrong middle", caller(changed(server, server.length() - 20), ""));
    callers.put("wrong role", caller("rk" + server.substring(2), ""));
    callers.put("in capitals", caller("SK" + server.substring(2), ""));
    callers.put("of no website", caller(server.replace("shop", "ghost"), ""));
    callers.put("twice", caller(server + "," + server, ""));
    callers.put("with a comma", caller(server + ",", ""));
    callers.put("with a tail", caller(server + "x", ""));
    callers.put("another's", caller(other, ""));
    callers.put("another's read", caller(key(run, OTHER, KeyRole.READ), ""));
    callers.put("page", caller("", ORIGIN));
    callers.put("page of another", caller("", OTHER_ORIGIN));
    callers.put("page of nowhere", caller("", "null"));
    callers.put("page of a subdomain", caller("", "https://evil.shop.example"));
    callers.put("page of a port", caller("", ORIGIN + ":8443"));
    callers.put("page without TLS", caller("", "http://shop.example"));
    callers.put("server in a page", caller(server, ORIGIN));
    callers.put("read in a page", caller(read, ORIGIN));
    callers.put("revoked in a page", caller(revoked, ORIGIN));
    return callers;
  }

  private static String key(InMemoryRun run, WebsiteId website, KeyRole role) {
    return run.websites().createKey(website, role).orElseThrow().reveal();
  }

  private static String changed(String key, int at) {
    char other = key.charAt(at) == 'a' ? 'b' : 'a';
    return key.substring(0, at) + other + key.substring(at + 1);
  }

  private static Caller caller(String key, String origin) {
    return new Caller(
        key.isEmpty() ? Optional.empty() : Optional.of(key),
        origin.isEmpty() ? Optional.empty() : Optional.of(origin));
  }

  private static void identify(InMemoryRun run, String key, String website, String user) {
    var request =
        HttpRequest.newBuilder(URI.create(run.address() + "/identify"))
            .header("X-Crowd-Key", key)
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"website\":\"%s\",\"user_id\":\"%s\"}".formatted(website, user)));
    int status = run.send(request.build()).statusCode();
    if (status != 200) {
      throw new IllegalStateException("a user could not be made: " + status);
    }
  }

  /** Lines by the caller's name, each by the names of the columns. */
  private static Map<String, Map<String, String>> rows(String table) {
    var columns = cells(TABLE.lines().findFirst().orElseThrow());
    var rows = new LinkedHashMap<String, Map<String, String>>();
    for (var line : table.lines().toList()) {
      var row = new LinkedHashMap<String, String>();
      var cells = cells(line);
      for (int i = 0; i < columns.size(); i++) {
        row.put(columns.get(i), cells.get(i));
      }
      rows.put(line.substring(0, line.indexOf('|')).strip(), row);
    }
    rows.remove("caller");
    return rows;
  }

  private static List<String> cells(String line) {
    return List.of(line.substring(line.indexOf('|') + 1).strip().split(" +"));
  }

  private void check(
      InMemoryRun run, State state, String name, Caller caller, Route route, String expected) {
    if (route.column().equals("erase") && expected.equals("ok")) {
      // He can be erased once.
      boolean isOfOther = caller.key().orElseThrow().contains("_other_");
      identify(run, caller.key().orElseThrow(), isOfOther ? "other" : "shop", "gone");
    }
    long writes = run.writes();
    var response = run.send(request(run, state, caller, route));
    cells++;
    int status = response.statusCode();
    var answered = status == 200 || status == 202 ? "ok" : "" + status;
    var cell = route.method() + " " + route.path() + " by " + name + " in " + state;
    if (!answered.equals(expected)) {
      wrong.add(cell + " is " + answered + " in place of " + expected + ": " + response.body());
    }
    if (!answered.equals("ok")) {
      refused++;
      checkRefusal(run, cell, response, writes);
    }
  }

  private void checkRefusal(
      InMemoryRun run, String cell, HttpResponse<String> response, long writes) {
    // Of an unproved identify the anonymous event is kept: the one exception.
    if (run.writes() != writes && !ProblemAnswer.code(response).equals("unverified")) {
      wrong.add(cell + " is refused, and something was written");
    }
    // The settings of no key have no route.
    if (!response.body().contains("Not Found")) {
      ProblemAnswer.complaint(response).ifPresent(complaint -> wrong.add(cell + ": " + complaint));
    }
  }

  private static HttpRequest request(InMemoryRun run, State state, Caller caller, Route route) {
    var writeKey = caller.key().orElse(caller.origin().isPresent() ? SHOP.value() : "");
    var path =
        route
            .path()
            .replace(
                "KEY", URLEncoder.encode(writeKey, StandardCharsets.UTF_8).replace("+", "%20"));
    var request = HttpRequest.newBuilder(URI.create(run.address() + path));
    caller.origin().ifPresent(origin -> request.header("Origin", origin));
    if (route.isOfOtherClients()) {
      if (!writeKey.isEmpty()) {
        request.header("Authorization", "Basic " + base64(writeKey + ":"));
      }
    } else {
      caller.key().ifPresent(key -> request.header("X-Crowd-Key", key));
    }
    var body =
        route.body().isEmpty() ? "" : "{'website':'" + state.named + "'," + route.body() + "}";
    return request
        .method(route.method(), HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
        .build();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
