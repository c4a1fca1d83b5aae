package crowd.core.reset;

import crowd.core.claim.Claims;
import crowd.core.identity.Alias;
import crowd.core.identity.AnonymousId;
import crowd.core.message.Ids;
import crowd.core.message.Message;
import crowd.core.observe.Counter;
import crowd.core.observe.Metrics;
import crowd.core.profile.Profile;
import crowd.core.run.Attempts;
import crowd.core.store.Store;
import crowd.core.store.StoreUnavailableException;
import crowd.core.store.WriteOutcome;
import crowd.core.stream.AppendOutcome;
import crowd.core.stream.Envelope;
import crowd.core.stream.Stream;
import crowd.core.table.AliasRow;
import crowd.core.table.Table;
import crowd.core.verify.Sent;
import crowd.core.website.Website;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * A browser's user logs out: its anonymous id is sealed (R6), and it gets a new one. The old id
 * keeps its owner.
 */
public final class Reset {

  private final Store store;
  private final Table table;
  private final Stream stream;
  private final Attempts attempts;
  private final InstantSource clock;
  private final Ids ids;
  private final Metrics metrics;

  public Reset(
      Store store,
      Stream stream,
      Attempts attempts,
      InstantSource clock,
      Ids ids,
      Metrics metrics) {
    this.store = store;
    this.table = new Table(store);
    this.stream = stream;
    this.attempts = attempts;
    this.clock = clock;
    this.ids = ids;
    this.metrics = metrics;
  }

  /**
   * Seals, then puts the message on the stream: the consumer takes back what came after the seal.
   */
  public ResetOutcome apply(Website website, Sent sent) {
    var outcome = decide(website, sent.message());
    var kept = website.verification().ruling(sent, website.retention()).kept().orElseThrow();
    if (outcome instanceof ResetOutcome.Retired
        && !(stream.append(new Envelope(website.id(), List.of(kept)))
            instanceof AppendOutcome.Appended)) {
      metrics.add(Counter.UNAVAILABLE);
      return new ResetOutcome.Unavailable();
    }
    metrics.add(Counter.ACCEPTED_MESSAGES);
    return outcome;
  }

  /**
   * Seals only: whoever calls it has to put on the stream what the website's verification keeps.
   */
  public ResetOutcome decide(Website website, Message message) {
    try {
      attempts.until(() -> seal(website, message));
      return new ResetOutcome.Retired(new AnonymousId(ids.anonymousId()));
    } catch (StoreUnavailableException _) {
      metrics.add(Counter.UNAVAILABLE);
      return new ResetOutcome.Unavailable();
    }
  }

  private Optional<Boolean> seal(Website website, Message message) {
    var alias = table.alias(website.id(), message.anonymous().orElseThrow());
    var owner = sealedFrom(alias);
    if (owner
        .filter(profile -> alias.isErasedWith(profile.user(), profile.erasedAt()))
        .isPresent()) {
      store.write(AliasRow.write(alias.erased(owner.get().erasedAt())));
      return Optional.empty();
    }
    var next = alias.reset(message.time(), clock.instant().plus(Claims.LOOK_AFTER));
    if (next.equals(alias)) {
      return Optional.of(true);
    }
    return store.write(AliasRow.write(next)) instanceof WriteOutcome.Written
        ? Optional.of(true)
        : Optional.empty();
  }

  /**
   * The owner of an id that has a seal. It is forgotten with him if he was erased and nobody has
   * got round to the id: then the id is nobody's first, for of two seals a row keeps the earlier
   * only.
   */
  private Optional<Profile> sealedFrom(Alias alias) {
    return alias
        .owner()
        .filter(owner -> !alias.sealedAt().equals(Instant.MAX))
        .map(owner -> table.profile(alias.website(), owner));
  }
}
