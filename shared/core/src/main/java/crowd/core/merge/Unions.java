package crowd.core.merge;

import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.merge.Union.Member;
import crowd.core.profile.Link;
import crowd.core.profile.Profile;
import crowd.core.store.Store;
import crowd.core.store.StoreUnavailableException;
import crowd.core.table.Table;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;

/** Reads which users are one person. */
public final class Unions {

  /** Users of one person, himself among them. */
  public static final int MAX_MEMBERS = 21;

  private final Table table;

  public Unions(Store store) {
    this.table = new Table(store);
  }

  /**
   * The profile of the user whom this one was merged into, over all steps; his own if into none.
   */
  public Profile root(WebsiteId website, UserId user) {
    return root(table.profile(website, user));
  }

  public Profile root(Profile profile) {
    var root = profile;
    for (int steps = 0; root.parent().isPresent(); steps++) {
      if (steps > MAX_MEMBERS) {
        // The pointers were changed again and again while this was reading them.
        throw new StoreUnavailableException("no root within " + MAX_MEMBERS + " steps");
      }
      root = table.profile(root.website(), root.parent().get());
    }
    return root;
  }

  /** The person whose root this is, read strongly. */
  public Union of(Profile root) {
    var members = new ArrayList<Member>();
    var open = new ArrayDeque<Profile>();
    // Whoever is merged the other way round while this reads is met twice.
    var met = new HashSet<>(Set.of(root.user()));
    open.add(root);
    while (!open.isEmpty()) {
      var profile = open.remove();
      var member = member(profile);
      members.add(member);
      var merged = member.relations().merged().stream().map(MergedIn::user).toList();
      if (!merged.isEmpty()) {
        table.profiles(profile.website(), merged).values().stream()
            .filter(child -> child.parent().filter(profile.user()::equals).isPresent())
            .filter(child -> met.add(child.user()))
            .forEach(open::add);
      }
    }
    return new Union(members);
  }

  /** A user for himself. */
  public Member member(Profile profile) {
    var relations = table.relations(profile.website(), profile.user());
    var aliases =
        table.aliases(
            profile.website(), relations.links().stream().map(Link::anonymousId).toList());
    aliases
        .values()
        .removeIf(alias ->
            !alias.ownedBy(profile.user())
                || alias.isErasedWith(profile.user(), profile.erasedAt()));
    return new Member(profile, relations, aliases);
  }
}
