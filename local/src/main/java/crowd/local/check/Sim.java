package crowd.local.check;

import crowd.simulation.Report;
import crowd.simulation.Simulation;

/**
 * Histories with everything that can go wrong, each judged by an oracle. Size: histories. The first
 * seed is {@code -Dseed}, 0 if it is left out.
 */
final class Sim implements Check {

  /** From so many histories on, every rare branch has to be reached. */
  private static final long ALL_BRANCHES_FROM = 100_000;

  private static final int THREADS = 2;

  @Override
  public String name() {
    return "sim";
  }

  @Override
  public String about() {
    return "random histories with faults at every step: lost, doubled or misattributed events";
  }

  @Override
  public long gateSize() {
    return 300_000;
  }

  @Override
  public Figure run(long size) {
    long first = Long.getLong("seed", 0);
    var report = Simulation.run(first, size, THREADS);
    System.err.printf(
        "sim: seeds %d to %d, %.0f histories a second%n",
        first, first + size - 1, report.histories() / (report.nanos() / 1e9));
    report.branches().entrySet().stream()
        .sorted(java.util.Map.Entry.comparingByValue())
        .forEach(branch -> System.err.printf("%9d  %s%n", branch.getValue(), branch.getKey()));
    report.failures().forEach(failure -> System.err.println("sim: seed " + failure));
    boolean allReached = size < ALL_BRANCHES_FROM || areAllReached(report);
    return new Figure(
        report.violations() + "/" + size, "violations", report.violations() == 0 && allReached);
  }

  private static boolean areAllReached(Report report) {
    var missed =
        report.branches().entrySet().stream()
            .filter(branch -> branch.getValue() == 0)
            .map(java.util.Map.Entry::getKey)
            .sorted()
            .toList();
    missed.forEach(branch -> System.err.println("sim: never reached: " + branch));
    return missed.isEmpty();
  }
}
