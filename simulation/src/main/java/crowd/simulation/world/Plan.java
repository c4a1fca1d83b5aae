package crowd.simulation.world;

import crowd.simulation.schedule.SeededChoices;
import crowd.simulation.schedule.Trace;
import crowd.simulation.workload.Request;
import crowd.simulation.workload.Workload;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * All that decides a history.
 *
 * @param schedule seed of what happens when, and of what goes wrong
 * @param without kinds of faults that do not happen
 */
public record Plan(long schedule, Setting setting, List<Request> requests, Set<FaultKind> without) {

  public Plan {
    requests = List.copyOf(requests);
    without = Set.copyOf(without);
  }

  public static Plan of(long seed) {
    var choices = new SeededChoices(Trace.mix(seed, 1));
    return new Plan(
        Trace.mix(seed, 2),
        Setting.of(seed, choices),
        Workload.of(choices),
        EnumSet.noneOf(FaultKind.class));
  }

  public Plan withSchedule(long other) {
    return new Plan(other, setting, requests, without);
  }

  public Plan withSetting(Setting other) {
    return new Plan(schedule, other, requests, without);
  }

  public Plan withRequests(List<Request> other) {
    return new Plan(schedule, setting, other, without);
  }

  public Plan without(Set<FaultKind> other) {
    return new Plan(schedule, setting, requests, other);
  }
}
