package crowd.simulation.explore;

/** Well-spread numbers, without an object for each. */
final class LongSet {

  private long[] places = new long[1 << 10];
  private int size;

  /** False if it was there. */
  boolean add(long number) {
    long one = number == 0 ? 1 : number;
    if (!insert(one)) {
      return false;
    }
    if (++size > places.length / 4 * 3) {
      var old = places;
      places = new long[old.length * 2];
      for (long other : old) {
        if (other != 0) {
          insert(other);
        }
      }
    }
    return true;
  }

  private boolean insert(long number) {
    int mask = places.length - 1;
    int place = (int) number & mask;
    while (places[place] != 0) {
      if (places[place] == number) {
        return false;
      }
      place = (place + 1) & mask;
    }
    places[place] = number;
    return true;
  }

  int size() {
    return size;
  }
}
