package crowd.local.check;

/** One figure of quality. */
public interface Check {

  /** The word that people call it by. */
  String name();

  /** What it measures, in a few words. */
  String about();

  /** The size of a run that every change has to pass. */
  long ciSize();

  /**
   * Measures.
   *
   * @param size how much of it; each check has its own unit
   */
  Figure run(long size);

  /**
   * @param value as it is to be read, without white space
   * @param passed whether it is good enough
   */
  record Figure(String value, String unit, boolean passed) {}
}
