package crowd.simulation.schedule;

import java.util.List;

/** Which of the strands that can run runs next. */
public interface Order {

  /**
   * @param strands at least one
   */
  Strand pick(List<Strand> strands);

  default void started(Strand strand) {}

  /** The strand got in another's way, and lets it go first. */
  default void yielded(Strand strand) {}

  /** Each as likely as the other. */
  record Uniform(Choices choices) implements Order {
    @Override
    public Strand pick(List<Strand> strands) {
      return strands.get(choices.next(strands.size()));
    }
  }

  /**
   * Probabilistic concurrency testing: a random priority for each strand, the highest runs alone,
   * and now and then falls to the lowest. Finds races that need few, but exactly placed switches.
   */
  record Pct(Choices choices) implements Order {

    private static final int PRIORITIES = 1 << 20;
    private static final int CHANGES_ONE_IN = 25;

    @Override
    public Strand pick(List<Strand> strands) {
      var highest = strands.getFirst();
      for (var strand : strands) {
        highest = strand.priority > highest.priority ? strand : highest;
      }
      if (choices.oneIn(CHANGES_ONE_IN)) {
        yielded(highest);
      }
      return highest;
    }

    @Override
    public void started(Strand strand) {
      strand.priority = choices.next(PRIORITIES);
    }

    @Override
    public void yielded(Strand strand) {
      strand.priority = -choices.next(PRIORITIES);
    }
  }
}
