package crowd.local.check;

/** A check of which one seed can be run again. */
public interface ReplayableCheck extends Check {

  @Override
  default Figure run(long size) {
    return run(0, size);
  }

  /**
   * As {@link #run(long)}, but of consecutive seeds from another on: of those that no run before
   * had.
   */
  Figure run(long first, long size);

  /** Runs this seed alone and prints what it does on standard error. */
  Figure replay(long seed);
}
