package crowd.core.event;

import crowd.core.identity.AnonymousId;
import crowd.core.message.Message;

/**
 * An event as it stands in a partition of the table.
 *
 * @param origin {@link #OF_USER} if it arrived with the user id, else {@link #originOf} its
 *     anonymous id
 * @param epoch of the alias when the copy was made; 0 for an event that is no copy
 */
public record StoredEvent(Message message, String origin, long epoch) {

  /** The origin of an event that arrived with its user id. */
  public static final String OF_USER = "U";

  /**
   * The origin of a copy: marked, so that an anonymous id of one letter cannot pass for {@link
   * #OF_USER}.
   */
  public static String originOf(AnonymousId id) {
    return "=" + id.value();
  }

  /** An event under the identity that it arrived with. */
  public static StoredEvent origin(Message message) {
    return new StoredEvent(
        message,
        message.user().isPresent()
            ? OF_USER
            : message.anonymous().map(StoredEvent::originOf).orElseThrow(),
        0);
  }

  public boolean isCopy() {
    return epoch > 0;
  }
}
