package crowd.simulation;

import crowd.simulation.oracle.Violation;
import crowd.simulation.schedule.Trace;
import crowd.simulation.world.Branches;
import crowd.simulation.world.FaultKind;
import crowd.simulation.world.History;
import crowd.simulation.world.Plan;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Many histories, each of which a seed decides. */
public final class Simulation {

  private static final int SHOWN = 5;
  private static final Set<FaultKind> NOTHING = EnumSet.noneOf(FaultKind.class);

  private Simulation() {}

  /**
   * Runs the histories of consecutive seeds. Each runs on one thread.
   *
   * @param threads among which the seeds are shared out
   */
  public static Report run(long firstSeed, long count, int threads) {
    long began = System.nanoTime();
    var shares = new ArrayList<Callable<Share>>();
    for (int i = 0; i < threads; i++) {
      long first = firstSeed + i;
      shares.add(() -> share(first, firstSeed + count, threads, NOTHING, false));
    }
    try (var workers = Executors.newFixedThreadPool(threads)) {
      var all = new Share();
      for (var share : workers.invokeAll(shares)) {
        all.add(share.get());
      }
      return all.report(System.nanoTime() - began);
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * As {@link #run}, on this thread, but only up to the first violation. The report's histories are
   * those that were run.
   *
   * @param withFaults whether anything goes wrong, or things only meet
   */
  public static Report runToViolation(long firstSeed, long count, boolean withFaults) {
    long began = System.nanoTime();
    var without = withFaults ? NOTHING : EnumSet.allOf(FaultKind.class);
    var share = share(firstSeed, firstSeed + count, 1, without, true);
    return share.report(System.nanoTime() - began);
  }

  private static Share share(
      long first, long end, int step, Set<FaultKind> without, boolean toViolation) {
    var processor = ManagementFactory.getThreadMXBean();
    long began = processor.getCurrentThreadCpuTime();
    var share = new Share();
    var branches = new Branches();
    for (long seed = first; seed < end && !(toViolation && share.violations > 0); seed += step) {
      var trace = new Trace(false);
      var violation = new History(Plan.of(seed).without(without), trace, branches).run();
      branches.endHistory();
      share.add(seed, trace.hash(), violation);
    }
    share.branches.putAll(branches.counts());
    share.cpuNanos = processor.getCurrentThreadCpuTime() - began;
    return share;
  }

  /** The hashes of the traces of consecutive seeds. */
  public static long[] traces(long firstSeed, int count) {
    var hashes = new long[count];
    var branches = new Branches();
    for (int i = 0; i < count; i++) {
      var trace = new Trace(false);
      new History(Plan.of(firstSeed + i), trace, branches).run();
      hashes[i] = trace.hash();
    }
    return hashes;
  }

  /** What one worker found. */
  private static final class Share {

    private final List<String> failures = new ArrayList<>();
    private final Map<String, Long> branches = new TreeMap<>();
    private long histories;
    private long violations;
    private long cpuNanos;
    private long trace;

    void add(long seed, long hash, Optional<Violation> violation) {
      histories++;
      trace += Trace.mix(seed, hash);
      violation.ifPresent(found -> {
        violations++;
        if (failures.size() < SHOWN) {
          failures.add(seed + ": " + found);
        }
      });
    }

    void add(Share other) {
      histories += other.histories;
      violations += other.violations;
      cpuNanos += other.cpuNanos;
      trace += other.trace;
      failures.addAll(other.failures);
      other.branches.forEach((branch, n) -> branches.merge(branch, n, Long::sum));
    }

    Report report(long nanos) {
      return new Report(
          histories,
          violations,
          nanos,
          cpuNanos,
          trace,
          List.copyOf(failures),
          Map.copyOf(branches));
    }
  }
}
