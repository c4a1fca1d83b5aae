package crowd.local.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What is not as it must be. */
final class Findings {

  private final List<String> found = new ArrayList<>();

  /** May be called by clients at the same time. */
  synchronized void add(String what) {
    found.add(what);
  }

  void require(boolean holds, Supplier<String> what) {
    if (!holds) {
      add(what.get());
    }
  }

  void equal(Object expected, Object actual, Supplier<String> what) {
    require(
        expected.equals(actual),
        () -> what.get() + "\n  expected " + expected + "\n  and not  " + actual);
  }

  synchronized List<String> all() {
    return List.copyOf(found);
  }
}
