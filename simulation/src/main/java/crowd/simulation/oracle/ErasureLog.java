package crowd.simulation.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When people were erased, and what went with them: all that was received up to the moment. What
 * was sent later stays. What was sent before and is received after it, by clocks that differ, may
 * go one way or the other where the erasure decides, and not the moment.
 */
public final class ErasureLog {

  private final Map<Person, List<Erasure>> ofPeople = new HashMap<>();
  private final Map<Browser, List<Erasure>> ofIds = new HashMap<>();

  /**
   * A person's tombstone was committed.
   *
   * @param at the moment, as the tombstone says
   * @param sentBefore how many attempts had been sent then
   * @param withHim who was one with him just before
   * @param ids that were his, and went with him
   */
  record Erasure(Person person, long at, int sentBefore, List<Person> withHim, Set<Browser> ids) {

    /** Whether the attempt is none of what has to stay. */
    boolean isBeside(Attempt attempt) {
      return attempt.receivedAt() <= at || attempt.number() < sentBefore;
    }
  }

  void add(Erasure erasure) {
    ofPeople.computeIfAbsent(erasure.person(), _ -> new ArrayList<>()).add(erasure);
    for (var id : erasure.ids()) {
      ofIds.computeIfAbsent(id, _ -> new ArrayList<>()).add(erasure);
    }
  }

  boolean isEmpty() {
    return ofPeople.isEmpty();
  }

  /**
   * Whether somebody who was one with the person was erased at this moment, and so he should have
   * been: his own tombstone then makes up for it, and is about nobody else.
   */
  boolean isOwed(Person person, long at) {
    return ofPeople.values().stream()
        .flatMap(List::stream)
        .anyMatch(erasure -> erasure.at() == at && erasure.withHim().contains(person));
  }

  Map<Person, List<Erasure>> ofPeople() {
    return ofPeople;
  }

  List<Erasure> of(Person person) {
    return ofPeople.getOrDefault(person, List.of());
  }

  /** Those with which the id went. */
  List<Erasure> of(Browser browser) {
    return ofIds.getOrDefault(browser, List.of());
  }

  /** Whether an id went with somebody. */
  public boolean hasTaken(Browser browser) {
    return ofIds.containsKey(browser);
  }

  /** Whether what a user's rows of this moment say had to go. */
  public boolean takes(Person person, long moment) {
    return takes(of(person), moment);
  }

  /** Whether what a partition's rows of this moment say had to go. */
  boolean takes(String partition, long moment) {
    int user = partition.indexOf("#u#");
    int id = partition.indexOf("#a#");
    return user > 0
        ? takes(new Person(partition.substring(0, user), partition.substring(user + 3)), moment)
        : takes(new Browser(partition.substring(0, id), partition.substring(id + 3)), moment);
  }

  /** Whether what an anonymous id's rows of this moment say had to go. */
  boolean takes(Browser browser, long moment) {
    return takes(of(browser), moment);
  }

  private static boolean takes(List<Erasure> erasures, long moment) {
    for (var erasure : erasures) {
      if (moment <= erasure.at()) {
        return true;
      }
    }
    return false;
  }

  /** Whether an event had to go from under the identity that it was sent with. */
  public boolean takes(Attempt attempt) {
    if (ofPeople.isEmpty()) {
      return false;
    }
    var user = user(attempt);
    return user != null
        ? takes(user, attempt.receivedAt())
        : takes(browser(attempt), attempt.receivedAt());
  }

  /** Whether what a message says of its user, or of its id, may have gone. */
  boolean mayTake(Attempt attempt) {
    if (ofPeople.isEmpty()) {
      return false;
    }
    var user = user(attempt);
    return isBeside(user == null ? List.of() : of(user), attempt)
        || (attempt.message().anonymous() != null && isBeside(of(browser(attempt)), attempt));
  }

  /** Whether what a message says of its user may have gone. */
  boolean mayTakeOfUser(Attempt attempt) {
    var user = user(attempt);
    return user != null && isBeside(of(user), attempt);
  }

  /** Whether a claim was received too early to link anything any more. */
  boolean takesClaim(Attempt attempt) {
    if (ofPeople.isEmpty()) {
      return false;
    }
    var user = user(attempt);
    return (user != null && takes(user, attempt.receivedAt()))
        || takes(browser(attempt), attempt.receivedAt());
  }

  private static boolean isBeside(List<Erasure> erasures, Attempt attempt) {
    for (var erasure : erasures) {
      if (erasure.isBeside(attempt)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Person user(Attempt attempt) {
    var user = attempt.message().user();
    return user == null ? null : new Person(attempt.message().website(), user);
  }

  private static Browser browser(Attempt attempt) {
    return new Browser(attempt.message().website(), String.valueOf(attempt.message().anonymous()));
  }
}
