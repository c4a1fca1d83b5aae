package crowd.simulation.oracle;

import crowd.simulation.oracle.Violation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The violations of one history. */
public final class Findings {

  private final List<Violation> found = new ArrayList<>();

  public void add(Kind kind, String what) {
    found.add(new Violation(kind, what));
  }

  void require(boolean holds, Kind kind, Supplier<String> what) {
    if (!holds) {
      add(kind, what.get());
    }
  }

  public Optional<Violation> first() {
    return found.stream().findFirst();
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }
}
