package crowd.core.json;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * Writes JSON in one canonical form, never longer than the text it was read from: names in the
 * order of their UTF-16 units, no white space, numbers as they were sent.
 */
public final class JsonText {

  /** Of the nearly always enough characters that a message takes. */
  private static final int ROOM = 512;

  private JsonText() {}

  public static String write(Json value) {
    var out = new StringBuilder(ROOM);
    append(out, value);
    return out.toString();
  }

  private static void append(StringBuilder out, Json value) {
    switch (value) {
      case Json.Obj(var fields) -> {
        out.append('{');
        var separator = "";
        for (var name : inOrder(fields)) {
          out.append(separator);
          quote(out, name);
          append(out.append(':'), Objects.requireNonNull(fields.get(name)));
          separator = ",";
        }
        out.append('}');
      }
      case Json.Arr(var values) -> {
        out.append('[');
        var separator = "";
        for (var element : values) {
          append(out.append(separator), element);
          separator = ",";
        }
        out.append(']');
      }
      case Json.Text(var text) -> quote(out, text);
      case Json.Num(var literal) -> out.append(literal);
      case Json.Bool(var truth) -> out.append(truth);
      case Json.Null() -> out.append("null");
    }
  }

  private static String[] inOrder(Map<String, Json> fields) {
    var names = fields.keySet().toArray(String[]::new);
    Arrays.sort(names);
    return names;
  }

  private static void quote(StringBuilder out, String text) {
    out.append('"');
    if (isPlain(text)) {
      out.append(text).append('"');
      return;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }
}
