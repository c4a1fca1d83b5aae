package crowd.simulation.explore;

/**
 * A process in a {@link State}, as one number: its place, which writes of its transaction others
 * see already, and whether it is gone, so that only the store goes on with its last write.
 */
final class Running {

  private static final int WRITES = 15;
  private static final long GONE = 1L << WRITES;

  private Running() {}

  static long at(int place) {
    return (long) place << (WRITES + 1);
  }

  static int place(long running) {
    return (int) (running >>> (WRITES + 1));
  }

  /** Bit {@code i} for the write {@code i}. */
  static int shown(long running) {
    return (int) (running & (GONE - 1));
  }

  static long withShown(long running, int write) {
    return running | 1L << write;
  }

  static boolean isGone(long running) {
    return (running & GONE) != 0;
  }

  static long gone(long running) {
    return running | GONE;
  }
}
