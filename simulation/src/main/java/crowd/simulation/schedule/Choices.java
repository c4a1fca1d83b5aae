package crowd.simulation.schedule;

/**
 * The only source of chance. Whoever answers it decides the history: a seed, or a search that wants
 * to see them all.
 */
public interface Choices {

  /**
   * @param bound 1 or more
   * @return 0 to {@code bound - 1}
   */
  int next(int bound);

  /** True in one of {@code n} cases. */
  default boolean oneIn(int n) {
    return next(n) == 0;
  }
}
