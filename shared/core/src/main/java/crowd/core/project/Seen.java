package crowd.core.project;

import crowd.core.identity.Alias;
import crowd.core.run.Attempts;
import crowd.core.store.Store;
import crowd.core.store.WriteOutcome;
import crowd.core.table.ProfileRow;
import crowd.core.table.Table;
import java.time.Instant;
import java.util.Optional;

/** Lets an owner's profile know of the times of the anonymous events that are now his. */
record Seen(Store store, Table table, Attempts attempts) {

  /**
   * Writes only if a time moves. The profile is there, since a link made it. If it is not, or still
   * the tombstone of before the link, that transaction is half visible, and this has to wait for
   * it.
   */
  void mark(Alias alias, Instant earliest, Instant latest) {
    var owner = alias.owner().orElseThrow();
    attempts.until(() -> {
      var profile = table.profile(alias.website(), owner);
      if (profile.revision() == 0
          || (profile.erased() && !alias.isErasedWith(owner, profile.erasedAt()))) {
        return Optional.empty();
      }
      var next = profile.seen(earliest).seen(latest);
      return profile.erased()
              || next.equals(profile)
              || store.write(ProfileRow.write(next)) instanceof WriteOutcome.Written
          ? Optional.of(true)
          : Optional.empty();
    });
  }
}
