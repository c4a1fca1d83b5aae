package crowd.core.group;

import crowd.core.identity.GroupId;
import crowd.core.message.Message;
import crowd.core.profile.Profile;
import crowd.core.run.Attempts;
import crowd.core.store.Store;
import crowd.core.store.WriteOutcome;
import crowd.core.table.MembershipRow;
import crowd.core.table.Table;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;

/** Remembers which groups a user said to be in. */
public final class Memberships {

  private final Store store;
  private final Table table;
  private final Attempts attempts;

  public Memberships(Store store, Attempts attempts) {
    this.store = store;
    this.table = new Table(store);
    this.attempts = attempts;
  }

  /**
   * Reads only if there is a message of a group, writes only if it changes something.
   *
   * @param user as he was read after the messages had been stored: what he has erased is not theirs
   *     to join
   * @param messages of the user
   */
  public void join(Profile user, Collection<Message> messages) {
    var said = new TreeMap<GroupId, Membership>();
    for (var message : messages) {
      message
          .group()
          .ifPresent(
              group -> said.merge(group, Membership.of(user.website(), message), Membership::join));
    }
    said.values().forEach(one -> attempts.until(() -> attempt(user, one)));
  }

  private Optional<Boolean> attempt(Profile user, Membership said) {
    var stored = table.membership(said.website(), said.user(), said.group());
    var next =
        stored
            .map(one -> one.isErasedBy(user.erasedAt()) ? one.replacedBy(said) : one.join(said))
            .orElse(said);
    return stored.filter(next::equals).isPresent()
            || store.write(MembershipRow.write(next)) instanceof WriteOutcome.Written
        ? Optional.of(true)
        : Optional.empty();
  }
}
