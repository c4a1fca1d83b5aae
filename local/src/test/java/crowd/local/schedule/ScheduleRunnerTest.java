package crowd.local.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import crowd.core.json.JsonReader;
import crowd.local.Project;
import crowd.local.function.InProcessFunction;
import crowd.local.function.Invocation;
import crowd.local.function.LocalFunction;
import crowd.local.template.FunctionResource;
import crowd.local.template.Role;
import crowd.local.template.Schedule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ScheduleRunnerTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final List<Schedule> EVERY_5_MINUTES =
      List.of(new Schedule("F", Duration.ofMinutes(5)));

  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final InstantSource clock = now::get;
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Invocation> defects = new LinkedBlockingQueue<>();

  private static FunctionResource resource() {
    return new FunctionResource(
        "F", "some.Handler", Duration.ofSeconds(10), 512, Map.of(), new Role("R", List.of()));
  }

  private LocalFunction recording() {
    return new InProcessFunction(
        resource(),
        (in, _, _) -> events.add(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
  }

  @Test
  void start_runsAtOnceAndThenAtTheRate() throws InterruptedException {
    try (var runner =
        new ScheduleRunner(
            EVERY_5_MINUTES, Map.of("F", recording()), clock, (_, d) -> defects.add(d))) {
      // when
      runner.start();
      var first = events.poll(10, TimeUnit.SECONDS);
      now.set(NOON.plus(Duration.ofMinutes(5)));
      var second = events.poll(10, TimeUnit.SECONDS);
      // then
      assertEquals("2026-01-01T12:00:00Z", timeOf(first));
      assertEquals("2026-01-01T12:05:00Z", timeOf(second));
    }
    assertEquals(0, events.size() + defects.size());
  }

  @Test
  void start_runThatFails_isToldOf() throws InterruptedException {
    // given
    var cause = new IllegalStateException("broken");
    var failing =
        new InProcessFunction(
            resource(),
            (_, _, _) -> {
              throw cause;
            });
    // when
    try (var runner =
        new ScheduleRunner(
            EVERY_5_MINUTES, Map.of("F", failing), clock, (_, d) -> defects.add(d))) {
      runner.start();
      // then
      assertEquals(new Invocation.Failed(cause), defects.poll(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void new_scheduleWithoutFunction_isRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new ScheduleRunner(EVERY_5_MINUTES, Map.of(), clock, (_, _) -> {}));
  }

  @Test
  void event_hasTheFieldsOfTheSample() throws IOException {
    // given
    var sample = JsonReader.readOwnObject(Files.readString(Project.file("events/reconcile.json")));
    // then
    assertEquals(
        sample.fields().keySet(),
        JsonReader.readOwnObject(ScheduledEvent.at(NOON)).fields().keySet());
  }

  private static String timeOf(@org.jspecify.annotations.Nullable String event) {
    return event == null ? "(none)" : JsonReader.readOwnObject(event).text("time").orElse("(none)");
  }
}
