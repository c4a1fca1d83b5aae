package crowd.core.merge;

import crowd.core.identity.Alias;
import crowd.core.identity.AnonymousId;
import crowd.core.profile.Link;
import crowd.core.profile.Profile;
import crowd.core.table.Table;
import crowd.core.traits.Traits;
import java.util.Collections;
import java.util.LinkedHashMap;
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
   * @param aliases of his anonymous ids, those that are his now, in the order of the links: a
   *     history that is simulated again reads them in the same one
   */
  public record Member(
      Profile profile, Table.Relations relations, Map<AnonymousId, Alias> aliases) {

    public Member {
      aliases = Collections.unmodifiableMap(new LinkedHashMap<>(aliases));
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
