package crowd.core.merge;

import crowd.core.identity.Alias;
import crowd.core.identity.AnonymousId;
import crowd.core.profile.Link;
import crowd.core.profile.Profile;
import crowd.core.table.Table;
import crowd.core.traits.Traits;
import java.util.List;
import java.util.Map;

/**
 * A person: a user who stands for himself, and all who were merged into him.
 *
 * @param members the root first, then in the order in which they were found
 */
public record Union(List<Member> members) {

  public Union {
    members = List.copyOf(members);
  }

  /**
   * One of the users.
   *
   * @param aliases of his anonymous ids, those that are his now
   */
  public record Member(
      Profile profile, Table.Relations relations, Map<AnonymousId, Alias> aliases) {

    public Member {
      aliases = Map.copyOf(aliases);
    }

    /** His links that stand. */
    public List<Link> links() {
      return relations.links().stream()
          .filter(link -> aliases.containsKey(link.anonymousId()))
          .toList();
    }
  }

  public Profile root() {
    return members.getFirst().profile();
  }

  public Traits traits() {
    return members.stream()
        .map(member -> member.profile().traits())
        .reduce(Traits.NONE, Traits::join);
  }
}
