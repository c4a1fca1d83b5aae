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
   * The profile of the user whom this one was merged into, over all steps; his own if into none. He
   * was that user's root at one moment of the call.
   *
   * <p>A step is read after the one before, so a walk alone may go up by a pointer that is gone and
   * on by one that came since, to a stranger. A root's row changes whenever somebody is merged into
   * it: a root that a second walk finds unchanged gained nobody in between, so all of the second
   * walk was his when the first one ended.
   *
   * @throws StoreUnavailableException if the pointers change faster than they are read
   */
  public Profile root(WebsiteId website, UserId user) {
    return root(table.profile(website, user));
  }

  /** The same for a user whose profile was just read. */
  public Profile root(Profile profile) {
    if (profile.parent().isEmpty()) {
      return profile;
    }
    var root = walk(profile);
    for (int walks = 0; walks < MAX_MEMBERS; walks++) {
      var again = walk(table.profile(profile.website(), profile.user()));
      if (again.equals(root)) {
        return root;
      }
      root = again;
    }
    throw new StoreUnavailableException("no root in " + MAX_MEMBERS + " walks");
  }

  /** Whether two users were one person at one moment of the call. */
  public boolean areOne(WebsiteId website, UserId one, UserId other) {
    for (int looks = 0; looks < MAX_MEMBERS; looks++) {
      var root = walk(table.profile(website, one));
      boolean found = root.user().equals(walk(table.profile(website, other)).user());
      // A root that nobody came to: whoever was below it all the while is found below it.
      if (walk(table.profile(website, one)).equals(root)) {
        return found;
      }
    }
    throw new StoreUnavailableException("no root that stays in " + MAX_MEMBERS + " looks");
  }

  private Profile walk(Profile profile) {
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
