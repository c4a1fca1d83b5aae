package crowd.local.surface;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.json.JsonText;
import crowd.local.dev.Demo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A client of the API in few words, for one website. Times are seconds after {@link #START}. */
public final class Api {

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String address;
  private final String serverKey;
  private final String readKey;
  private final Witness witness;
  private int messages;

  /** Of the demo website. */
  Api(int port, Witness witness) {
    this("http://127.0.0.1:" + port, Demo.SERVER_KEY, Demo.READ_KEY, witness);
  }

  private Api(String address, String serverKey, String readKey, Witness witness) {
    this.address = address;
    this.serverKey = serverKey;
    this.readKey = readKey;
    this.witness = witness;
  }

  /** The API as another website sees it. */
  Api of(String otherServerKey) {
    return new Api(address, otherServerKey, otherServerKey, witness);
  }

  /** Where it is, without a slash at the end. */
  String address() {
    return address;
  }

  /** An answer; its body as JSON with single quotes for double ones. */
  public record Answer(int status, Map<String, List<String>> headers, Json body) {

    public static Answer of(HttpResponse<byte[]> response) {
      return new Answer(
          response.statusCode(),
          response.headers().map(),
          response.body().length == 0
              ? Json.Null.VALUE
              : JsonReader.readOwn(new String(response.body(), StandardCharsets.UTF_8)));
    }

    Optional<String> text(String field) {
      return body instanceof Json.Obj object ? object.text(field) : Optional.empty();
    }

    public String outcome() {
      return text("outcome").orElse("none in " + this);
    }

    public Optional<String> header(String name) {
      return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The texts of a field of each object in an array. */
    public List<String> each(String array, String field) {
      var found = new ArrayList<String>();
      if (body instanceof Json.Obj object
          && object.get(array).orElse(Json.Null.VALUE) instanceof Json.Arr(var values)) {
        for (var value : values) {
          found.add(
              value instanceof Json.Obj one
                  ? one.get(field)
                      .map(
                          json -> json instanceof Json.Text(var text) ? text : JsonText.write(json))
                      .orElse("")
                  : "");
        }
      }
      return found;
    }

    String json(String field) {
      return body instanceof Json.Obj object
          ? object.get(field).map(JsonText::write).orElse("").replace('"', '\'')
          : "";
    }
  }

  public static Instant at(double second) {
    return START.plusMillis((long) (second * 1000));
  }

  static String quoted(String singleQuoted) {
    return singleQuoted.replace('\'', '"');
  }

  Answer send(String method, String path, Map<String, String> headers, byte[] body) {
    var request =
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(Duration.ofSeconds(60))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    try {
      var answer = Answer.of(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
      witness.saw(method, path, headers, body, answer);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  Answer post(String path, Map<String, String> headers, String body) {
    return send("POST", path, headers, quoted(body).getBytes(StandardCharsets.UTF_8));
  }

  /** With the website's server key. */
  Answer post(String path, String body) {
    return post(path, Map.of("X-Crowd-Key", serverKey), body);
  }

  public Answer get(String path) {
    return send("GET", path, Map.of("X-Crowd-Key", readKey), new byte[0]);
  }

  /** A message for the demo website; {@code fields} as in the API, without braces. */
  public Answer message(String route, String fields) {
    return post(route, "{'website':'demo'," + fields + "}");
  }

  private String ids(String user, String anonymousId, double second) {
    var fields = new LinkedHashMap<String, String>();
    if (!user.isEmpty()) {
      fields.put("user_id", user);
    }
    if (!anonymousId.isEmpty()) {
      fields.put("anonymous_id", anonymousId);
    }
    fields.put("timestamp", at(second).toString());
    var json = new StringBuilder();
    fields.forEach((name, value) -> json.append("'%s':'%s',".formatted(name, value)));
    return json.toString();
  }

  /** Identify, with a message id of its own. */
  Answer identify(String user, String anonymousId, double second) {
    return identify(user, anonymousId, second, "{}");
  }

  Answer identify(String user, String anonymousId, double second, String traits) {
    return message(
        "/identify",
        ids(user, anonymousId, second)
            + "'message_id':'identify-%s-%d','traits':%s".formatted(user, ++messages, traits));
  }

  /** An event whose name is its message id. */
  Answer track(String user, String anonymousId, String event, double second) {
    var answer =
        message(
            "/track",
            ids(user, anonymousId, second)
                + "'message_id':'%s','event':'%s'".formatted(event, event));
    if (answer.status() != 200) {
      throw new IllegalStateException("" + answer);
    }
    return answer;
  }

  /** The new anonymous id. */
  String reset(String anonymousId, double second) {
    return message(
            "/reset", ids("", anonymousId, second) + "'message_id':'reset-" + ++messages + "'")
        .text("anonymous_id")
        .orElseThrow();
  }

  /** Server: {@code previous} is the same person as the user. */
  Answer alias(String previous, String user, double second) {
    return message("/alias", alias(previous, user, second, "alias-" + ++messages));
  }

  /** The fields of an alias. */
  public static String alias(String previous, String user, double second, String messageId) {
    return "'previous_id':'%s','user_id':'%s','timestamp':'%s','message_id':'%s'"
        .formatted(previous, user, at(second), messageId);
  }

  /** Server: takes back an anonymous id ({@code anonymous_id}) or a user ({@code previous_id}). */
  Answer unlink(String user, String field, String id) {
    return unlink(user, field, id, "unlink-" + ++messages);
  }

  public Answer unlink(String user, String field, String id, String messageId) {
    return message(
        "/users/" + encoded(user) + "/unlink",
        "'%s':'%s','message_id':'%s'".formatted(field, id, messageId));
  }

  public Answer erase(String user) {
    var headers = Map.of("X-Crowd-Key", Demo.SERVER_KEY);
    return send("DELETE", "/users/" + encoded(user), headers, new byte[0]);
  }

  /** Of a user or, where that is empty, of an anonymous id. */
  Answer group(String user, String anonymousId, String group, String traits, double second) {
    return message(
        "/batch",
        "'batch':[{'type':'group',%s'group_id':'%s','traits':%s,'message_id':'group-%d'}]"
            .formatted(ids(user, anonymousId, second), group, traits, ++messages));
  }

  static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  public Answer user(String id) {
    return get("/users/" + encoded(id));
  }

  /** Of all that a user did, oldest first. */
  public List<String> messageIds(String id) {
    var all = new ArrayList<String>();
    eachPage(id, page -> all.addAll(page.each("events", "message_id")));
    return all;
  }

  private void eachPage(String id, Consumer<Answer> action) {
    var path = "/users/" + encoded(id) + "/events?limit=100&order=asc";
    var cursor = Optional.<String>empty();
    do {
      var page = get(path + cursor.map(next -> "&cursor=" + next).orElse(""));
      action.accept(page);
      cursor = page.text("next_cursor");
    } while (cursor.isPresent());
  }

  /** What a user did, oldest first: names of events, other types in brackets. */
  List<String> timeline(String id) {
    var all = new ArrayList<String>();
    eachPage(
        id,
        page -> {
          var types = page.each("events", "type");
          var names = page.each("events", "event");
          for (int i = 0; i < types.size(); i++) {
            all.add(names.get(i).isEmpty() ? "[" + types.get(i) + "]" : names.get(i));
          }
        });
    return all;
  }

  public List<String> identities(String id) {
    return user(id).each("identities", "anonymous_id").stream().sorted().toList();
  }

  /** Every id that the person has, in order. */
  List<String> allIds(String id) {
    var person = user(id);
    var ids = new TreeSet<>(person.each("identities", "anonymous_id"));
    ids.addAll(person.each("aliases", "user_id"));
    person.text("user_id").ifPresent(ids::add);
    return List.copyOf(ids);
  }

  public String traits(String id) {
    return user(id).json("traits");
  }
}
