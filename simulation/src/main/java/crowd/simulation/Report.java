package crowd.simulation;

import java.util.List;
import java.util.Map;

/**
 * What came of many histories. Holds nothing of this package but strings and numbers, so that
 * another class loader can read it.
 *
 * @param nanos time that it took
 * @param cpuNanos time of processors that the workers took: without the compiler, and whoever else
 *     was on the machine
 * @param trace a hash of all traces: the same for the same seeds
 * @param failures {@code seed: kind: what}, the first few
 * @param branches in how many histories each rare turn was taken
 */
public record Report(
    long histories,
    long violations,
    long nanos,
    long cpuNanos,
    long trace,
    List<String> failures,
    Map<String, Long> branches) {}
