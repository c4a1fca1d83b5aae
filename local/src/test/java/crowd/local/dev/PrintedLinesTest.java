package crowd.local.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.local.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrintedLinesTest {

  private static final InstantSource NOON =
      InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z"));

  @Test
  void accept_logMetricsAndTheRest_showsAllButMetricsAndIdleRuns() {
    // given
    var out = new ByteArrayOutputStream();
    var console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8), NOON, ZoneOffset.UTC, false);
    // when
    List.of(
            """
            {"function":"track","method":"POST","ms":12,"outcome":"ok","route":"/track","status":200}\
            """,
            """
            {"_aws":{"CloudWatchMetrics":[]},"function":"track","Calls":1}\
            """,
            """
            {"finished":0,"function":"reconcile","ms":3,"outcome":"ok","waiting":0}\
            """,
            "",
            "Java heap space: java.lang.OutOfMemoryError")
        .forEach(new PrintedLines(console));
    // then
    assertEquals(
        """
        12:00:00 200 POST /track ok 12 ms
        12:00:00 Java heap space: java.lang.OutOfMemoryError
        """,
        out.toString(StandardCharsets.UTF_8));
  }
}
