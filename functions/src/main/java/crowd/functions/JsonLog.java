package crowd.functions;

import crowd.core.json.Json;
import crowd.functions.http.Log;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One JSON object a line. */
final class JsonLog implements Log {

  private final PrintStream out;

  JsonLog(PrintStream out) {
    this.out = out;
  }

  @Override
  public void line(Map<String, Object> fields) {
    Lines.print(out, json(fields));
  }

  private static Json json(Object value) {
    return switch (value) {
      case String text -> new Json.Text(text);
      case Number number -> new Json.Num(number.toString());
      case Boolean truth -> new Json.Bool(truth);
      case List<?> values -> new Json.Arr(values.stream().map(JsonLog::json).toList());
      case Map<?, ?> fields -> {
        var json = new LinkedHashMap<String, Json>();
        fields.forEach((name, field) -> json.put(String.valueOf(name), json(field)));
        yield new Json.Obj(json);
      }
      default -> throw new IllegalArgumentException("not for a log: " + value.getClass());
    };
  }
}
