package crowd.simulation.world;

import crowd.core.observe.Counter;
import crowd.core.observe.Metrics;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.memory.Faults.Fate;
import crowd.core.store.memory.Faults.Operation;
import crowd.core.store.memory.Faults.Step;
import crowd.simulation.oracle.AliasState;
import crowd.simulation.oracle.Browser;
import crowd.simulation.oracle.DecisionLog;
import crowd.simulation.oracle.PeopleLog;
import crowd.simulation.oracle.Person;
import crowd.simulation.oracle.PersonState;
import crowd.simulation.schedule.Invocation;
import crowd.simulation.schedule.Strand;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Recognises rare branches from outside, by the steps that a strand does. */
final class Watch implements Metrics {

  private final Branches branches;
  private final DecisionLog decisions;
  private final PeopleLog people;
  private final Function<Key, @Nullable Item> peek;
  private final IdentityHashMap<Strand, Seen> seen = new IdentityHashMap<>();
  private final Set<Key> halfWay = new HashSet<>();
  private final Set<Person> wereErased = new HashSet<>();
  private final Set<Invocation> linked = new HashSet<>();
  private final Set<Invocation> unanswered = new HashSet<>();
  private boolean lags;

  Watch(
      Branches branches,
      DecisionLog decisions,
      PeopleLog people,
      Function<Key, @Nullable Item> peek) {
    this.branches = branches;
    this.decisions = decisions;
    this.people = people;
    this.peek = peek;
  }

  /** What a strand did last. */
  private static final class Seen {
    private @Nullable Key alias;
    private long epoch;
    private boolean queried;
    private boolean hasCopied;
    private @Nullable String phase;
    private boolean copyWasThere;
  }

  @Override
  public void add(Counter counter, long n) {
    if (n == 0) {
      return;
    }
    switch (counter) {
      case USER_SWITCHES -> branches.reached(Branch.USER_SWITCH);
      case SHARED_IDS -> branches.reached(Branch.SHARED_REACHED);
      case REFUSED_LINKS -> branches.reached(Branch.LIMIT_REFUSED);
      case LAZY_IDS -> branches.reached(Branch.LAZY_REACHED);
      case UNAVAILABLE -> branches.reached(Branch.UNAVAILABLE);
      default -> {}
    }
  }

  void before(Step step, Strand strand) {
    if (step.operation() == Operation.WRITE && isCopy(key(step))) {
      of(strand).copyWasThere = peek.apply(key(step)) != null;
    }
    if (!halfWay.isEmpty() && !strand.isInTransaction()) {
      for (var key : step.keys()) {
        if (halfWay.contains(key)) {
          branches.reached(
              step.operation() == Operation.GET
                  ? Branch.HALF_TRANSACTION_SEEN
                  : Branch.HALF_TRANSACTION_IN_THE_WAY);
        }
      }
    }
  }

  void after(Step step, Strand strand) {
    switch (step.operation()) {
      case GET -> read(key(step), strand);
      case QUERY -> of(strand).queried |= key(step).pk().contains("#a#");
      case INDEX_QUERY -> {
        if (lags) {
          branches.reached(Branch.INDEX_LAGGED);
        }
      }
      case WRITE -> wrote(key(step), strand);
      case TRANSACT -> {
        if (strand.isInTransaction()) {
          halfWay.removeAll(step.keys());
        }
      }
      case PUT_ALL -> {}
    }
  }

  private void read(Key key, Strand strand) {
    var did = of(strand);
    if (key.sk().startsWith("J#")) {
      var job = peek.apply(key);
      did.phase = job == null ? null : job.text("phase").orElse(null);
    } else if (key.sk().equals("@") && key.pk().contains("#a#")) {
      var state = decisions.state(browser(key));
      boolean isConsumer = strand.invocation().kind() == Invocation.Kind.CONSUMER;
      boolean isReconciler = strand.invocation().kind() == Invocation.Kind.RECONCILER;
      if (key.equals(did.alias) && state.epoch() != did.epoch && (did.hasCopied || did.queried)) {
        branches.reached(did.queried ? Branch.CONVERGE_RESTARTED : Branch.SETTLE_WENT_ROUND);
      } else if (isReconciler && !key.equals(did.alias) && !state.waits()) {
        branches.reached(Branch.STALE_INDEX_ENTRY);
      }
      did.phase = null;
      did.queried &= key.equals(did.alias);
      did.hasCopied = false;
      did.epoch = state.epoch();
      did.alias = isConsumer || isReconciler ? key : null;
    }
  }

  private void wrote(Key key, Strand strand) {
    if (!isCopy(key)) {
      return;
    }
    var did = of(strand);
    did.hasCopied = true;
    if (did.copyWasThere && peek.apply(key) == null) {
      branches.reached(
          did.phase == null
              ? Branch.COPY_TAKEN_BACK
              : did.phase.equals("LATE_SWEEP")
                  ? Branch.LATE_SWEEP_DELETED
                  : Branch.FIRST_SWEEP_DELETED);
      if ("LATE_SWEEP".equals(did.phase) && decisions.state(copied(key)).wasUnlinked()) {
        branches.reached(Branch.LATE_SWEEP_DELETED_AFTER_UNLINK);
      }
    }
  }

  void halfWay(Step transaction) {
    halfWay.addAll(transaction.keys());
  }

  /** Whether a transaction that decides about the id is half visible. */
  boolean isHalfWay(Browser browser) {
    return halfWay.contains(new Key(browser.website() + "#a#" + browser.id(), "@"));
  }

  /** Whether it is half visible with whom the user is one person. */
  boolean isHalfWay(Person person) {
    if (halfWay.isEmpty()) {
      return false;
    }
    for (var member : people.members(person)) {
      if (halfWay.contains(new Key(member.website() + "#u#" + member.user(), "@"))) {
        return true;
      }
    }
    return false;
  }

  void lags() {
    lags = true;
  }

  void caughtUp() {
    lags = false;
  }

  void fate(Step step, Fate fate, Strand strand) {
    if (step.operation() == Operation.PUT_ALL && fate != Fate.NORMAL) {
      branches.reached(Branch.LEFTOVER);
    }
    if (step.operation() == Operation.TRANSACT && fate == Fate.REPLY_LOST) {
      unanswered.add(strand.invocation());
    }
  }

  void landed(int writes, boolean tookEffect) {
    branches.reached(
        writes > 1
            ? tookEffect ? Branch.LATE_TRANSACTION_TOOK_EFFECT : Branch.LATE_TRANSACTION_REFUSED
            : tookEffect ? Branch.LATE_WRITE_TOOK_EFFECT : Branch.LATE_WRITE_REFUSED);
  }

  /**
   * @param strand null if nobody's: a late write
   */
  void changed(Browser browser, AliasState before, AliasState after, @Nullable Strand strand) {
    if (before.owner() == null && after.owner() != null) {
      linked(before, strand);
      if (people.state(new Person(browser.website(), after.owner())).mergedInto() != null) {
        branches.reached(Branch.LINKED_TO_MERGED);
      }
      if (before.erasedAt() != Long.MIN_VALUE) {
        branches.reached(Branch.LINKED_AFTER_ERASURE);
      }
    } else if (after.erasedAt() < before.erasedAt()) {
      branches.reached(Branch.ALIAS_REMOVED);
    } else if (before.owner() != null
        && after.owner() == null
        && after.unlinkedAt() > before.unlinkedAt()) {
      unlinked(before);
    }
    if (!before.copies().equals("TRIMMING") && after.copies().equals("TRIMMING")) {
      branches.reached(Branch.TRIMMING_REACHED);
    }
    if (before.copies().equals("TRIMMED") && after.copies().equals("DONE")) {
      branches.reached(Branch.TRIMMING_ENDED);
    }
    if (before.copies().equals("PENDING") && after.sealedAt() < before.sealedAt()) {
      branches.reached(Branch.SEALED_WHILE_PENDING);
    }
    if (after.cursor() != null) {
      branches.reached(Branch.CURSOR_STORED);
    } else if (before.cursor() != null && before.epoch() == after.epoch()) {
      branches.reached(Branch.CURSOR_RESUMED);
    }
    if (before.waits()
        && !after.waits()
        && strand != null
        && strand.invocation().kind() == Invocation.Kind.RECONCILER) {
      branches.reached(Branch.RECONCILER_FINISHED_LINK);
    }
  }

  void changed(Person person, PeopleLog.Change change) {
    var parent = change.after().mergedInto();
    if (change.before().mergedInto() == null && parent != null) {
      branches.reached(Branch.MERGED);
      var other = new Person(person.website(), parent);
      if (decisions.isCopyingFor(person) || decisions.isCopyingFor(other)) {
        branches.reached(Branch.MERGED_WHILE_COPYING);
      }
      if (people.hasMergedIn(person)) {
        branches.reached(Branch.MERGED_WITH_MERGED);
      }
    } else if (change.before().mergedInto() != null
        && parent == null
        && !change.after().isTombstone()) {
      branches.reached(Branch.UNMERGED);
    }
    if (change.after().erasedAt() > change.before().erasedAt()) {
      erased(person, change.before());
    } else if (change.before().isTombstone() && !change.after().isTombstone()) {
      branches.reached(
          change.after().isThere() ? Branch.NEW_AFTER_ERASURE : Branch.TOMBSTONE_REMOVED);
    } else if (!change.before().isThere() && wereErased.contains(person)) {
      branches.reached(Branch.NEW_AFTER_ERASURE);
    }
  }

  private void erased(Person person, PersonState before) {
    branches.reached(Branch.ERASED);
    if (!wereErased.add(person)) {
      branches.reached(Branch.ERASED_AGAIN);
    }
    if (decisions.isCopyingFor(person)) {
      branches.reached(Branch.ERASED_WHILE_COPYING);
    }
    if (before.mergedInto() != null || people.hasMergedIn(person)) {
      branches.reached(Branch.ERASED_ONE_OF_SEVERAL);
    }
  }

  private void unlinked(AliasState before) {
    branches.reached(Branch.UNLINKED);
    if (before.copies().equals("PENDING")) {
      branches.reached(Branch.UNLINK_WHILE_PENDING);
    }
  }

  private void linked(AliasState before, @Nullable Strand strand) {
    if (before.wasUnlinked()) {
      branches.reached(Branch.RELINKED_AFTER_UNLINK);
    }
    if (before.sealedAt() != Long.MAX_VALUE) {
      branches.reached(Branch.LINKED_THOUGH_RESET);
    }
    if (strand != null && strand.invocation().kind() == Invocation.Kind.API) {
      branches.reached(Branch.LINKED_IN_REQUEST);
      linked.add(strand.invocation());
    } else if (strand != null) {
      branches.reached(Branch.LINKED_IN_CONSUMER);
    }
  }

  void appended(Invocation invocation) {
    linked.remove(invocation);
  }

  /** The invocation answered that the id is now, or was, the user's. */
  void answeredOwn(Invocation invocation) {
    if (unanswered.contains(invocation)) {
      branches.reached(Branch.OWN_LINK_AFTER_LOST_REPLY);
    }
  }

  void crashed(Strand strand) {
    var invocation = strand.invocation();
    branches.reached(
        switch (invocation.kind()) {
          case API -> Branch.API_CRASHED;
          case CONSUMER -> Branch.CONSUMER_CRASHED;
          case RECONCILER -> Branch.RECONCILER_CRASHED;
        });
    if (strand.isInTransaction()) {
      branches.reached(Branch.CRASH_IN_TRANSACTION);
    } else if (linked.contains(invocation)) {
      branches.reached(Branch.CRASH_BETWEEN_LINK_AND_APPEND);
    }
  }

  private Seen of(Strand strand) {
    return seen.computeIfAbsent(strand, _ -> new Seen());
  }

  static boolean isCopy(Key key) {
    return key.sk().startsWith("E#") && key.pk().contains("#u#") && !key.sk().endsWith("#U");
  }

  static Browser browser(Key key) {
    int id = key.pk().indexOf("#a#");
    return new Browser(key.pk().substring(0, id), key.pk().substring(id + 3));
  }

  static Person person(Key key) {
    int user = key.pk().indexOf("#u#");
    return new Person(key.pk().substring(0, user), key.pk().substring(user + 3));
  }

  /** The anonymous id that a copy is made from. */
  private static Browser copied(Key copy) {
    return new Browser(
        copy.pk().substring(0, copy.pk().indexOf("#u#")),
        copy.sk().substring(copy.sk().lastIndexOf("#=") + 2));
  }

  private static Key key(Step step) {
    return step.keys().iterator().next();
  }
}
