package crowd.core.website;

import crowd.core.identity.WebsiteId;
import crowd.core.store.Store;
import crowd.core.store.StoreUnavailableException;
import crowd.core.table.TableKeys;
import crowd.core.table.WebsiteKeyRow;
import crowd.core.table.WebsiteRow;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The websites and keys as every request looks them up: from memory, read again when too old.
 *
 * <p>A setting or a revocation is in force at the latest after {@link #MAX_AGE}. What memory does
 * not know is looked up again, each website at most once in {@link #MIN_AGE}: a new website or key
 * works at once, and nobody can make the store work by guessing. Safe for several threads.
 */
public final class Websites {

  /** How old an answer from memory may be. */
  public static final Duration MAX_AGE = Duration.ofSeconds(60);

  /** How long a "no" from memory stands. */
  public static final Duration MIN_AGE = Duration.ofSeconds(1);

  /** Websites in memory, those that do not exist included; the longest unused goes first. */
  static final int CAPACITY = 1_000;

  /** No text has this hash: a missing key costs the same comparison as a wrong one. */
  private static final String NO_HASH = "0".repeat(64);

  /** Read and looked up in place of a text that is no key: to find that out takes as long. */
  private static final String NO_KEY = "sk_none_" + "0".repeat(40);

  private final Store store;
  private final InstantSource clock;
  private final Map<WebsiteId, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  public Websites(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** What is known of one website at one moment. */
  private record Snapshot(
      Instant readAt, @Nullable Website website, Map<String, WebsiteKey> keys) {}

  /**
   * A key that is valid, and the website that it is for.
   *
   * @param keyId no secret
   */
  public record Grant(Website website, KeyRole role, String keyId) {}

  /**
   * @throws StoreUnavailableException if it could not be looked up
   */
  public Optional<Website> find(WebsiteId id) {
    var entry = entry(id);
    return Optional.ofNullable(entry.atMost(MAX_AGE).website())
        .or(() -> Optional.ofNullable(entry.atMost(MIN_AGE).website()));
  }

  /**
   * A name for what was erased of a website that only the website's salt makes, and nothing turns
   * back.
   *
   * @return 64 hex digits
   * @throws StoreUnavailableException if the website could not be looked up
   */
  public String pseudonym(WebsiteId website, String erased) {
    return find(website)
        .flatMap(found -> found.fingerprinting().salt())
        .map(salt -> HexFormat.of().formatHex(salt.sign("erased\n" + erased)))
        // A website from before salts; it gets one with its next setting.
        .orElseGet(() -> KeyText.hash(website.value() + "\n" + erased));
  }

  /**
   * What a key opens; empty if it is none, or not one of its website, or revoked. All of these do
   * the same work, and tell the caller nothing about which it was.
   *
   * @param text as it was sent; empty for a key that was not
   * @throws StoreUnavailableException if it could not be looked up
   */
  public Optional<Grant> grant(String text) {
    var hash = KeyText.hash(text);
    var key = KeyText.parse(text).or(() -> KeyText.parse(NO_KEY)).orElseThrow();
    var entry = entry(key.website());
    return grant(hash, key, entry.atMost(MAX_AGE))
        .or(() -> grant(hash, key, entry.atMost(MIN_AGE)));
  }

  private static Optional<Grant> grant(String hash, KeyText key, Snapshot snapshot) {
    var website = Optional.ofNullable(snapshot.website());
    var stored = Optional.ofNullable(snapshot.keys().get(key.id()));
    boolean right = sameHash(hash, stored.map(WebsiteKey::hash).orElse(NO_HASH));
    boolean live = stored.map(WebsiteKey::state).orElse(KeyState.REVOKED) == KeyState.LIVE;
    return website
        .filter(_ -> right && live)
        .flatMap(w -> stored.map(k -> new Grant(w, k.role(), k.id())));
  }

  private static boolean sameHash(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.US_ASCII), b.getBytes(StandardCharsets.US_ASCII));
  }

  private Entry entry(WebsiteId id) {
    synchronized (entries) {
      var entry = entries.computeIfAbsent(id, Entry::new);
      if (entries.size() > CAPACITY) {
        var eldest = entries.keySet().iterator();
        eldest.next();
        eldest.remove();
      }
      return entry;
    }
  }

  /** The place of one website in memory. Its lock lets one thread read while the others wait. */
  private final class Entry {

    private final WebsiteId id;
    private @Nullable Snapshot snapshot;

    Entry(WebsiteId id) {
      this.id = id;
    }

    synchronized Snapshot atMost(Duration age) {
      var now = clock.instant();
      var known = snapshot;
      // One from the future was read before the clock was set back: its age is unknown.
      if (known == null
          || known.readAt().isAfter(now)
          || Duration.between(known.readAt(), now).compareTo(age) >= 0) {
        known = read(id, now);
        snapshot = known;
      }
      return known;
    }
  }

  private Snapshot read(WebsiteId id, Instant now) {
    Website website = null;
    var keys = new HashMap<String, WebsiteKey>();
    for (var item : WebsitePartition.read(store, id)) {
      if (item.key().equals(TableKeys.website(id))) {
        website = WebsiteRow.read(id, item);
      } else if (WebsiteKeyRow.is(item)) {
        var key = WebsiteKeyRow.read(item);
        keys.put(key.id(), key);
      }
    }
    return new Snapshot(now, website, Map.copyOf(keys));
  }
}
