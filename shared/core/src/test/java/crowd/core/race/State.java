package crowd.core.race;

import crowd.core.World;
import crowd.core.identity.CopyState;
import crowd.core.identity.UserId;
import java.util.List;
import java.util.Optional;

/** What there is in the end, of two users and one anonymous id. */
record State(Of ann, Of bob, OfId id) {

  static final String ANN = "ann";
  static final String BOB = "bob";
  static final String A = "anon_a";

  /**
   * @param timeline as a reader sees it
   * @param copies as they are stored
   */
  record Of(List<String> timeline, List<String> copies, long links) {

    static final Of NOBODY = new Of(List.of(), List.of(), 0);

    static Of in(World world, String user) {
      return new Of(world.timeline(user), world.copies(user), world.profile(user).links());
    }
  }

  /** An anonymous id: who owns it, how far its copies are, who claimed it. */
  record OfId(Optional<String> owner, CopyState copies, List<String> claims, boolean shared) {

    static OfId in(World world, String id) {
      var alias = world.alias(id);
      return new OfId(
          alias.owner().map(UserId::value),
          alias.copies(),
          alias.claims().keySet().stream().map(UserId::value).toList(),
          alias.shared());
    }

    static OfId ownedBy(String user, String... claims) {
      return new OfId(Optional.of(user), CopyState.DONE, List.of(claims), false);
    }

    static OfId nobodys(String... claims) {
      return new OfId(Optional.empty(), CopyState.NONE, List.of(claims), false);
    }
  }

  static State in(World world) {
    return new State(Of.in(world, ANN), Of.in(world, BOB), OfId.in(world, A));
  }
}
