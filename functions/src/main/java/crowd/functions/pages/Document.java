package crowd.functions.pages;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** docs/openapi.yaml, as the build packs it. Read when it is asked for, which is seldom. */
final class Document {

  private Document() {}

  static Json.Obj read() {
    try (var file = Document.class.getResourceAsStream("openapi.json")) {
      if (file == null) {
        throw new IllegalStateException("the build packed no openapi.json");
      }
      return JsonReader.readOwnObject(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
