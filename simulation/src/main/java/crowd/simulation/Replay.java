package crowd.simulation;

import crowd.simulation.schedule.Trace;
import crowd.simulation.world.Branches;
import crowd.simulation.world.History;
import crowd.simulation.world.Plan;
import java.util.ArrayList;
import java.util.List;

/** One seed again, for people: what it broke, and the smallest history that breaks the same. */
public final class Replay {

  private Replay() {}

  /**
   * @param isFailing whether a promise was broken
   * @param lines to be read from the first to the last
   */
  public record Result(boolean isFailing, List<String> lines) {
    public Result {
      lines = List.copyOf(lines);
    }
  }

  public static Result of(long seed) {
    var plan = Plan.of(seed);
    var violation = new History(plan, new Trace(false), new Branches()).run();
    if (violation.isEmpty()) {
      return new Result(false, List.of("seed " + seed + " breaks nothing"));
    }
    var lines = new ArrayList<String>();
    lines.add("seed " + seed + " breaks " + violation.get());
    var small = new Shrinker().shrink(plan, violation.get().kind());
    var trace = new Trace(true);
    var found = new History(small, trace, new Branches()).run();
    lines.add("its smallest history, of " + plan.requests().size() + " requests:");
    lines.add(small.setting().toString());
    lines.add("without " + small.without());
    small.requests().forEach(request -> lines.add("  " + request.about()));
    lines.addAll(trace.lines());
    found.ifPresent(broken -> lines.add("breaks " + broken));
    return new Result(true, lines);
  }
}
