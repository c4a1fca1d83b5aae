package crowd.bench.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a function may use of a processor once it has started: until then Lambda gives it a whole
 * one. A share of one processor, kept by the kernel's control groups as Lambda keeps it: so much in
 * each period for all threads together, and a stop until the next.
 */
public final class CpuShare implements AutoCloseable {

  /** Lambda's: as many megabytes as go with one processor. */
  private static final int MEGABYTES_OF_ONE = 1769;

  private static final int PERIOD_MICROS = 20_000;
  private static final String GROUP = "crowd-bench";

  public static final CpuShare ALL = new CpuShare(Optional.empty());

  private final Optional<Path> group;

  private CpuShare(Optional<Path> group) {
    this.group = group;
  }

  /** That of a function with so much memory; nothing where control groups may not be made. */
  public static Optional<CpuShare> ofMemory(int megabytes) {
    int quota = PERIOD_MICROS * megabytes / MEGABYTES_OF_ONE;
    var second = Path.of("/sys/fs/cgroup");
    var first = second.resolve("cpu");
    try {
      if (Files.exists(second.resolve("cgroup.controllers"))) {
        var group = Files.createDirectories(second.resolve(GROUP));
        Files.writeString(group.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
        return Optional.of(new CpuShare(Optional.of(group)));
      }
      var group = Files.createDirectories(first.resolve(GROUP));
      Files.writeString(group.resolve("cpu.cfs_period_us"), "" + PERIOD_MICROS);
      Files.writeString(group.resolve("cpu.cfs_quota_us"), "" + quota);
      return Optional.of(new CpuShare(Optional.of(group)));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** From now on, all its threads. */
  void limit(long process) {
    if (group.isPresent()) {
      try {
        Files.writeString(group.get().resolve("cgroup.procs"), "" + process);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (group.isPresent()) {
      Files.deleteIfExists(group.get());
    }
  }
}
