package crowd.simulation.mutant;

import crowd.simulation.Report;
import crowd.simulation.Simulation;
import java.util.List;
import java.util.Map;

/** The simulation of a mutant, which shares no class with the product but those of the platform. */
final class Trial {

  private final Class<?> report;
  private final Object result;

  /**
   * Runs the histories of consecutive seeds, up to the first with a violation.
   *
   * @param mutated classes of the core, by name
   * @param withFaults whether anything goes wrong, or things only meet
   */
  Trial(Map<String, byte[]> mutated, boolean withFaults, long firstSeed, long count) {
    var loader = new MutantLoader(mutated);
    try {
      report = loader.loadClass(Report.class.getName());
      result =
          loader
              .loadClass(Simulation.class.getName())
              .getMethod("runToViolation", long.class, long.class, boolean.class)
              .invoke(null, firstSeed, count, withFaults);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  Verdict verdict() {
    var histories = (Long) told("histories");
    var failures = (List<?>) told("failures");
    return failures.isEmpty()
        ? new Verdict.Survived(histories)
        : new Verdict.Killed(histories, failures.getFirst().toString());
  }

  private Object told(String component) {
    try {
      return report.getMethod(component).invoke(result);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
