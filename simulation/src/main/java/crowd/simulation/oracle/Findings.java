package crowd.simulation.oracle;

import crowd.simulation.oracle.Violation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The violations of one history. */
public final class Findings {

  private final List<Violation> found = new ArrayList<>();

  public void add(Kind kind, String what) {
    found.add(new Violation(kind, what));
  }

  void require(boolean holds, Kind kind, String what) {
    if (!holds) {
      add(kind, what);
    }
  }

  public Optional<Violation> first() {
    return found.stream().findFirst();
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }
}
