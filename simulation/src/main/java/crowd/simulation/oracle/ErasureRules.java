package crowd.simulation.oracle;

import crowd.core.store.Item;
import crowd.simulation.oracle.Violation.Kind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether anything is left of people who were erased, beyond their events. */
final class ErasureRules {

  private static final Set<String> OF_CLAIMS =
      Set.of("USER_SWITCH", "CLAIMED_BY_OTHER", "SHARED", "RETIRED", "REFUSED_LIMIT");

  private final RawTable table;
  private final Ledger ledger;
  private final PeopleLog people;
  private final ErasureLog erasures;
  private final Findings findings;

  ErasureRules(
      RawTable table, Ledger ledger, PeopleLog people, ErasureLog erasures, Findings findings) {
    this.table = table;
    this.ledger = ledger;
    this.people = people;
    this.erasures = erasures;
    this.findings = findings;
  }

  void check(List<Item> dump) {
    erasures.ofPeople().values().forEach(all -> all.forEach(this::checkUnion));
    for (var row : dump) {
      check(row);
    }
    for (var person : erasures.ofPeople().keySet()) {
      findings.require(
          !people.state(person).isThere() || isSomebodyNew(person),
          Kind.RESURRECTED,
          () -> person + " was erased, and is there: " + people.state(person));
    }
  }

  /** All who were one with the person go at the same moment. */
  private void checkUnion(ErasureLog.Erasure erasure) {
    for (var member : erasure.withHim()) {
      findings.require(
          erasures.of(member).stream().anyMatch(one -> one.at() == erasure.at()),
          Kind.RESURRECTED,
          () -> erasure + " was without " + member);
    }
  }

  private void check(Item row) {
    var pk = row.key().pk();
    var sk = row.key().sk();
    int user = pk.indexOf("#u#");
    int id = pk.indexOf("#a#");
    if (user > 0) {
      checkOfUser(row, new Person(pk.substring(0, user), pk.substring(user + 3)));
    } else if (id > 0) {
      var browser = new Browser(pk.substring(0, id), pk.substring(id + 3));
      if (sk.startsWith("D#")) {
        checkFirstArrival(row);
      } else if (sk.equals("@")) {
        checkClaims(row, browser);
      }
    }
  }

  private void checkOfUser(Item row, Person person) {
    var sk = row.key().sk();
    if (sk.startsWith("D#")) {
      checkFirstArrival(row);
    } else if (sk.startsWith("H#")) {
      checkHistory(row, person);
    }
  }

  /** It stays for a later sending that has its time, and is the same event. */
  private void checkFirstArrival(Item row) {
    var partition = row.key().pk();
    long first = AliasState.number(row, "timestamp", Long.MAX_VALUE);
    gone(
        row,
        erasures.takes(partition, first)
            && table.events(partition).stream()
                .noneMatch(event ->
                    !event.isCopy()
                        && event.timestamp() == first
                        && row.key().sk().equals("D#" + event.messageId())));
  }

  private void checkHistory(Item row, Person person) {
    long at = AliasState.number(row, "at", Long.MAX_VALUE);
    var other = AliasState.text(row, "other");
    var kind = AliasState.text(row, "kind");
    gone(row, erasures.takes(person, at));
    if (other != null) {
      checkCounterpart(row, kind, at, new Person(person.website(), other));
    }
    if (kind != null && OF_CLAIMS.contains(kind)) {
      gone(row, isOfErasedClaim(row, person.website()));
    }
  }

  /**
   * A refused claim is told to both by the same sort key, to the claimant as of its arrival, and to
   * the id's owner not as of before the id was his: he may have begun anew behind an erasure.
   */
  private void checkCounterpart(Item row, @Nullable String kind, long at, Person other) {
    var same = table.decidedAt(other.partition(), row.key().sk());
    gone(row, erasures.takes(other, same == null ? at : same));
    gone(row, same == null && "CLAIMED_BY_OTHER".equals(kind));
  }

  /** Whether the claim that a row of history tells of was received before its user's erasure. */
  private boolean isOfErasedClaim(Item row, String website) {
    var message = AliasState.text(row, "message_id");
    boolean isOfErased = false;
    for (var attempt : ledger.attempts()) {
      if (attempt.message().website().equals(website)
          && attempt.message().isClaim()
          && attempt.message().messageId() != null
          && attempt.message().messageId().equals(message)) {
        if (!erasures.takes(attempt)) {
          return false;
        }
        isOfErased = true;
      }
    }
    return isOfErased;
  }

  /** Another's id does not say for ever that somebody claimed it who was erased. */
  private void checkClaims(Item row, Browser browser) {
    var claims = AliasState.text(row, "claims");
    for (var person : erasures.ofPeople().keySet()) {
      if (claims != null
          && person.website().equals(browser.website())
          && claims.contains('"' + person.user() + '"')) {
        gone(row, ledger.about(browser).stream().noneMatch(attempt -> isClaimOf(attempt, person)));
      }
    }
  }

  private boolean isClaimOf(Attempt attempt, Person person) {
    return attempt.message().isClaim()
        && person.user().equals(attempt.message().user())
        && !erasures.takes(attempt);
  }

  /** Whether a message, or a merge, can have made somebody of him since. */
  private boolean isSomebodyNew(Person person) {
    for (var attempt : ledger.attempts()) {
      if (attempt.message().website().equals(person.website())
          && person.user().equals(attempt.message().user())
          && !erasures.takes(attempt)) {
        return true;
      }
    }
    return people.isMergedSince(person, erasures.of(person).getLast());
  }

  private void gone(Item row, boolean has) {
    findings.require(!has, Kind.RESURRECTED, () -> row + " is left, of before an erasure");
  }
}
