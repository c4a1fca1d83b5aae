package crowd.simulation.schedule;

import java.util.SplittableRandom;

/** Choices that a seed decides. */
public final class SeededChoices implements Choices {

  private final SplittableRandom random;

  public SeededChoices(long seed) {
    random = new SplittableRandom(seed);
  }

  @Override
  public int next(int bound) {
    return bound == 1 ? 0 : random.nextInt(bound);
  }
}
