package crowd.simulation.world;

import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.simulation.oracle.CopyLog;
import crowd.simulation.oracle.DecisionLog;
import crowd.simulation.oracle.PeopleLog;
import crowd.simulation.schedule.Strand;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sees every committed change of the rows that decide, of copies, and of the work that waits. */
final class Tap {

  private final DecisionLog decisions;
  private final PeopleLog people;
  private final CopyLog copies;
  private final Watch watch;
  private final Function<Key, @Nullable Item> peek;
  private final Map<Key, Long> due = new HashMap<>();

  Tap(
      DecisionLog decisions,
      PeopleLog people,
      CopyLog copies,
      Watch watch,
      Function<Key, @Nullable Item> peek) {
    this.decisions = decisions;
    this.people = people;
    this.copies = copies;
    this.watch = watch;
    this.peek = peek;
  }

  /**
   * To be called after each step that may have changed the row.
   *
   * @param strand null if nobody's: a late write
   */
  void committed(Key key, @Nullable Strand strand) {
    if (key.sk().equals("@") && key.pk().contains("#a#")) {
      var row = peek.apply(key);
      var browser = Watch.browser(key);
      var change = decisions.note(browser, row);
      watch.changed(browser, change.before(), change.after(), strand);
      noteDue(key, row);
    } else if (key.sk().equals("@") && key.pk().contains("#u#")) {
      var person = Watch.person(key);
      var change =
          people.note(
              person, peek.apply(key), (after, until) -> decisions.owned(person, after, until));
      watch.changed(person, change);
    } else if (Watch.isCopy(key)) {
      copies.note(key, peek.apply(key));
    } else if (key.sk().startsWith("J#")) {
      noteDue(key, peek.apply(key));
    }
  }

  private void noteDue(Key key, @Nullable Item row) {
    if (row != null && row.whole("due").isPresent()) {
      due.put(key, row.whole("due").getAsLong());
    } else {
      due.remove(key);
    }
  }

  /** When the first waiting work is due; {@link Long#MAX_VALUE} if none waits. */
  long nextDue() {
    long next = Long.MAX_VALUE;
    for (long one : due.values()) {
      next = Math.min(next, one);
    }
    return next;
  }

  /**
   * Aliases among the work that waits.
   *
   * @param until milliseconds; what is due later does not count
   */
  long waitingAliases(long until) {
    return due.entrySet().stream()
        .filter(entry -> entry.getKey().sk().equals("@") && entry.getValue() <= until)
        .count();
  }
}
