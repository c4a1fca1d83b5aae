package crowd.simulation.explore;

import java.io.Serial;

/** Ends a run of a process's code where it asks for a step whose reply it has not had yet. */
final class Suspended extends Error {

  @Serial private static final long serialVersionUID = 1;

  private final transient Call call;

  Suspended(Call call) {
    super(null, null, false, false);
    this.call = call;
  }

  Call call() {
    return call;
  }
}
