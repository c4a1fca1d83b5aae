package crowd.local.check;

import crowd.local.faults.Traffic;
import crowd.local.template.TemplateReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * 500 messages a second through the whole product on a table in memory, with faults below the SDK:
 * what was acknowledged, held against the table when all is drained. Size: seconds.
 */
final class Load implements Check {

  private static final int PER_SECOND = 500;

  @Override
  public String name() {
    return "load";
  }

  @Override
  public String about() {
    return "500 messages a second with faults: acknowledged ones lost, doubled or somebody else's";
  }

  @Override
  public long ciSize() {
    return 20;
  }

  @Override
  public Figure run(long size) {
    long seed = Long.getLong("seed", System.nanoTime());
    System.err.println("load: -Dseed=" + seed);
    var result = traffic(seed, size);
    System.err.printf(
        "load: %d messages, %.0f requests a second, acknowledged within %d ms (p99), %d sent again, drained in %.1f s%n",
        result.messages(),
        result.perSecond(),
        result.p99().toMillis(),
        result.repeats(),
        result.drained().toMillis() / 1000.0);
    result.faults().forEach((fault, times) -> System.err.printf("%9d  %s%n", times, fault));
    result.violations().stream().limit(50).forEach(line -> System.err.println("load: " + line));
    boolean isFaulty = !result.faults().isEmpty();
    return new Figure(
        result.violations().size() + "/" + result.messages(),
        "lost-or-doubled",
        result.violations().isEmpty() && isFaulty);
  }

  private static Traffic.Result traffic(long seed, long seconds) {
    try {
      return Traffic.run(
          TemplateReader.read(Path.of(System.getProperty("crowd.root", "."), "template.yaml")),
          seed,
          Math.toIntExact(seconds),
          PER_SECOND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
