package crowd.functions.http;

import crowd.core.fingerprint.Connection;
import crowd.core.json.Json;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A call in payload format 2.0, as far as the functions look at it.
 *
 * @param route the path as in template.yaml, without the method: {@code /users/{id}}
 * @param headers by name in lower case; several of one name are joined by a comma
 * @param query decoded
 * @param path the parameters of the route, decoded
 * @param body as it stands in the payload; empty for none
 * @param base64 whether the body is bytes in Base64
 * @param connection as the gateway saw it: no header can say another address
 */
public record HttpRequest(
    String method,
    String route,
    Map<String, String> headers,
    Map<String, String> query,
    Map<String, String> path,
    String body,
    boolean base64,
    Connection connection) {

  public HttpRequest {
    headers = Map.copyOf(headers);
    query = Map.copyOf(query);
    path = Map.copyOf(path);
  }

  static HttpRequest of(Json.Obj payload) {
    var http = payload.object("requestContext").flatMap(context -> context.object("http"));
    return new HttpRequest(
        http.flatMap(h -> h.text("method")).orElse(""),
        route(payload.text("routeKey").orElse("")),
        texts(payload, "headers", true),
        texts(payload, "queryStringParameters", false),
        texts(payload, "pathParameters", false),
        payload.text("body").orElse(""),
        payload.get("isBase64Encoded").orElse(Json.Null.VALUE).equals(new Json.Bool(true)),
        new Connection(
            http.flatMap(h -> h.text("sourceIp")).orElse(""),
            http.flatMap(h -> h.text("userAgent")).orElse("")));
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** {@code ANY /users/} is {@code /users}: a trailing slash is the same route. */
  private static String route(String routeKey) {
    var path = routeKey.substring(routeKey.indexOf(' ') + 1);
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static Map<String, String> texts(Json.Obj payload, String name, boolean lowerCase) {
    var texts = new HashMap<String, String>();
    payload
        .object(name)
        .orElse(Json.Obj.EMPTY)
        .fields()
        .forEach((key, value) -> {
          if (value instanceof Json.Text(var text)) {
            texts.merge(
                lowerCase ? key.toLowerCase(Locale.ROOT) : key, text, (a, b) -> a + "," + b);
          }
        });
    return texts;
  }
}
