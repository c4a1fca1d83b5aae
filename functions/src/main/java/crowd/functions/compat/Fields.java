package crowd.functions.compat;

import crowd.core.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** How the fields of a foreign message are read and moved about. */
final class Fields {

  private Fields() {}

  /** The field of the first of these names that has a value. */
  static Optional<Json> first(Json.Obj json, List<String> names) {
    return names.stream().flatMap(name -> json.get(name).stream()).findFirst();
  }

  static Json.Obj without(Json.Obj json, List<String> names) {
    var rest = new LinkedHashMap<>(json.fields());
    names.forEach(rest::remove);
    return new Json.Obj(rest);
  }

  /** Both, where a field of the message's own counts before the other's. */
  static Json.Obj under(Json.Obj own, Json.Obj other) {
    var all = new LinkedHashMap<>(other.fields());
    all.putAll(own.fields());
    return new Json.Obj(all);
  }
}
