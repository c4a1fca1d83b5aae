package crowd.bench;

import crowd.bench.cold.ColdStart;
import java.util.List;

/** All of them, in the order in which {@code all} runs them. */
final class Benches {

  static final List<Bench> ALL = List.of(new ColdStart());

  private Benches() {}
}
