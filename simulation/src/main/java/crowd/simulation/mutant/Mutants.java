package crowd.simulation.mutant;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The planted bugs: each takes away or turns round one line, and says what breaks without it. */
public final class Mutants {

  /** All of them, by what they are about. */
  public static final List<Expectation> ALL = all();

  private Mutants() {}

  private static List<Expectation> all() {
    var all = new ArrayList<Expectation>();
    Stream.of(
            ClaimMutants.ALL,
            CopyMutants.ALL,
            UnlinkMutants.ALL,
            EraseMutants.ALL,
            MergeMutants.ALL,
            WriteMutants.ALL,
            ReadMutants.ALL)
        .flatMap(List::stream)
        .map(Expectation.Found::new)
        .forEach(all::add);
    all.addAll(Layers.ALL);
    return List.copyOf(all);
  }
}
