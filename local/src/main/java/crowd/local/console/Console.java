package crowd.local.console;

import crowd.functions.http.Log;
import crowd.local.function.Invocation;
import java.io.PrintStream;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One line for each call: {@code 14:16:00 200 POST /identify linked 12 ms}. */
public final class Console implements Log {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  /** What stands at the head of a line, or says nothing to people. */
  private static final List<String> SPOKEN =
      List.of("route", "method", "status", "outcome", "ms", "request_id", "function", "website");

  private final PrintStream out;
  private final InstantSource clock;
  private final ZoneId zone;
  private final boolean colours;

  public Console(PrintStream out, InstantSource clock, ZoneId zone, boolean colours) {
    this.out = out;
    this.clock = clock;
    this.zone = zone;
    this.colours = colours;
  }

  /** On standard output, in colour if that is a terminal and nobody said otherwise. */
  public static Console ofThisProcess() {
    return new Console(
        System.out,
        InstantSource.system(),
        ZoneId.systemDefault(),
        isTerminal() && System.getenv("NO_COLOR") == null);
  }

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal).isPresent();
  }

  @Override
  public void line(Map<String, Object> fields) {
    if (!isIdle(fields)) {
      say(fields.containsKey("status") ? request(fields) : work(fields));
    }
  }

  /** A sentence of the local run itself. */
  public void say(String sentence) {
    out.println(paint("2", TIME.withZone(zone).format(clock.instant())) + " " + sentence);
  }

  /** A call that did not end with an answer. */
  public void defect(String function, Invocation ending) {
    switch (ending) {
      case Invocation.Failed(var cause) -> {
        say(paint("31", function + " failed: " + cause));
        cause.printStackTrace(out);
      }
      case Invocation.TimedOut() -> say(paint("31", function + " ran out of its time"));
      case Invocation.Answered _ ->
          say(paint("31", function + " answered what the gateway cannot pass on"));
    }
  }

  /** A scheduled run that found nothing to do, or nobody to look at. */
  private static boolean isIdle(Map<String, Object> fields) {
    return (isZero(fields, "finished") && isZero(fields, "waiting"))
        || (isZero(fields, "people") && isZero(fields, "overdue_work"));
  }

  private static boolean isZero(Map<String, Object> fields, String name) {
    return fields.get(name) instanceof Number number && number.longValue() == 0;
  }

  private String request(Map<String, Object> fields) {
    return status(text(fields, "status"))
        + " "
        + text(fields, "method")
        + " "
        + text(fields, "route")
        + outcome(fields)
        + took(fields)
        + rest(fields);
  }

  private String work(Map<String, Object> fields) {
    return paint("36", text(fields, "function")) + outcome(fields) + took(fields) + rest(fields);
  }

  private static String outcome(Map<String, Object> fields) {
    var outcome = text(fields, "outcome");
    return outcome.isEmpty() ? "" : " " + outcome;
  }

  private String took(Map<String, Object> fields) {
    return paint("2", " " + text(fields, "ms") + " ms");
  }

  private String rest(Map<String, Object> fields) {
    var rest = new LinkedHashMap<>(fields);
    rest.keySet().removeAll(SPOKEN);
    rest.values().removeIf(value -> value instanceof Number number && number.longValue() == 0);
    return rest.entrySet().stream()
        .map(field -> " " + field.getKey() + "=" + field.getValue())
        .collect(Collectors.joining());
  }

  private String status(String status) {
    return paint(status.startsWith("2") ? "32" : status.startsWith("4") ? "33" : "31", status);
  }

  private String paint(String colour, String text) {
    return colours ? "\033[" + colour + "m" + text + "\033[0m" : text;
  }

  private static String text(Map<String, Object> fields, String name) {
    var value = fields.get(name);
    return value == null ? "" : value.toString();
  }
}
