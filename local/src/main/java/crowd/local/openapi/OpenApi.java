package crowd.local.openapi;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.functions.pages.PagesHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The document as it is served.
 *
 * @param json all of it
 * @param paths the items of all paths, by path
 */
record OpenApi(Json.Obj json, Map<String, Json.Obj> paths) {

  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  OpenApi {
    paths = Collections.unmodifiableMap(new TreeMap<>(paths));
  }

  private OpenApi(Json.Obj json) {
    this(json, items(json));
  }

  static OpenApi read() {
    try (var file = PagesHandler.class.getResourceAsStream("openapi.json")) {
      return new OpenApi(
          JsonReader.readOwnObject(new String(file.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Json.Obj> items(Json.Obj json) {
    var paths = new TreeMap<String, Json.Obj>();
    json.object("paths")
        .orElseThrow()
        .fields()
        .forEach((path, item) -> paths.put(path, object(item)));
    return paths;
  }

  Json.Obj item(String path) {
    return Optional.ofNullable(paths().get(path)).orElseThrow();
  }

  /** The operations of a path, by method in upper case. */
  static Map<String, Json.Obj> operations(Json.Obj item) {
    var operations = new TreeMap<String, Json.Obj>();
    for (var method : METHODS) {
      item.object(method)
          .ifPresent(found -> operations.put(method.toUpperCase(Locale.ROOT), found));
    }
    return operations;
  }

  /** The path that a request of this path goes to: a fixed part is before a variable one. */
  Optional<String> template(String path) {
    var sent = parts(path);
    return paths().keySet().stream()
        .filter(template -> matches(parts(template), sent))
        .min((a, b) -> Integer.compare(variables(a), variables(b)));
  }

  private static List<String> parts(String path) {
    var trimmed =
        path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return List.of(trimmed.split("/", -1));
  }

  private static boolean matches(List<String> template, List<String> sent) {
    if (template.size() != sent.size()) {
      return false;
    }
    for (int i = 0; i < sent.size(); i++) {
      boolean fits =
          template.get(i).startsWith("{")
              ? !sent.get(i).isEmpty()
              : template.get(i).equals(sent.get(i));
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static int variables(String template) {
    return (int) template.chars().filter(c -> c == '{').count();
  }

  /** What a path's variable parts are in a request, as they were sent. */
  static Map<String, String> variables(String template, String path) {
    var names = parts(template);
    var values = parts(path);
    var variables = new TreeMap<String, String>();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).startsWith("{")) {
        variables.put(names.get(i).substring(1, names.get(i).length() - 1), values.get(i));
      }
    }
    return variables;
  }

  /** What stands under a pointer such as {@code #/components/schemas/Id}. */
  Optional<Json> at(String pointer) {
    Json here = json;
    for (var part : pointer.substring("#/".length()).split("/", -1)) {
      if (!(here instanceof Json.Obj object) || object.get(part).isEmpty()) {
        return Optional.empty();
      }
      here = object.get(part).get();
    }
    return Optional.of(here);
  }

  /** The value itself, or what it refers to. */
  Json.Obj resolved(Json value) {
    var object = object(value);
    return object.text("$ref").map(pointer -> object(at(pointer).orElseThrow())).orElse(object);
  }

  Json.Obj component(String kind, String name) {
    return object(at("#/components/" + kind + "/" + name).orElseThrow());
  }

  /** The parameters of an operation and of its path. */
  List<Json.Obj> parameters(Json.Obj item, Json.Obj operation) {
    var all = new ArrayList<Json.Obj>();
    for (var of : List.of(item, operation)) {
      if (of.get("parameters").orElse(Json.Null.VALUE) instanceof Json.Arr(var values)) {
        values.forEach(value -> all.add(resolved(value)));
      }
    }
    return all;
  }

  /** The name of the schema that a media type, a parameter or a header refers to. */
  static String schema(Json.Obj holder) {
    var pointer = holder.object("schema").flatMap(schema -> schema.text("$ref"));
    return pointer
        .map(text -> text.substring("#/components/schemas/".length()))
        .orElseThrow(() -> new AssertionError("its schema has no name: " + holder));
  }

  static Json.Obj object(Json value) {
    if (value instanceof Json.Obj object) {
      return object;
    }
    throw new AssertionError("no object: " + value);
  }

  static Set<String> names(Json.Obj json) {
    return new TreeSet<>(json.fields().keySet());
  }
}
