package crowd.local.dev;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.local.console.Console;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What functions in processes of their own print: the console shows their log as that of functions
 * in this process, their metrics not at all, and the rest as it is.
 */
final class PrintedLines implements Consumer<String> {

  private static final int MAX_DEPTH = 8;

  private final Console console;

  PrintedLines(Console console) {
    this.console = console;
  }

  @Override
  public void accept(String line) {
    if (JsonReader.read(line.getBytes(StandardCharsets.UTF_8), MAX_DEPTH)
            instanceof JsonReader.Outcome.Read(Json.Obj fields)
        && fields.text("function").isPresent()) {
      if (fields.get("_aws").isEmpty()) {
        console.line(map(fields));
      }
    } else if (!line.isBlank()) {
      console.say(line);
    }
  }

  private static Map<String, Object> map(Json.Obj fields) {
    var plain = new LinkedHashMap<String, Object>();
    fields.fields().forEach((name, value) -> plain.put(name, plain(value)));
    return plain;
  }

  private static Object plain(Json value) {
    return switch (value) {
      case Json.Text(var text) -> text;
      case Json.Num(var literal) -> new BigDecimal(literal);
      case Json.Bool(var truth) -> truth;
      case Json.Arr(var values) -> values.stream().map(PrintedLines::plain).toList();
      case Json.Obj fields -> map(fields);
      case Json.Null _ -> "";
    };
  }
}
