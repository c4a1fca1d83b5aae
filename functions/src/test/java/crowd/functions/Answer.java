package crowd.functions;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a function answered, read as the gateway reads it. */
public record Answer(int status, Map<String, String> headers, Json.Obj body) {

  static Answer of(String payload) {
    var json = JsonReader.readOwnObject(payload);
    var headers = new LinkedHashMap<String, String>();
    json.object("headers")
        .orElseThrow()
        .fields()
        .forEach((name, value) -> headers.put(name, ((Json.Text) value).value()));
    return new Answer(
        Integer.parseInt(((Json.Num) json.get("statusCode").orElseThrow()).literal()),
        headers,
        JsonReader.readOwnObject(json.text("body").orElseThrow()));
  }

  /** Of a problem, its code; else {@code ok}. */
  public String code() {
    return status == 200 ? "ok" : body.text("code").orElseThrow();
  }

  /** The status and the code: {@code 401 unauthorized}. */
  public String summary() {
    return status + " " + code();
  }

  public String text(String name) {
    return body.text(name).orElseThrow();
  }

  public List<Json.Obj> objects(String name) {
    return objects(body, name);
  }

  public static List<Json.Obj> objects(Json.Obj json, String name) {
    var objects = new ArrayList<Json.Obj>();
    for (var value : ((Json.Arr) json.get(name).orElseThrow()).values()) {
      objects.add((Json.Obj) value);
    }
    return objects;
  }

  /** The fields that are wrong, and how: {@code user_id missing}. */
  public List<String> errors() {
    return errors(body);
  }

  public static List<String> errors(Json.Obj problem) {
    return objects(problem, "errors").stream()
        .map(error -> error.text("field").orElseThrow() + " " + error.text("code").orElseThrow())
        .toList();
  }
}
