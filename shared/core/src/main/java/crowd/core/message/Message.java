package crowd.core.message;

import crowd.core.fingerprint.Fingerprint;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.GroupId;
import crowd.core.identity.IllegalIdException;
import crowd.core.identity.UserId;
import crowd.core.json.Json;
import crowd.core.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An accepted message: checked, with its ids and its times settled. What is stored of it is a
 * function of this value alone.
 *
 * @param messageId the sender's, or assigned
 * @param timestamp as the sender wrote it: the key of the event, the same on every retry;
 *     milliseconds
 * @param time event time: {@code timestamp} corrected by the sender's clock, at most {@code
 *     receivedAt}; milliseconds
 * @param receivedAt the server's clock; milliseconds
 * @param expires end of retention while the event belongs to nobody; {@link Instant#MAX} for none
 * @param untimed the sender gave a message id and no timestamp: a repeat cannot be known by its key
 *     (see {@code EventMarker})
 * @param body what the message says: {@code event}, {@code name}, {@code group_id}, {@code
 *     properties}, {@code traits}, {@code set_once}, {@code context}, those that it has
 * @param fingerprint of the connection that it came over, or that a server says its user has; null
 *     where the website makes none. Where from, not what: no part of what a key names
 */
public record Message(
    MessageType type,
    @Nullable UserId userId,
    @Nullable AnonymousId anonymousId,
    String messageId,
    Instant timestamp,
    Instant time,
    Instant receivedAt,
    Instant expires,
    boolean untimed,
    Json.Obj body,
    @Nullable Fingerprint fingerprint) {

  private static final int HASH_BYTES = 4;
  private static final int ID_BYTES = 16;

  /** A message without a fingerprint. */
  public Message(
      MessageType type,
      @Nullable UserId userId,
      @Nullable AnonymousId anonymousId,
      String messageId,
      Instant timestamp,
      Instant time,
      Instant receivedAt,
      Instant expires,
      boolean untimed,
      Json.Obj body) {
    this(
        type,
        userId,
        anonymousId,
        messageId,
        timestamp,
        time,
        receivedAt,
        expires,
        untimed,
        body,
        null);
  }

  public Optional<UserId> user() {
    return Optional.ofNullable(userId);
  }

  public Optional<AnonymousId> anonymous() {
    return Optional.ofNullable(anonymousId);
  }

  /**
   * The same message, keyed at another time: what an untimed message becomes once its first arrival
   * is known.
   */
  public Message at(Instant newTimestamp) {
    return new Message(
        type,
        userId,
        anonymousId,
        messageId,
        newTimestamp,
        time,
        receivedAt,
        expires,
        untimed,
        body,
        fingerprint);
  }

  /**
   * What is left of a message whose user id is not believed: an anonymous one, without what an
   * identify would write to the user.
   *
   * @param retention how long it is kept while it belongs to nobody
   */
  public Message withoutUser(Duration retention) {
    return new Message(
        type,
        null,
        anonymousId,
        messageId,
        timestamp,
        time,
        receivedAt,
        receivedAt.plus(retention),
        untimed,
        type == MessageType.IDENTIFY ? body.without("traits").without("set_once") : body,
        fingerprint);
  }

  /**
   * What is kept of a bot's message: an anonymous one that writes to no profile and says in its
   * {@code context} that it is a bot's. One without an anonymous id gets one of its own, the same
   * on every retry.
   *
   * @param retention how long it is kept: it will belong to nobody
   */
  public Message ofBot(Duration retention) {
    var id = anonymous().orElseGet(() -> new AnonymousId("bot_" + sha256(messageId, ID_BYTES)));
    var context = body.object("context").orElse(Json.Obj.EMPTY).with("bot", new Json.Bool(true));
    var said = body.without("traits").without("set_once").with("context", context);
    return in(id).saying(said).withoutUser(retention).from(null);
  }

  private Message saying(Json.Obj said) {
    return new Message(
        type,
        userId,
        anonymousId,
        messageId,
        timestamp,
        time,
        receivedAt,
        expires,
        untimed,
        said,
        fingerprint);
  }

  /** The same message, of a user whose browser was found. */
  public Message in(AnonymousId browser) {
    return new Message(
        type,
        userId,
        browser,
        messageId,
        timestamp,
        time,
        receivedAt,
        expires,
        untimed,
        body,
        fingerprint);
  }

  /** The same message, over another connection; null for one that is not known. */
  public Message from(@Nullable Fingerprint connection) {
    return new Message(
        type,
        userId,
        anonymousId,
        messageId,
        timestamp,
        time,
        receivedAt,
        expires,
        untimed,
        body,
        connection);
  }

  /** The id that an alias is about; empty for every other message. */
  public Optional<String> previousId() {
    return type == MessageType.ALIAS ? body.text("previous_id") : Optional.empty();
  }

  /** The group that a group message is of; empty for every other message. */
  public Optional<GroupId> group() {
    return type == MessageType.GROUP
        ? body.text("group_id").flatMap(Message::groupId)
        : Optional.empty();
  }

  /** Empty if it is none: a message of before this was looked at may hold anything. */
  private static Optional<GroupId> groupId(String text) {
    try {
      return Optional.of(new GroupId(text));
    } catch (IllegalIdException _) {
      return Optional.empty();
    }
  }

  /** Whether it is an event of somebody's timeline; a reset and an alias are decisions only. */
  public boolean isEvent() {
    return switch (type) {
      case IDENTIFY, TRACK, PAGE, SCREEN, GROUP -> true;
      case ALIAS, RESET -> false;
    };
  }

  /**
   * First 32 bits of SHA-256 of the whole content, 8 hex digits: makes the key name what is stored.
   * Without the fingerprint, which a copy does not keep.
   */
  public String contentHash() {
    var stored = fingerprint == null ? this : from(null);
    return sha256(JsonText.write(MessageJson.write(stored)), HASH_BYTES);
  }

  /** An id for a message that has a timestamp but no id: the same content gets the same id. */
  static String idOfContent(
      MessageType type,
      @Nullable UserId userId,
      @Nullable AnonymousId anonymousId,
      Instant timestamp,
      Json.Obj body) {
    var content = new LinkedHashMap<String, Json>();
    content.put("type", new Json.Text(type.word()));
    if (userId != null) {
      content.put("user_id", new Json.Text(userId.value()));
    }
    if (anonymousId != null) {
      content.put("anonymous_id", new Json.Text(anonymousId.value()));
    }
    content.put("timestamp", Json.Num.of(timestamp.toEpochMilli()));
    content.put("body", body);
    return "hash-" + sha256(JsonText.write(new Json.Obj(content)), ID_BYTES);
  }

  /** The first bytes of it, in hex digits. */
  private static String sha256(String text, int bytes) {
    try {
      var all = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(all, 0, bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
