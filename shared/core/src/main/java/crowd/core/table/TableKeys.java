package crowd.core.table;

import crowd.core.event.StoredEvent;
import crowd.core.fingerprint.Fingerprint;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.GroupId;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.json.Unicode;
import crowd.core.message.Message;
import crowd.core.store.Key;
import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Every key of the table. An id is the last part of its key, so it needs no escaping; a website's
 * id has no {@code #}; a message id, which stands in the middle, has its {@code #} replaced by a
 * control character that no message id can hold.
 */
public final class TableKeys {

  /** Sort key of the one row that a partition is about: the alias, the profile, the website. */
  public static final String SELF = "@";

  public static final String EVENTS = "E#";
  public static final String MEMBERSHIPS = "G#";
  public static final String LINKS = "L#";
  public static final String MERGES = "M#";
  public static final String JOBS = "J#";
  public static final String HISTORY = "H#";
  public static final String MARKERS = "D#";
  public static final String SERVER_KEYS = "K#";

  /** Behind the keys of the website: who looks those up does not read it. */
  public static final String FIRST_EVENT = "first";

  public static final String SIGHTINGS_OF_BROWSERS = "a#";
  public static final String SIGHTINGS_OF_USERS = "u#";

  /** Buckets that the waiting work is spread over. */
  public static final int DUE_BUCKETS = 16;

  /** Bytes of a directory value that count for a search. */
  public static final int SEARCHED_BYTES = 200;

  /** Of milliseconds, so that keys sort by time. */
  private static final int DIGITS = 13;

  private static final char STANDS_FOR_HASH = '\u0001';

  private TableKeys() {}

  public static String anonymousPartition(WebsiteId website, AnonymousId id) {
    return website.value() + "#a#" + id.value();
  }

  public static String userPartition(WebsiteId website, UserId user) {
    return website.value() + "#u#" + user.value();
  }

  public static String websitePartition(WebsiteId website) {
    return website.value() + "#s";
  }

  public static Key alias(WebsiteId website, AnonymousId id) {
    return new Key(anonymousPartition(website, id), SELF);
  }

  public static Key profile(WebsiteId website, UserId user) {
    return new Key(userPartition(website, user), SELF);
  }

  public static Key link(WebsiteId website, UserId user, AnonymousId id) {
    return new Key(userPartition(website, user), LINKS + id.value());
  }

  public static Key website(WebsiteId website) {
    return new Key(websitePartition(website), SELF);
  }

  public static Key serverKey(WebsiteId website, String keyId) {
    return new Key(websitePartition(website), SERVER_KEYS + keyId);
  }

  public static Key firstEvent(WebsiteId website) {
    return new Key(websitePartition(website), FIRST_EVENT);
  }

  public static Key group(WebsiteId website, GroupId id) {
    return new Key(website.value() + "#g#" + id.value(), SELF);
  }

  public static Key membership(WebsiteId website, UserId user, GroupId group) {
    return new Key(userPartition(website, user), MEMBERSHIPS + group.value());
  }

  /** Follows {@link #JOBS} in the key of a job that ends an unlink. */
  public static final String UNLINK = "UNLINK#";

  /** Follows {@link #JOBS} in the key of a job that ends an erasure. */
  public static final String ERASE = "ERASE#";

  public static Key unlinkJob(WebsiteId website, UserId user, AnonymousId id, long epoch) {
    return new Key(userPartition(website, user), JOBS + UNLINK + epoch + "#" + id.value());
  }

  public static Key eraseJob(WebsiteId website, UserId user, Instant erasedAt) {
    return new Key(userPartition(website, user), JOBS + ERASE + digits(erasedAt));
  }

  public static Key mergedIn(WebsiteId website, UserId parent, UserId user) {
    return new Key(userPartition(website, parent), MERGES + user.value());
  }

  /**
   * A decision about a user.
   *
   * @param discriminator tells apart decisions about the same
   */
  public static Key history(WebsiteId website, UserId user, String discriminator, String about) {
    return new Key(userPartition(website, user), HISTORY + discriminator + "#" + about);
  }

  /** Where it is remembered that somebody was erased, without saying who. */
  public static Key erasure(WebsiteId website, String pseudonym) {
    return new Key(website.value() + "#e#" + pseudonym, SELF);
  }

  /** Where the event stands under the identity that it arrived with. */
  public static Key event(WebsiteId website, Message message) {
    var sort = eventSort(message);
    return new Key(
        partition(website, message),
        message.user().isPresent() ? sort + "#" + StoredEvent.OF_USER : sort);
  }

  /** Where what a message brings lies: with the identity that it arrived with. */
  public static String partition(WebsiteId website, Message message) {
    return message
        .user()
        .map(user -> userPartition(website, user))
        .orElseGet(() -> anonymousPartition(website, message.anonymous().orElseThrow()));
  }

  /** Where the copy of an anonymous event stands in its owner's timeline. */
  public static Key copy(WebsiteId website, UserId owner, AnonymousId origin, Message message) {
    return new Key(
        userPartition(website, owner), eventSort(message) + "#" + StoredEvent.originOf(origin));
  }

  /** The first arrival of an untimed message of this partition. */
  public static Key marker(String partition, String messageId) {
    return new Key(partition, MARKERS + messageId);
  }

  /** Shared by the copies of one event: the sender's own time and the message id. */
  public static String eventGroup(Instant timestamp, String messageId) {
    return EVENTS + digits(timestamp) + "#" + messageId.replace('#', STANDS_FOR_HASH);
  }

  private static String eventSort(Message message) {
    return eventGroup(message.timestamp(), message.messageId())
        + "#"
        + digits(message.receivedAt())
        + "#"
        + message.contentHash();
  }

  private static String digits(Instant time) {
    var millis = Long.toString(time.toEpochMilli());
    return "0".repeat(Math.max(0, DIGITS - millis.length())) + millis;
  }

  /** The index bucket in which work on this partition waits. */
  public static String dueBucket(String partition) {
    return dueBucket(Math.floorMod(partition.hashCode(), DUE_BUCKETS));
  }

  public static String dueBucket(int number) {
    return "P#" + number;
  }

  /** A directory entry: the searched form of the value, then the user. */
  public static Key directoryEntry(WebsiteId website, String field, String value, UserId user) {
    var searched = searched(value);
    return new Key(directoryPartition(website, field, searched), searched + "#" + user.value());
  }

  /**
   * One partition for each first character: a search of one character must find what begins with
   * it.
   *
   * @param searched not empty
   */
  public static String directoryPartition(WebsiteId website, String field, String searched) {
    return website.value()
        + "#d#"
        + field
        + "#"
        + searched.substring(0, searched.offsetByCodePoints(0, 1));
  }

  /** The form in which values are compared: composed, lower case, cut. */
  public static String searched(String value) {
    return Unicode.truncate(
        Normalizer.normalize(value.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT),
        SEARCHED_BYTES);
  }

  /**
   * Where records that can never be understood are kept: by day, in 16 buckets.
   *
   * @param part an item holds less than a record: 0 for its beginning
   */
  public static Key quarantine(Instant receivedAt, String sequenceNumber, int part) {
    var day = receivedAt.toString().substring(0, 10);
    return new Key(
        "_#q#" + day + "#" + Math.floorMod(sequenceNumber.hashCode(), DUE_BUCKETS),
        sequenceNumber + "#" + part);
  }

  /** The user in whose partition a key lies. */
  public static UserId userOf(WebsiteId website, Key key) {
    return new UserId(key.pk().substring((website.value() + "#u#").length()));
  }

  /** What the index of waiting work points at. */
  public sealed interface Waiting {

    /** Copies that are not yet what the rules say. */
    record OfAlias(WebsiteId website, AnonymousId id) implements Waiting {}

    /** Copies of an anonymous id that was taken from its owner. */
    record OfUnlink(WebsiteId website, Key job) implements Waiting {}

    /** What there is of a person who was erased. */
    record OfErasure(WebsiteId website, Key job) implements Waiting {}
  }

  /** Reads a key of the index of waiting work. */
  public static Waiting waiting(Key key) {
    int end = key.pk().indexOf('#');
    var website = new WebsiteId(key.pk().substring(0, end));
    var kindAndId = key.pk().substring(end);
    if (kindAndId.startsWith("#a#")) {
      return new Waiting.OfAlias(website, new AnonymousId(kindAndId.substring("#a#".length())));
    }
    return isErasure(key)
        ? new Waiting.OfErasure(website, key)
        : new Waiting.OfUnlink(website, key);
  }

  /**
   * The part of an event's sort key that copies of one event share: the sender's time and the
   * message id, with the {@code #} behind them.
   */
  public static String groupOf(String eventSortKey) {
    int idStart = EVENTS.length() + 14;
    return eventSortKey.substring(0, eventSortKey.indexOf('#', idStart) + 1);
  }

  private static final Pattern GROUP = Pattern.compile("E#[0-9]{13}#[^#]{1,255}#");

  /** Whether a text has the form of what {@link #groupOf} answers. */
  public static boolean isGroup(String text) {
    return GROUP.matcher(text).matches() && Unicode.isWellFormed(text);
  }

  /** One part of a record that the stream took on this day, in UTC. */
  public static Key quarantine(LocalDate day, String sequenceNumber, int part) {
    return quarantine(day.atStartOfDay(ZoneOffset.UTC).toInstant(), sequenceNumber, part);
  }

  /** The partitions of what was kept aside of the records of a day, in UTC. */
  public static List<String> quarantineOf(LocalDate day) {
    return IntStream.range(0, DUE_BUCKETS).mapToObj(bucket -> "_#q#" + day + "#" + bucket).toList();
  }

  /** The partition that knows all websites. */
  public static String websitesPartition() {
    return "_#s";
  }

  /** Where the partition of all websites knows of one. */
  public static Key registered(WebsiteId website) {
    return new Key(websitesPartition(), website.value());
  }

  /** Where the audit goes on. */
  public static Key auditProgress() {
    return new Key("_#audit", SELF);
  }

  /** Whether a job ends an erasure. */
  public static boolean isErasure(Key job) {
    return job.sk().startsWith(JOBS + ERASE);
  }

  /**
   * The anonymous id that a job takes back from a user; empty if the job is about another thing.
   */
  public static Optional<AnonymousId> unlinkedBy(Key job) {
    var prefix = JOBS + UNLINK;
    return job.sk().startsWith(prefix)
        ? Optional.of(
            new AnonymousId(job.sk().substring(job.sk().indexOf('#', prefix.length()) + 1)))
        : Optional.empty();
  }

  /** Which browsers and users were seen with a fingerprint. */
  public static String fingerprintPartition(WebsiteId website, Fingerprint fingerprint) {
    return website.value() + "#f#" + fingerprint.hex();
  }

  public static Key sighting(WebsiteId website, Fingerprint fingerprint, AnonymousId id) {
    return new Key(fingerprintPartition(website, fingerprint), SIGHTINGS_OF_BROWSERS + id.value());
  }

  public static Key sighting(WebsiteId website, Fingerprint fingerprint, UserId user) {
    return new Key(fingerprintPartition(website, fingerprint), SIGHTINGS_OF_USERS + user.value());
  }
}
