package crowd.simulation.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What happened, step by step: always as a hash, so that two runs can be compared; as text only if
 * somebody wants to read it.
 *
 * <p>Takes strings and numbers only: hash codes of other things may differ from run to run.
 */
public final class Trace {

  private final boolean isRead;
  private final List<String> lines = new ArrayList<>();
  private long hash = 17;

  /**
   * @param isRead whether to keep the text
   */
  public Trace(boolean isRead) {
    this.isRead = isRead;
  }

  void note(long now, String who, String what, String about, String more) {
    hash = mix(mix(mix(mix(hash, now), who.hashCode()), what.hashCode()), about.hashCode());
    hash = mix(hash, more.hashCode());
    if (isRead) {
      lines.add(
          String.format(
              "%9.3f  %-14s %s %s %s", (now - Scheduler.START) / 1000.0, who, what, about, more));
    }
  }

  /** Says more of what was just noted, to those who read. */
  void explain(Supplier<String> more) {
    if (isRead) {
      lines.add(lines.removeLast() + more.get());
    }
  }

  public long hash() {
    return hash;
  }

  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** Two numbers as one, well spread. */
  public static long mix(long a, long b) {
    long mixed = a * 0x9E3779B97F4A7C15L + b;
    mixed ^= mixed >>> 29;
    mixed *= 0xBF58476D1CE4E5B9L;
    return mixed ^ (mixed >>> 32);
  }
}
