package crowd.simulation.explore;

import crowd.simulation.schedule.Trace;

/** Numbers by number, without an object for each: there are millions. */
final class LongMap {

  /** What is answered for a key that is not there. Never a value. */
  static final long NONE = Long.MIN_VALUE;

  private long[] keys = new long[1 << 10];
  private long[] values = new long[1 << 10];
  private int size;

  LongMap() {
    java.util.Arrays.fill(values, NONE);
  }

  long get(long key) {
    return values[place(key)];
  }

  void put(long key, long value) {
    int place = place(key);
    if (values[place] == NONE && ++size > keys.length / 2) {
      grow();
      place = place(key);
    }
    keys[place] = key;
    values[place] = value;
  }

  private int place(long key) {
    int mask = keys.length - 1;
    int place = (int) Trace.mix(key, 1) & mask;
    while (values[place] != NONE && keys[place] != key) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private void grow() {
    var oldKeys = keys;
    var oldValues = values;
    keys = new long[oldKeys.length * 2];
    values = new long[oldKeys.length * 2];
    java.util.Arrays.fill(values, NONE);
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != NONE) {
        int place = place(oldKeys[i]);
        keys[place] = oldKeys[i];
        values[place] = oldValues[i];
      }
    }
  }
}
