package crowd.local.faults;

import crowd.local.faults.RawTable.Link;
import java.util.HashSet;

/** Whose an anonymous id must be, and from when on nobody's. */
final class LinkRules {

  private final RawTable table;
  private final Findings findings;

  LinkRules(RawTable table, Findings findings) {
    this.table = table;
    this.findings = findings;
  }

  void check(Past past, String anonymousId) {
    var link = table.link(anonymousId);
    checkOwner(past, anonymousId, link);
    if (past.isUntouched(anonymousId)) {
      checkUntouched(past, anonymousId, link);
    } else if (past.erasures().stream().noneMatch(one -> past.mayTake(one, anonymousId))) {
      checkTouched(past, anonymousId, link);
    }
  }

  /** He claimed it since it was nobody's for certain. */
  private void checkOwner(Past past, String anonymousId, Link link) {
    int free = past.lastFree(anonymousId);
    findings.require(
        link.owner().isEmpty()
            || past.history().about(anonymousId).stream()
                .anyMatch(sent ->
                    sent.user().equals(link.owner()) && sent.act() > free && !past.isErased(sent)),
        () -> anonymousId + " was not claimed by its owner: " + link + " in " + past);
  }

  private void checkUntouched(Past past, String anonymousId, Link link) {
    var about = past.history().about(anonymousId);
    long reset =
        about.stream().filter(Sent::isReset).mapToLong(Sent::time).min().orElse(Long.MAX_VALUE);
    findings.require(
        !link.owner().isEmpty()
            || about.stream().noneMatch(sent -> sent.isClaim() && sent.time() <= reset),
        () -> anonymousId + " was claimed and is nobody's: " + link + " in " + past);
    long seal =
        about.stream()
            .filter(sent ->
                sent.isReset()
                    || (sent.isClaim()
                        && !link.owner().isEmpty()
                        && !sent.user().equals(link.owner())))
            .mapToLong(Sent::time)
            .min()
            .orElse(Long.MAX_VALUE);
    findings.equal(seal, link.sealedAt(), () -> anonymousId + " is sealed wrongly in " + past);
  }

  /**
   * What came in the same act as an unlink may have come before it or after. Not for an id that may
   * have been erased with its owner: which of its seals are of before, only the table knows.
   */
  private void checkTouched(Past past, String anonymousId, Link link) {
    var about = past.history().about(anonymousId);
    int touched = past.lastTouched(anonymousId);
    findings.require(
        !link.owner().isEmpty()
            || about.stream()
                .noneMatch(sent ->
                    sent.isClaim() && sent.act() > touched && sent.time() <= link.sealedAt()),
        () -> anonymousId + " was claimed afterwards and is nobody's: " + link + " in " + past);
    findings.require(
        about.stream().filter(Sent::isReset).allMatch(sent -> link.sealedAt() <= sent.time()),
        () -> anonymousId + " was reset before its seal: " + link + " in " + past);
    var seals = new HashSet<Long>();
    seals.add(Long.MAX_VALUE);
    about.stream()
        .filter(sent -> sent.isReset() || sent.isClaim())
        .map(Sent::time)
        .forEach(seals::add);
    findings.require(
        seals.contains(link.sealedAt()),
        () -> anonymousId + " is sealed at a time of nothing: " + link + " in " + past);
  }
}
