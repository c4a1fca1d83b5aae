package crowd.functions;

import crowd.core.json.Json;
import crowd.core.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A call as the gateway hands it over: payload format 2.0. */
public record Call(
    String method,
    String route,
    Map<String, String> headers,
    Map<String, String> query,
    Map<String, String> path,
    String body,
    boolean base64) {

  public static Call post(String route, String body) {
    return new Call("POST", route, Map.of(), Map.of(), Map.of(), body, false);
  }

  public static Call get(String route) {
    return new Call("GET", route, Map.of(), Map.of(), Map.of(), "", false);
  }

  public Call method(String other) {
    return new Call(other, route, headers, query, path, body, base64);
  }

  public Call header(String name, String value) {
    return new Call(method, route, and(headers, name, value), query, path, body, base64);
  }

  public Call serverKey() {
    return header("x-crowd-key", World.SERVER_KEY);
  }

  public Call readKey() {
    return header("x-crowd-key", World.READ_KEY);
  }

  public Call page() {
    return header("origin", World.ORIGIN);
  }

  public Call query(String name, String value) {
    return new Call(method, route, headers, and(query, name, value), path, body, base64);
  }

  public Call path(String name, String value) {
    return new Call(method, route, headers, query, and(path, name, value), body, base64);
  }

  public Call bytes(byte[] bytes) {
    return new Call(
        method, route, headers, query, path, Base64.getEncoder().encodeToString(bytes), true);
  }

  /** As bytes of JSON. */
  public byte[] payload() {
    var http = Json.Obj.EMPTY.with("method", new Json.Text(method));
    var payload =
        Json.Obj.EMPTY
            .with("version", new Json.Text("2.0"))
            .with("routeKey", new Json.Text("ANY " + route))
            .with("headers", texts(headers))
            .with("queryStringParameters", texts(query))
            .with("pathParameters", texts(path))
            .with("requestContext", Json.Obj.EMPTY.with("http", http))
            .with("body", new Json.Text(body))
            .with("isBase64Encoded", new Json.Bool(base64));
    return JsonText.write(payload).getBytes(StandardCharsets.UTF_8);
  }

  private static Json.Obj texts(Map<String, String> texts) {
    var json = new LinkedHashMap<String, Json>();
    texts.forEach((name, value) -> json.put(name, new Json.Text(value)));
    return new Json.Obj(json);
  }

  private static Map<String, String> and(Map<String, String> all, String name, String value) {
    var more = new LinkedHashMap<>(all);
    more.put(name, value);
    return more;
  }
}
