import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Writes a YAML file as JSON. The build runs it, so that what is deployed needs no YAML parser.
 * What JSON has no word for (a date, a number that is none, a key that is no text) stops the build.
 */
final class YamlToJson {

  private YamlToJson() {}

  public static void main(String[] files) throws Exception {
    var settings = LoadSettings.builder().setLabel(files[0]).build();
    var value = new Load(settings).loadFromString(Files.readString(Path.of(files[0])));
    var target = Path.of(files[1]);
    Files.createDirectories(target.getParent());
    Files.writeString(target, json(value), StandardCharsets.UTF_8);
  }

  private static String json(Object value) {
    return switch (value) {
      case null -> "null";
      case String text -> quoted(text);
      case Boolean truth -> truth.toString();
      case Integer number -> number.toString();
      case Long number -> number.toString();
      case List<?> values ->
          values.stream().map(YamlToJson::json).collect(Collectors.joining(",", "[", "]"));
      case Map<?, ?> fields ->
          fields.entrySet().stream()
              .map(field -> quoted((String) field.getKey()) + ":" + json(field.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      default -> throw new IllegalArgumentException("no JSON: " + value.getClass());
    };
  }

  private static String quoted(String text) {
    var json = new StringBuilder("\"");
    text.chars()
        .forEach(c -> {
          if (c < 0x20 || c > 0x7e) {
            json.append("\\u%04x".formatted(c));
          } else if (c == '"' || c == '\\') {
            json.append('\\').append((char) c);
          } else {
            json.append((char) c);
          }
        });
    return json.append('"').toString();
  }
}
