package crowd.core.run;

import java.util.List;
import java.util.function.Supplier;

/** Does several things at once and ends when all have ended: nothing outlives the call. */
public interface Tasks {

  /** One after the other. */
  Tasks IN_TURN =
      new Tasks() {
        @Override
        public <T> List<T> all(List<? extends Supplier<? extends T>> tasks) {
          return tasks.stream().<T>map(Supplier::get).toList();
        }
      };

  /**
   * Runs all and waits for all.
   *
   * @return what they answered, in the order of the tasks
   * @throws RuntimeException what a task threw, once all have ended
   */
  <T> List<T> all(List<? extends Supplier<? extends T>> tasks);
}
