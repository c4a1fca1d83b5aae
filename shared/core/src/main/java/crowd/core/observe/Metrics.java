package crowd.core.observe;

/** Where counts go. Never a person's data: a counter has a name and a number. */
public interface Metrics {

  Metrics NONE = (counter, n) -> {};

  void add(Counter counter, long n);

  default void add(Counter counter) {
    add(counter, 1);
  }
}
