package crowd.core.store;

/**
 * Capacity units that calls used.
 *
 * @param reads of the table; a strong read of up to 4 KB is one
 * @param indexReads of the indexes; an eventual read of up to 4 KB is one half
 * @param writes to the table; one for each KB begun, twice that in a transaction
 * @param indexWrites to the indexes, which come on top of those to the table
 */
public record Units(double reads, double indexReads, long writes, long indexWrites) {

  public static final Units NONE = new Units(0, 0, 0, 0);

  static Units ofReads(double reads) {
    return new Units(reads, 0, 0, 0);
  }

  static Units ofIndexReads(double indexReads) {
    return new Units(0, indexReads, 0, 0);
  }

  static Units ofWrites(long writes, long indexWrites) {
    return new Units(0, 0, writes, indexWrites);
  }

  public Units plus(Units other) {
    return new Units(
        reads + other.reads,
        indexReads + other.indexReads,
        writes + other.writes,
        indexWrites + other.indexWrites);
  }

  public Units minus(Units other) {
    return plus(new Units(-other.reads, -other.indexReads, -other.writes, -other.indexWrites));
  }

  public double allReads() {
    return reads + indexReads;
  }

  public long allWrites() {
    return writes + indexWrites;
  }
}
