package crowd.core.group;

import crowd.core.identity.GroupId;
import crowd.core.merge.Union;
import crowd.core.profile.Profile;
import crowd.core.store.Store;
import crowd.core.table.Table;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads which groups a person is in. */
public final class Groups {

  /** Groups of one user that are shown: anybody may send as many as he likes. */
  public static final int MOST_SHOWN = 100;

  private final Table table;

  public Groups(Store store) {
    this.table = new Table(store);
  }

  /** Those of all the person's users, each once, in the order in which he came to them. */
  public List<GroupView> of(Union person) {
    var since = new TreeMap<GroupId, Instant>();
    person.members().stream()
        .flatMap(member -> memberships(member.profile()))
        .forEach(one -> since.merge(one.group(), one.since(), Groups::earlier));
    var website = person.root().website();
    return table.groups(website, since.keySet()).values().stream()
        .map(group -> view(group, since.getOrDefault(group.id(), Instant.MAX)))
        .sorted(Comparator.comparing(GroupView::since).thenComparing(GroupView::id))
        .toList();
  }

  private Stream<Membership> memberships(Profile user) {
    return table.memberships(user.website(), user.user(), MOST_SHOWN).stream()
        .filter(one -> !one.isErasedBy(user.erasedAt()));
  }

  private static GroupView view(Group group, Instant since) {
    return new GroupView(group.id(), group.traits().values(), since);
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
