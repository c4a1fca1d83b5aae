package crowd.core.group;

import crowd.core.identity.GroupId;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.message.Message;
import crowd.core.store.Attribute;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * That a user said to be in a group. A join of the messages that said so: their order and number do
 * not matter.
 *
 * @param revision counts writes; 0 while nothing is stored
 * @param since earliest event time
 * @param messageId of the message of that time, the smallest if there are several
 * @param latest the latest hour with such a message: it moves once an hour and not with each
 * @param receivedAt earliest time at which one of the messages was received; tells whether an
 *     erasure took them
 * @param rest attributes of a newer version, kept as they are
 */
public record Membership(
    WebsiteId website,
    UserId user,
    GroupId group,
    long revision,
    Instant since,
    String messageId,
    Instant latest,
    Instant receivedAt,
    Map<String, Attribute> rest) {

  public Membership {
    rest = Map.copyOf(rest);
  }

  /** What one message says, which has a user and a group. */
  static Membership of(WebsiteId website, Message message) {
    return new Membership(
        website,
        message.user().orElseThrow(),
        message.group().orElseThrow(),
        0,
        message.time(),
        message.messageId(),
        message.time().truncatedTo(ChronoUnit.HOURS),
        message.receivedAt(),
        Map.of());
  }

  /** The next state once the other is known too. */
  Membership join(Membership other) {
    boolean earlier =
        since.equals(other.since)
            ? other.messageId.compareTo(messageId) < 0
            : other.since.isBefore(since);
    return new Membership(
        website,
        user,
        group,
        revision,
        earlier ? other.since : since,
        earlier ? other.messageId : messageId,
        other.latest.isAfter(latest) ? other.latest : latest,
        other.receivedAt.isBefore(receivedAt) ? other.receivedAt : receivedAt,
        rest);
  }

  /** The next state where what is stored was erased: nothing of it is left. */
  Membership replacedBy(Membership other) {
    return new Membership(
        website,
        user,
        group,
        revision,
        other.since,
        other.messageId,
        other.latest,
        other.receivedAt,
        rest);
  }

  /** Whether what it was made of was there when the user was erased. */
  public boolean isErasedBy(Instant erasedAt) {
    return !receivedAt.isAfter(erasedAt);
  }
}
