package crowd.functions;

import crowd.core.json.Json;
import crowd.core.json.JsonText;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Lines of JSON for CloudWatch. */
final class Lines {

  private Lines() {}

  /** Writes one as bytes: the stream's own way through characters takes as long as the rest. */
  static void print(PrintStream out, Json line) {
    var bytes = (JsonText.write(line) + "\n").getBytes(StandardCharsets.UTF_8);
    out.write(bytes, 0, bytes.length);
    out.flush();
  }
}
