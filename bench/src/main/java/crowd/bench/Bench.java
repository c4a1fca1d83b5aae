package crowd.bench;

import crowd.bench.report.Result;
import java.io.IOException;

/** One measurement. */
public interface Bench {

  /** The word that people call it by. */
  String name();

  /** What it measures, in a few words. */
  String about();

  /** How often it repeats, where nobody says it: enough for figures that can be published. */
  int rounds();

  Result run(int rounds) throws IOException, InterruptedException;
}
