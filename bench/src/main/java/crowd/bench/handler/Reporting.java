package crowd.bench.handler;

import crowd.functions.Wiring;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The time that a function spends on its logs and metrics. */
public final class Reporting {

  private static final Pattern SAID = Pattern.compile("\\[reporting took ([0-9]+) ns]$");

  private long nanos;

  /** The wiring, with all that it reports on the watch. */
  Wiring of(Wiring wiring) {
    var edge = wiring.edge();
    return wiring.with(
        fields -> timed(() -> edge.log().line(fields)),
        (counter, n) -> timed(() -> edge.metrics().add(counter, n)),
        (function, status, took) -> timed(() -> edge.invocations().ended(function, status, took)));
  }

  private void timed(Runnable report) {
    long began = System.nanoTime();
    report.run();
    nanos += System.nanoTime() - began;
  }

  /** To be put behind an answer. */
  byte[] said() {
    return ("[reporting took " + nanos + " ns]").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Nanoseconds from the start of the process to the end of the answer.
   *
   * @param answer with what was said behind it
   */
  public static long nanosOf(String answer) {
    var said = SAID.matcher(answer);
    if (!said.find()) {
      throw new IllegalArgumentException("nothing is said of reports in " + answer);
    }
    return Long.parseLong(said.group(1));
  }
}
