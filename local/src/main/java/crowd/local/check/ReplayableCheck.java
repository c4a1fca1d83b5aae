package crowd.local.check;

/** A check of which one seed can be run again. */
public interface ReplayableCheck extends Check {

  /** Runs this seed alone and prints what it does on standard error. */
  Figure replay(long seed);
}
