package crowd.bench;

import crowd.bench.cold.ColdStart;
import crowd.bench.jmh.Jmh;
import crowd.bench.scale.Backfill;
import crowd.bench.scale.Cost;
import crowd.bench.scale.TimelinePage;
import crowd.bench.warm.Consumer;
import crowd.bench.warm.Warm;
import java.util.List;

/** All of them, in the order in which {@code all} runs them. */
final class Benches {

  static final List<Bench> ALL =
      List.of(
          new ColdStart(),
          new Warm(),
          new Consumer(),
          new Backfill(),
          new TimelinePage(),
          new Cost(),
          new Jmh());

  private Benches() {}
}
