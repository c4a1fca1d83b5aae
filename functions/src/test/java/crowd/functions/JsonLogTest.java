package crowd.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonLogTest {

  @Test
  void line_isOneJsonObject() {
    // given
    var out = new ByteArrayOutputStream();
    var log = new JsonLog(new PrintStream(out, true, StandardCharsets.UTF_8));

    // when
    log.line(
        Map.of("function", "tr\nack", "status", 200, "cold", true, "at", List.of("a:1", "b:2")));
    log.line(Map.of("ms", 7L));

    // then
    assertEquals(
        """
        {"at":["a:1","b:2"],"cold":true,"function":"tr\\nack","status":200}
        {"ms":7}
        """,
        out.toString(StandardCharsets.UTF_8));
  }
}
