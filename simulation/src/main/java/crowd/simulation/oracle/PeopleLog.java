package crowd.simulation.oracle;

import crowd.core.store.Item;
import crowd.simulation.oracle.ErasureLog.Erasure;
import crowd.simulation.oracle.Violation.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every committed state of who is one with whom, each judged when it comes: may it follow the one
 * before, and did somebody ask for it?
 */
public final class PeopleLog {

  /** Users of one person, himself among them. */
  static final int MOST_OF_ONE = 21;

  private final Ledger ledger;
  private final ErasureLog erasures;
  private final Findings findings;
  private final Map<Person, PersonState> current = new HashMap<>();
  private final List<MergeAsk> asks = new ArrayList<>();
  private final Set<MergeAsk> open = new LinkedHashSet<>();
  private final List<EraseAsk> eraseAsks = new ArrayList<>();
  private final Set<EraseAsk> openErases = new LinkedHashSet<>();
  private final Set<Pair> everOne = new HashSet<>();
  private final List<Merged> merged = new ArrayList<>();
  private final Map<Erasure, Integer> mergedBefore = new HashMap<>();

  public PeopleLog(Ledger ledger, ErasureLog erasures, Findings findings) {
    this.ledger = ledger;
    this.erasures = erasures;
    this.findings = findings;
  }

  private record Pair(Person one, Person other) {}

  /** A committed change of a pointer. */
  record Merged(Person child, Person parent, boolean isUndone) {}

  /** A merge may have made a user of somebody whom nobody had seen. */
  boolean isMergedSince(Person person, Erasure erasure) {
    int since = mergedBefore.getOrDefault(erasure, 0);
    for (var one : merged.subList(since, merged.size())) {
      if (!one.isUndone() && (one.child().equals(person) || one.parent().equals(person))) {
        return true;
      }
    }
    return false;
  }

  /** The ids that are a user's, of links made after one moment and up to another. */
  public interface Ids {
    Set<Browser> between(long after, long until);
  }

  /** One step of a user's row. */
  public record Change(PersonState before, PersonState after) {}

  /** Somebody asks for it, and waits for an answer. */
  public MergeAsk asks(boolean isMerge, Person user, Person other) {
    var ask = new MergeAsk(isMerge, user, other);
    ask.begin(isOne(ask), isCrowded(ask));
    asks.add(ask);
    open.add(ask);
    return ask;
  }

  /** He was told. */
  public void answered(MergeAsk ask, MergeAsk.Answer answer) {
    open.remove(ask);
    findings.require(
        ask.allows(answer), Kind.OTHER, () -> "the " + ask + " was answered " + answer);
  }

  /** Somebody asks for the person to be erased, and waits for an answer. */
  public EraseAsk asksToErase(Person user) {
    var ask = new EraseAsk(user);
    eraseAsks.add(ask);
    openErases.add(ask);
    tell(ask);
    return ask;
  }

  /** He was told. */
  public void answered(EraseAsk ask, EraseAsk.Answer answer) {
    openErases.remove(ask);
    findings.require(
        ask.allows(answer),
        Kind.OTHER,
        () -> "that " + ask.user() + " shall be erased was answered " + answer);
  }

  /**
   * To be called after each write that may have changed the row.
   *
   * @param ids tells which are the user's
   */
  public Change note(Person person, @Nullable Item row, Ids ids) {
    var before = state(person);
    var after = PersonState.of(row);
    if (!before.equals(after)) {
      var withHim =
          after.erasedAt() > before.erasedAt() && !erasures.isOwed(person, after.erasedAt())
              ? members(person)
              : List.<Person>of();
      current.put(person, after);
      if (after.erasedAt() > before.erasedAt()) {
        var erasure =
            new Erasure(
                person,
                after.erasedAt(),
                ledger.attempts().size(),
                withHim,
                ids.between(before.erasedAt(), after.erasedAt()));
        erasures.add(erasure);
        mergedBefore.put(erasure, merged.size());
      }
      judgeLife(person, before, after);
      if (!Objects.equals(before.mergedInto(), after.mergedInto())) {
        judgePointer(person, before.mergedInto(), after);
        remember();
      }
      openErases.forEach(this::tell);
    }
    return new Change(before, after);
  }

  private void tell(EraseAsk ask) {
    var state = state(ask.user());
    ask.sees(state.isTombstone(), !state.isAlive() || !state(root(ask.user())).isAlive());
  }

  private void judgeLife(Person person, PersonState before, PersonState after) {
    findings.require(
        after.isThere() || before.isTombstone(),
        Kind.LOST,
        () -> person + " has vanished without an erasure");
    findings.require(
        !after.isThere() || after.erasedAt() >= before.erasedAt(),
        Kind.RESURRECTED,
        () -> person + " forgot that he was erased: " + before + ", " + after);
    if (after.erasedAt() > before.erasedAt()) {
      findings.require(
          after.isTombstone() && after.mergedInto() == null,
          Kind.RESURRECTED,
          () -> person + " was erased and is still somebody: " + after);
      findings.require(
          isErasureAsked(person), Kind.LOST, () -> person + " was erased, and nobody asked for it");
    }
  }

  private boolean isErasureAsked(Person person) {
    for (var ask : eraseAsks) {
      if (wereEverOne(ask.user(), person)) {
        return true;
      }
    }
    return false;
  }

  /** Takes rows for what they are, without judging how they came to be. */
  public void assume(Map<Person, Item> rows) {
    rows.forEach((person, row) -> current.put(person, PersonState.of(row)));
    remember();
  }

  public PersonState state(Person person) {
    return current.getOrDefault(person, PersonState.NOTHING);
  }

  /** The user who stands for the person. */
  public Person root(Person person) {
    var root = person;
    for (int steps = 0; steps <= MOST_OF_ONE; steps++) {
      var parent = state(root).mergedInto();
      if (parent == null) {
        return root;
      }
      root = new Person(root.website(), parent);
    }
    findings.add(Kind.OTHER, person + " is merged in a circle");
    return person;
  }

  /** Whether others are merged into the user. */
  public boolean hasMergedIn(Person person) {
    for (var entry : current.entrySet()) {
      if (person.user().equals(entry.getValue().mergedInto())
          && person.website().equals(entry.getKey().website())) {
        return true;
      }
    }
    return false;
  }

  /** All users who are one with this one now, himself among them. */
  public List<Person> members(Person person) {
    var root = root(person);
    var members = new ArrayList<Person>();
    if (!current.containsKey(root)) {
      members.add(root);
    }
    for (var other : current.keySet()) {
      if (root(other).equals(root)) {
        members.add(other);
      }
    }
    return members;
  }

  /** Whether the two are, or were at some time, users of one person. */
  boolean wereEverOne(Person a, Person b) {
    return a.equals(b) || everOne.contains(new Pair(a, b));
  }

  /** Whether the second is merged into the first, over any number of steps. */
  public boolean isAbove(Person above, Person below) {
    return !above.equals(below) && root(below).equals(above);
  }

  /** In order. */
  List<Merged> merged() {
    return merged;
  }

  /** Whom somebody wanted to be one with another, or no longer. */
  Set<Person> named() {
    var named = new LinkedHashSet<Person>();
    for (var ask : asks) {
      named.add(ask.user());
      named.add(ask.other());
    }
    return named;
  }

  private void judgePointer(Person child, @Nullable String before, PersonState now) {
    var after = now.mergedInto();
    if (before != null && !now.isTombstone()) {
      var parent = new Person(child.website(), before);
      findings.require(
          after == null,
          Kind.MISATTRIBUTED,
          () -> child + " went from " + before + " to " + after + " in one step");
      findings.require(
          isAsked(false, child, parent),
          Kind.LOST,
          () -> child + " was parted from " + before + ", and nobody asked for it");
      merged.add(new Merged(child, parent, true));
    }
    if (after != null) {
      var parent = new Person(child.website(), after);
      findings.require(
          state(parent).mergedInto() == null && !parent.equals(child),
          Kind.MISATTRIBUTED,
          () -> child + " was merged into " + after + ", who is not his own person");
      findings.require(
          isAsked(true, child, parent),
          Kind.MISATTRIBUTED,
          () -> child + " was merged into " + after + ", and nobody asked for it");
      merged.add(new Merged(child, parent, false));
      for (var ask : open) {
        if (asksFor(ask, true, child, parent)) {
          ask.done();
        }
      }
      findings.require(
          members(parent).size() <= MOST_OF_ONE,
          Kind.OTHER,
          () -> parent + " is one of too many: " + members(parent));
    }
  }

  private boolean isAsked(boolean isMerge, Person child, Person parent) {
    for (var ask : asks) {
      if (asksFor(ask, isMerge, child, parent)) {
        return true;
      }
    }
    return false;
  }

  /** Who is named in a request stands for all who are, or were since, one with him. */
  private boolean asksFor(MergeAsk ask, boolean isMerge, Person child, Person parent) {
    return ask.isMerge() == isMerge
        && (isMerge ? wereEverOne(ask.user(), child) : ask.user().equals(child))
        && wereEverOne(ask.other(), parent);
  }

  private void remember() {
    for (var person : current.keySet()) {
      for (var member : members(person)) {
        everOne.add(new Pair(person, member));
        everOne.add(new Pair(member, person));
      }
    }
    for (var ask : open) {
      ask.sees(isOne(ask), isCrowded(ask));
    }
  }

  /** An unmerge is about a user who was merged into another, not about him who stands for both. */
  private boolean isOne(MergeAsk ask) {
    return root(ask.user()).equals(root(ask.other()))
        && (ask.isMerge() || state(ask.user()).mergedInto() != null);
  }

  private boolean isCrowded(MergeAsk ask) {
    return ask.isMerge()
        && !isOne(ask)
        && members(ask.user()).size() + members(ask.other()).size() > MOST_OF_ONE;
  }
}
