package crowd.local.check;

import crowd.simulation.Replay;
import crowd.simulation.Report;
import crowd.simulation.Simulation;
import java.util.Map;

/** Histories with everything that can go wrong, each judged by an oracle. Size: histories. */
final class Sim implements ReplayableCheck {

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
  public long ciSize() {
    return 100_000;
  }

  @Override
  public Figure run(long first, long size) {
    var report = Simulation.run(first, size, THREADS);
    System.err.printf(
        "sim: seeds %d to %d, %.0f histories a second, %d microseconds of processor each%n",
        first,
        first + size - 1,
        report.histories() / (report.nanos() / 1e9),
        report.cpuNanos() / 1000 / report.histories());
    report.branches().entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(branch -> System.err.printf("%9d  %s%n", branch.getValue(), branch.getKey()));
    report.failures().forEach(failure -> System.err.println("sim: seed " + failure));
    report.failures().stream()
        .findFirst()
        .map(failure -> failure.substring(0, failure.indexOf(':')))
        .ifPresent(seed -> System.err.println("sim: ./crowd check sim --seed " + seed));
    boolean allReached = size < ALL_BRANCHES_FROM || areAllReached(report);
    return new Figure(
        report.violations() + "/" + size, "violations", report.violations() == 0 && allReached);
  }

  @Override
  public Figure replay(long seed) {
    var result = Replay.of(seed);
    result.lines().forEach(System.err::println);
    return new Figure((result.isFailing() ? 1 : 0) + "/1", "violations", !result.isFailing());
  }

  private static boolean areAllReached(Report report) {
    var missed =
        report.branches().entrySet().stream()
            .filter(branch -> branch.getValue() == 0)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    missed.forEach(branch -> System.err.println("sim: never reached: " + branch));
    return missed.isEmpty();
  }
}
