package crowd.core.merge;

import crowd.core.history.Because;
import crowd.core.identify.Identify;
import crowd.core.identify.IdentifyOutcome;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.message.Message;
import crowd.core.observe.Counter;
import crowd.core.observe.Metrics;
import crowd.core.store.Query;
import crowd.core.store.Store;
import crowd.core.store.StoreUnavailableException;
import crowd.core.table.Table;
import crowd.core.table.TableKeys;
import crowd.core.verify.Sent;
import crowd.core.website.Website;
import java.util.Optional;

/**
 * A server says that another id stands for the same person. An anonymous id is claimed, under the
 * rules of every claim; a user is merged. Of an id that nobody has seen, either may come later:
 * both are done, so that the order of messages does not matter.
 */
public final class AliasUser {

  private final Store store;
  private final Table table;
  private final Merge merge;
  private final Identify identify;
  private final Metrics metrics;

  public AliasUser(Store store, Merge merge, Identify identify, Metrics metrics) {
    this.store = store;
    this.table = new Table(store);
    this.merge = merge;
    this.identify = identify;
    this.metrics = metrics;
  }

  /** What is known of an id. */
  private enum Known {
    ANONYMOUS,
    USER,
    UNKNOWN
  }

  public AliasOutcome apply(Website website, Message alias) {
    var previous = alias.previousId().orElseThrow();
    var user = alias.user().orElseThrow();
    if (user.value().equals(previous)) {
      return new AliasOutcome.Merged(MergeOutcome.UNCHANGED);
    }
    try {
      return switch (known(website.id(), user, previous)) {
        case ANONYMOUS -> new AliasOutcome.Claimed(claim(website, alias, previous));
        case USER -> new AliasOutcome.Merged(merge(website, alias, previous));
        case UNKNOWN -> both(website, alias, previous);
      };
    } catch (StoreUnavailableException _) {
      metrics.add(Counter.UNAVAILABLE);
      return new AliasOutcome.Merged(MergeOutcome.UNAVAILABLE);
    }
  }

  /**
   * An alias row that links the id to this very user proves nothing: an alias that was cut short
   * between its two halves leaves one, and has to do both again.
   */
  private Known known(WebsiteId website, UserId user, String id) {
    if (id.startsWith(AnonymousId.PREFIX)) {
      return Known.ANONYMOUS;
    }
    var anonymous = new AnonymousId(id);
    var standing = table.standing(website, new UserId(id), Optional.of(anonymous));
    if (standing.profile().exists()) {
      return Known.USER;
    }
    boolean isElsewhere =
        standing
            .alias()
            .filter(alias -> alias.revision() > 0 && !alias.owner().equals(Optional.of(user)))
            .isPresent();
    return isElsewhere || hasEvents(website, anonymous) ? Known.ANONYMOUS : Known.UNKNOWN;
  }

  private boolean hasEvents(WebsiteId website, AnonymousId id) {
    var any = Query.prefix(TableKeys.anonymousPartition(website, id), TableKeys.EVENTS, 1);
    return !store.query(any).items().isEmpty();
  }

  private AliasOutcome both(Website website, Message alias, String previous) {
    var claimed = claim(website, alias, previous);
    return claimed instanceof IdentifyOutcome.Decided
        ? new AliasOutcome.Merged(merge(website, alias, previous))
        : new AliasOutcome.Claimed(claimed);
  }

  private IdentifyOutcome claim(Website website, Message alias, String previous) {
    return identify.apply(website, Sent.trusted(alias.in(new AnonymousId(previous)), false));
  }

  private MergeOutcome merge(Website website, Message alias, String previous) {
    return merge.apply(
        website.id(),
        new UserId(previous),
        alias.user().orElseThrow(),
        alias.time(),
        new Because(alias.type().word(), alias.messageId()));
  }
}
