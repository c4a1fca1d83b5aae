package crowd.local.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.local.function.Invocation;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private Console console(boolean colours) {
    return new Console(
        new PrintStream(bytes, true, StandardCharsets.UTF_8),
        InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z")),
        ZoneOffset.UTC,
        colours);
  }

  private String said() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  private static Map<String, Object> request(int status) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("route", "/identify");
    fields.put("method", "POST");
    fields.put("request_id", "r");
    fields.put("function", "identify");
    fields.put("status", status);
    fields.put("outcome", "linked");
    fields.put("ms", 12L);
    fields.put("website", "demo");
    return fields;
  }

  @Test
  void line_request_saysWhatPeopleLookFor() {
    // when
    console(false).line(request(200));
    // then
    assertEquals("12:00:00 200 POST /identify linked 12 ms\n", said());
  }

  @Test
  void line_request_isColouredByItsStatus() {
    // when
    console(true).line(request(503));
    // then
    assertEquals(
        "\033[2m12:00:00\033[0m \033[31m503\033[0m POST /identify linked\033[2m 12 ms\033[0m\n",
        said());
  }

  @Test
  void line_defect_saysWhere() {
    // given
    var fields = request(500);
    fields.put("exception", "java.lang.IllegalStateException");
    // when
    console(false).line(fields);
    // then
    assertTrue(said().endsWith(" exception=java.lang.IllegalStateException\n"), said());
  }

  @Test
  void line_work_countsWhatIsNotZero() {
    // given
    var fields = new LinkedHashMap<String, Object>();
    fields.put("function", "consumer");
    fields.put("outcome", "ok");
    fields.put("records", 3);
    fields.put("failed", 0);
    fields.put("ms", 7L);
    // when
    console(false).line(fields);
    // then
    assertEquals("12:00:00 consumer ok 7 ms records=3\n", said());
  }

  @Test
  void line_scheduledRunWithoutWork_isSilent() {
    // when
    console(false).line(Map.of("function", "reconcile", "finished", 0, "waiting", 0, "ms", 1L));
    console(false).line(Map.of("function", "audit", "people", 0L, "overdue_work", 0L, "ms", 1L));
    // then
    assertEquals("", said());
  }

  @Test
  void defect_eachEnding_hasASentence() {
    // when
    var console = console(false);
    console.defect("F", new Invocation.TimedOut());
    console.defect("F", new Invocation.Answered("x"));
    console.defect("F", new Invocation.Failed(new IllegalStateException("broken")));
    // then
    assertTrue(
        said()
            .startsWith(
                """
                12:00:00 F ran out of its time
                12:00:00 F answered what the gateway cannot pass on
                12:00:00 F failed: java.lang.IllegalStateException: broken
                """),
        said());
  }
}
