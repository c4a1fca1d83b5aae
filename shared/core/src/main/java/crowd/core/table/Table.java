package crowd.core.table;

import crowd.core.group.Group;
import crowd.core.group.Membership;
import crowd.core.history.Decided;
import crowd.core.identity.Alias;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.GroupId;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.merge.MergedIn;
import crowd.core.profile.Link;
import crowd.core.profile.Profile;
import crowd.core.store.Query;
import crowd.core.store.Store;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The strong reads of whole rows that several use cases need. */
public record Table(Store store) {

  private static final int ROWS_A_PAGE = 500;

  /**
   * What decides about a message of a user.
   *
   * @param alias empty if the message has no anonymous id
   */
  public record Standing(Profile profile, Optional<Alias> alias) {}

  public Standing standing(WebsiteId website, UserId user, Optional<AnonymousId> id) {
    var profileKey = TableKeys.profile(website, user);
    var aliasKey = id.map(anonymous -> TableKeys.alias(website, anonymous));
    var keys = new ArrayList<>(List.of(profileKey));
    aliasKey.ifPresent(keys::add);
    var items = store.get(keys);
    return new Standing(
        ProfileRow.read(website, user, items.get(profileKey)),
        id.map(anonymous ->
            AliasRow.read(website, anonymous, items.get(TableKeys.alias(website, anonymous)))));
  }

  public Alias alias(WebsiteId website, AnonymousId id) {
    var key = TableKeys.alias(website, id);
    return AliasRow.read(website, id, store.get(List.of(key)).get(key));
  }

  /** The alias of each id, in the order of the ids. */
  public Map<AnonymousId, Alias> aliases(WebsiteId website, Collection<AnonymousId> ids) {
    var items = store.getAll(ids.stream().map(id -> TableKeys.alias(website, id)).toList());
    var aliases = new LinkedHashMap<AnonymousId, Alias>();
    for (var id : ids) {
      aliases.put(id, AliasRow.read(website, id, items.get(TableKeys.alias(website, id))));
    }
    return aliases;
  }

  public Profile profile(WebsiteId website, UserId user) {
    var key = TableKeys.profile(website, user);
    return ProfileRow.read(website, user, store.get(List.of(key)).get(key));
  }

  /** The profile of each user, in the order of the users. */
  public Map<UserId, Profile> profiles(WebsiteId website, Collection<UserId> users) {
    var items = store.getAll(users.stream().map(user -> TableKeys.profile(website, user)).toList());
    var profiles = new LinkedHashMap<UserId, Profile>();
    for (var user : users) {
      profiles.put(
          user, ProfileRow.read(website, user, items.get(TableKeys.profile(website, user))));
    }
    return profiles;
  }

  public Group group(WebsiteId website, GroupId id) {
    var key = TableKeys.group(website, id);
    return GroupRow.read(website, id, store.get(List.of(key)).get(key));
  }

  /** The group of each id, in the order of the ids. */
  public Map<GroupId, Group> groups(WebsiteId website, Collection<GroupId> ids) {
    var items = store.getAll(ids.stream().map(id -> TableKeys.group(website, id)).toList());
    var groups = new LinkedHashMap<GroupId, Group>();
    for (var id : ids) {
      groups.put(id, GroupRow.read(website, id, items.get(TableKeys.group(website, id))));
    }
    return groups;
  }

  public Optional<Membership> membership(WebsiteId website, UserId user, GroupId group) {
    var key = TableKeys.membership(website, user, group);
    return Optional.ofNullable(store.get(List.of(key)).get(key))
        .map(item -> MembershipRow.read(website, item));
  }

  /** The first of a user's memberships, in the order of the groups' ids. */
  public List<Membership> memberships(WebsiteId website, UserId user, int most) {
    var partition = TableKeys.userPartition(website, user);
    return store.query(Query.prefix(partition, TableKeys.MEMBERSHIPS, most)).items().stream()
        .map(item -> MembershipRow.read(website, item))
        .toList();
  }

  /**
   * What a user has to do with anonymous ids and with other users. Hints: the aliases and the other
   * users' profiles decide.
   *
   * @param links in the order of the anonymous ids
   * @param merged those who were merged into him, in the order of their ids
   * @param history what was decided about him, in no order
   */
  public record Relations(List<Link> links, List<MergedIn> merged, List<Decided> history) {
    public Relations {
      links = List.copyOf(links);
      merged = List.copyOf(merged);
      history = List.copyOf(history);
    }
  }

  /** All in one read: the rows lie side by side. */
  public Relations relations(WebsiteId website, UserId user) {
    var links = new ArrayList<Link>();
    var merged = new ArrayList<MergedIn>();
    var history = new ArrayList<Decided>();
    var query =
        new Query(
            TableKeys.userPartition(website, user),
            TableKeys.HISTORY,
            TableKeys.MERGES + Query.HIGHEST,
            false,
            null,
            ROWS_A_PAGE);
    store.eachPage(
        query,
        items -> {
          for (var item : items) {
            var sk = item.key().sk();
            if (sk.startsWith(TableKeys.LINKS)) {
              links.add(LinkRow.read(website, user, item));
            } else if (sk.startsWith(TableKeys.MERGES)) {
              merged.add(MergeRow.read(website, user, item));
            } else if (sk.startsWith(TableKeys.HISTORY)) {
              history.add(HistoryRow.read(website, item));
            }
          }
        });
    return new Relations(links, merged, history);
  }
}
