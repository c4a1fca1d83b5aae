package crowd.core.erase;

import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.run.Attempts;
import crowd.core.store.Store;
import crowd.core.store.WriteOutcome;
import crowd.core.table.AliasRow;
import crowd.core.table.Table;
import java.time.Instant;
import java.util.Optional;

/** Makes the ids of somebody who was erased nobody's. */
record Release(Store store, Table table, Attempts attempts) {

  Release(Store store, Attempts attempts) {
    this(store, new Table(store), attempts);
  }

  /** Leaves an id that somebody new with the same user id has claimed since. */
  void of(WebsiteId website, UserId user, AnonymousId id, Instant erasure) {
    attempts.until(() -> {
      var alias = table.alias(website, id);
      return !alias.isErasedWith(user, erasure)
              || store.write(AliasRow.write(alias.erased(erasure))) instanceof WriteOutcome.Written
          ? Optional.of(true)
          : Optional.empty();
    });
  }
}
