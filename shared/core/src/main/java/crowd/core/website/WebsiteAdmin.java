package crowd.core.website;

import crowd.core.identity.WebsiteId;
import crowd.core.store.Item;
import crowd.core.store.Store;
import crowd.core.store.StoreUnavailableException;
import crowd.core.store.Write;
import crowd.core.store.WriteOutcome;
import crowd.core.table.TableKeys;
import crowd.core.table.WebsiteKeyRow;
import crowd.core.table.WebsiteRow;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Adds and changes websites and keys. Reads nothing from memory.
 *
 * <p>Every method throws {@link StoreUnavailableException} if the store did not come to a known
 * end; all may be repeated, save that a repeated {@link #createKey} makes one more key.
 */
public final class WebsiteAdmin {

  private static final int TRIES = 5;

  private final Store store;
  private final InstantSource clock;
  private final WebsiteRegistry registry;

  public WebsiteAdmin(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.registry = new WebsiteRegistry(store);
  }

  public Optional<Website> find(WebsiteId id) {
    return Optional.ofNullable(websiteItem(id)).map(item -> WebsiteRow.read(id, item));
  }

  /**
   * Adds a website.
   *
   * @return false, and nothing is changed, if there is one of this id
   */
  public boolean add(Website website) {
    registry.register(website.id());
    return written(WebsiteRow.write(salted(website, Optional.empty()), null));
  }

  /** Changes the settings of a website, or adds it. */
  public void put(Website website) {
    registry.register(website.id());
    for (int i = 0; i < TRIES; i++) {
      var item = websiteItem(website.id());
      var stored = Optional.ofNullable(item).map(row -> WebsiteRow.read(website.id(), row));
      if (written(WebsiteRow.write(salted(website, stored), item))) {
        return;
      }
    }
    throw new StoreUnavailableException("the website was changed by others all the time");
  }

  /**
   * Changes some settings of a website and leaves the others as they are.
   *
   * @param change may be asked several times
   * @return the website as it is now; empty if there is none of this id
   */
  public Optional<Website> change(WebsiteId id, UnaryOperator<Website> change) {
    return change(id, change, Optional::of);
  }

  /**
   * Decides on what is stored, and writes what was decided if nobody was in between; else decides
   * again.
   *
   * @param wanted the website as the decision wants it; empty to leave it as it is
   * @return the decision that stands; empty if there is no website of this id
   */
  <T> Optional<T> change(
      WebsiteId id, Function<Website, T> decide, Function<T, Optional<Website>> wanted) {
    for (int i = 0; i < TRIES; i++) {
      var item = websiteItem(id);
      if (item == null) {
        return Optional.empty();
      }
      var stored = WebsiteRow.read(id, item);
      var decision = decide.apply(stored);
      var next = wanted.apply(decision).map(website -> salted(website, Optional.of(stored)));
      if (next.isEmpty() || written(WebsiteRow.write(next.get(), item))) {
        return Optional.of(decision);
      }
    }
    throw new StoreUnavailableException("the website was changed by others all the time");
  }

  /** With the salt that it has: a website keeps it for ever. One from before salts gets one now. */
  private static Website salted(Website website, Optional<Website> stored) {
    var salt =
        stored
            .flatMap(before -> before.fingerprinting().salt())
            .or(website.fingerprinting()::salt)
            .orElseGet(Website::newSalt);
    return website.with(website.fingerprinting().salted(salt));
  }

  /**
   * Makes a key.
   *
   * @return its text, which is stored nowhere and cannot be shown again; empty if there is no such
   *     website
   */
  public Optional<KeyText> createKey(WebsiteId website, KeyRole role) {
    if (websiteItem(website) == null) {
      return Optional.empty();
    }
    var random = new SecureRandom();
    for (int i = 0; i < TRIES; i++) {
      var key = KeyText.create(website, role, random);
      if (addKey(key)) {
        return Optional.of(key);
      }
    }
    throw new IllegalStateException("the ids of new keys are taken again and again");
  }

  /**
   * Adds a key of a known text: those of the local run.
   *
   * @return false, and nothing is changed, if its website has a key of this id
   */
  public boolean addKey(KeyText key) {
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return written(
        WebsiteKeyRow.write(
            key.website(),
            new WebsiteKey(0, key.id(), key.role(), key.hash(), KeyState.LIVE, now)));
  }

  /** All keys of a website, the revoked ones too, by their ids. */
  public List<WebsiteKey> keys(WebsiteId website) {
    return WebsitePartition.read(store, website).stream()
        .filter(WebsiteKeyRow::is)
        .map(WebsiteKeyRow::read)
        .toList();
  }

  /**
   * Revokes a key, for good. In force everywhere after {@link Websites#MAX_AGE}.
   *
   * @return whether the website has such a key; it may have been revoked before
   */
  public boolean revokeKey(WebsiteId website, String keyId) {
    var key = TableKeys.serverKey(website, keyId);
    for (int i = 0; i < TRIES; i++) {
      var item = store.get(List.of(key)).get(key);
      if (item == null) {
        return false;
      }
      var stored = WebsiteKeyRow.read(item);
      if (stored.state() == KeyState.REVOKED
          || written(WebsiteKeyRow.write(website, stored.revoked()))) {
        return true;
      }
    }
    throw new StoreUnavailableException("the key was changed by others all the time");
  }

  private @Nullable Item websiteItem(WebsiteId id) {
    var key = TableKeys.website(id);
    return store.get(List.of(key)).get(key);
  }

  /** Whether it took effect; false if its condition did not hold. */
  private boolean written(Write write) {
    return switch (store.write(write)) {
      case WriteOutcome.Written() -> true;
      case WriteOutcome.ConditionFailed() -> false;
      case WriteOutcome.Conflict(), WriteOutcome.Throttled(), WriteOutcome.Unknown() ->
          throw new StoreUnavailableException("a website or key may not have been written");
    };
  }
}
