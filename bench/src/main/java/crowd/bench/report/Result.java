package crowd.bench.report;

import java.util.List;

/**
 * What a bench found.
 *
 * @param notes what the figures do not say themselves, a sentence each
 */
public record Result(List<Table> tables, List<Goal> goals, List<String> notes, List<Bar> bars) {

  public Result {
    tables = List.copyOf(tables);
    goals = List.copyOf(goals);
    notes = List.copyOf(notes);
    bars = List.copyOf(bars);
  }
}
