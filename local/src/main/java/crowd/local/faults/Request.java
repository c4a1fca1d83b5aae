package crowd.local.faults;

import java.util.List;

/** One request, as it is repeated until it is acknowledged. */
sealed interface Request {

  /** One message, or a batch of several. */
  record Messages(List<Sent> messages) implements Request {}

  /** A user is the same person as another. */
  record Merge(String previous, String user, int second, String id) implements Request {}

  /** A user is taken out of the person of another. */
  record Unmerge(String previous, String user, String id) implements Request {}

  /** An anonymous id is taken from a user. */
  record Unlink(String anonymous, String user, String id) implements Request {}

  record Erase(String user) implements Request {}

  /** Whether it names the user. */
  default boolean names(String user) {
    return switch (this) {
      case Messages(var messages) ->
          messages.stream().anyMatch(message -> message.user().equals(user));
      case Merge merge -> merge.previous().equals(user) || merge.user().equals(user);
      case Unmerge unmerge -> unmerge.previous().equals(user) || unmerge.user().equals(user);
      case Unlink unlink -> unlink.user().equals(user);
      case Erase erase -> erase.user().equals(user);
    };
  }
}
