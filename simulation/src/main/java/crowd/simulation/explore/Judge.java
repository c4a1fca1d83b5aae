package crowd.simulation.explore;

import crowd.core.store.Key;
import crowd.simulation.explore.Past.OnStream;
import crowd.simulation.oracle.Browser;
import crowd.simulation.oracle.Violation;
import crowd.simulation.oracle.Violation.Kind;
import crowd.simulation.schedule.Trace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks the rules, and of the same thing only once. */
final class Judge {

  private static final int CHANGE = 1;
  private static final int ANSWER = 2;
  private static final int END = 3;

  private final Rules rules;
  private final Tables tables;
  private final Interner<Talk> talks;
  private final Interner<OnStream> records;
  private final Map<Long, Optional<Violation>> judged = new HashMap<>();

  Judge(Rules rules, Tables tables, Interner<Talk> talks, Interner<OnStream> records) {
    this.rules = rules;
    this.tables = tables;
    this.talks = talks;
    this.records = records;
  }

  static boolean isAlias(Key key) {
    return key.sk().equals("@") && key.pk().contains("#a#");
  }

  /**
   * The table was another before.
   *
   * @param key of an alias
   */
  Optional<Violation> changed(int before, Key key, State now) {
    int id = key.pk().indexOf("#a#");
    var browser = new Browser(key.pk().substring(0, id), key.pk().substring(id + 3));
    return once(
        Trace.mix(Trace.mix(CHANGE, before), now.table),
        now,
        () ->
            rules.changed(browser, tables.row(before, key), tables.row(now.table, key), past(now)));
  }

  Optional<Violation> answered(int ask, State now) {
    return once(
        Trace.mix(Trace.mix(ANSWER, ask), now.table),
        now,
        () -> rules.answered(ask, past(now), tables.rows(now.table), tables.store(now.table)));
  }

  Optional<Violation> ended(State now) {
    return once(
        Trace.mix(END, now.table),
        now,
        () -> rules.ended(past(now), tables.rows(now.table), tables.store(now.table)));
  }

  private Optional<Violation> once(long what, State now, Supplier<Optional<Violation>> rule) {
    long number = Trace.mix(what, now.pastHash());
    var known = judged.get(number);
    if (known == null) {
      known = verdict(rule);
      judged.put(number, known);
    }
    return known;
  }

  private static Optional<Violation> verdict(Supplier<Optional<Violation>> rule) {
    try {
      return rule.get();
    } catch (RuntimeException e) {
      return Optional.of(new Violation(Kind.OTHER, "a reader threw " + e));
    }
  }

  private Past past(State state) {
    var said = new ArrayList<Talk>();
    for (int talk : state.talks()) {
      said.add(talks.get(talk));
    }
    var done = new HashSet<OnStream>();
    for (int i = 0; i < state.done(); i++) {
      done.add(records.get(state.done(i)));
    }
    return new Past(said, done);
  }
}
