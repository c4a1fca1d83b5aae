package crowd.core.website;

import crowd.core.identity.WebsiteId;
import crowd.core.store.Store;
import crowd.core.store.WriteOutcome;
import crowd.core.table.FirstEventRow;
import crowd.core.table.TableKeys;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether anything of a website has ever come off the stream: what somebody wants to see who has
 * just put it on his pages, where nobody is identified yet. Safe for several threads.
 */
public final class FirstEvents {

  /** Websites in memory; with more it begins anew, at the price of one refused write for each. */
  static final int CAPACITY = 10_000;

  private final Store store;
  private final Set<WebsiteId> known = new HashSet<>();

  public FirstEvents(Store store) {
    this.store = store;
  }

  /**
   * Writes it down, unless an earlier call did. One write for each website in the life of this
   * object; if that fails, the website's next event tries again.
   *
   * @param receivedAt of an event that is stored
   */
  public void note(WebsiteId website, Instant receivedAt) {
    if (isKnown(website)) {
      return;
    }
    switch (store.write(List.of(FirstEventRow.write(website, receivedAt))).getFirst()) {
      case WriteOutcome.Written _, WriteOutcome.ConditionFailed _ -> remember(website);
      case WriteOutcome.Conflict _, WriteOutcome.Throttled _, WriteOutcome.Unknown _ -> {}
    }
  }

  private boolean isKnown(WebsiteId website) {
    synchronized (known) {
      return known.contains(website);
    }
  }

  private void remember(WebsiteId website) {
    synchronized (known) {
      if (known.size() >= CAPACITY) {
        known.clear();
      }
      known.add(website);
    }
  }

  /**
   * @return when the first event was received that was noted; empty before it
   */
  public Optional<Instant> of(WebsiteId website) {
    var key = TableKeys.firstEvent(website);
    return Optional.ofNullable(store.get(List.of(key)).get(key)).map(FirstEventRow::read);
  }
}
