package crowd.core.claim;

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

/** Takes the claims of somebody who was erased from ids that are not his. */
public final class Withdraw {

  private final Store store;
  private final Table table;
  private final Attempts attempts;

  public Withdraw(Store store, Attempts attempts) {
    this.store = store;
    this.table = new Table(store);
    this.attempts = attempts;
  }

  /**
   * The id no longer says that the user claimed it. An id that is his stays: it goes with him.
   *
   * @param erasure claims that were received later are of somebody new
   * @throws crowd.core.store.StoreUnavailableException if it is not known to be done; safe to
   *     repeat
   */
  public void of(WebsiteId website, UserId user, AnonymousId id, Instant erasure) {
    attempts.until(() -> {
      var alias = table.alias(website, id);
      var next = alias.withoutClaimOf(user, erasure);
      return alias.ownedBy(user)
              || next.equals(alias)
              || store.write(AliasRow.write(next)) instanceof WriteOutcome.Written
          ? Optional.of(true)
          : Optional.empty();
    });
  }
}
