package crowd.simulation;

import crowd.simulation.oracle.Violation;
import crowd.simulation.schedule.Trace;
import crowd.simulation.workload.Request;
import crowd.simulation.world.Branches;
import crowd.simulation.world.FaultKind;
import crowd.simulation.world.History;
import crowd.simulation.world.Plan;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * Makes a failing history small: fewer kinds of faults, a plainer setting, fewer requests, as long
 * as the same promise is broken on one of many schedules; last the shortest of those schedules.
 */
final class Shrinker {

  private static final int SCHEDULES = 400;

  private final Runner runner;

  /** How a history is run. */
  interface Runner {
    Optional<Violation> run(Plan plan, Trace trace);
  }

  Shrinker() {
    this((plan, trace) -> new History(plan, trace, new Branches()).run());
  }

  Shrinker(Runner runner) {
    this.runner = runner;
  }

  /**
   * @param kind of the promise that is broken
   */
  Plan shrink(Plan failing, Violation.Kind kind) {
    var smallest = failing;
    for (boolean goesOn = true; goesOn; ) {
      goesOn = false;
      for (var candidate : simpler(smallest)) {
        var fails = failing(candidate, kind);
        if (fails.isPresent()) {
          smallest = fails.get();
          goesOn = true;
          break;
        }
      }
    }
    return shortest(smallest, kind);
  }

  private static List<Plan> simpler(Plan plan) {
    var simpler = new ArrayList<Plan>();
    if (!plan.setting().equals(plan.setting().plain())) {
      simpler.add(plan.withSetting(plan.setting().plain()));
    }
    if (plan.setting().hasSecondPart()) {
      simpler.add(plan.withSetting(plan.setting().withoutSecondPart()));
    }
    for (int i = plan.requests().size() - 1; i >= 0; i--) {
      var fewer = new ArrayList<Request>(plan.requests());
      fewer.remove(i);
      simpler.add(plan.withRequests(fewer));
    }
    for (var kind : EnumSet.complementOf(without(plan))) {
      var more = without(plan);
      more.add(kind);
      simpler.add(plan.without(more));
    }
    return simpler;
  }

  private static EnumSet<FaultKind> without(Plan plan) {
    return plan.without().isEmpty()
        ? EnumSet.noneOf(FaultKind.class)
        : EnumSet.copyOf(plan.without());
  }

  /** The plan on a schedule on which it fails. */
  private Optional<Plan> failing(Plan plan, Violation.Kind kind) {
    for (int i = 0; i < SCHEDULES; i++) {
      var other = plan.withSchedule(plan.schedule() + i);
      if (fails(other, kind, new Trace(false))) {
        return Optional.of(other);
      }
    }
    return Optional.empty();
  }

  private Plan shortest(Plan plan, Violation.Kind kind) {
    var shortest = plan;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < SCHEDULES; i++) {
      var other = plan.withSchedule(plan.schedule() + i);
      var trace = new Trace(true);
      if (fails(other, kind, trace) && trace.lines().size() < least) {
        shortest = other;
        least = trace.lines().size();
      }
    }
    return shortest;
  }

  private boolean fails(Plan plan, Violation.Kind kind, Trace trace) {
    return runner.run(plan, trace).filter(found -> found.kind() == kind).isPresent();
  }
}
