package crowd.core.website;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import crowd.core.identity.WebsiteId;
import crowd.core.store.StoreUnavailableException;
import crowd.core.store.memory.Faults;
import crowd.core.store.memory.InMemoryStore;
import crowd.core.website.Websites.Grant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WebsitesTest {

  private static final WebsiteId SHOP = new WebsiteId("shop");
  private static final Website WEBSITE = Website.starting(SHOP, Set.of("https://shop.example"));
  private static final String SERVER_KEY = "sk_shop_abcdefghSECRET";
  private static final Grant SERVER = new Grant(WEBSITE, KeyRole.SERVER, "sk_abcdefgh");

  private final AtomicInteger queries = new AtomicInteger();
  private boolean isDown;
  private Instant now = Instant.parse("2026-11-25T12:00:00Z");

  private final InMemoryStore store =
      new InMemoryStore(
          new Faults() {
            @Override
            public void before(Step step) {
              if (step.operation() == Operation.QUERY) {
                queries.incrementAndGet();
              }
            }

            @Override
            public Fate fate(Step step) {
              return isDown ? Fate.REQUEST_LOST : Fate.NORMAL;
            }
          });

  private final WebsiteAdmin admin = new WebsiteAdmin(store, () -> now);
  private final Websites websites = new Websites(store, () -> now);

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private static KeyText key(String text) {
    return KeyText.parse(text).orElseThrow();
  }

  @Test
  void find_withinAMinute_readsTheStoreOnce() {
    // given
    admin.add(WEBSITE);

    // when
    for (int second = 0; second < 60; second++) {
      assertEquals(Optional.of(WEBSITE), websites.find(SHOP));
      pass(Duration.ofSeconds(1));
    }

    // then
    assertEquals(1, queries.get());
    websites.find(SHOP);
    assertEquals(2, queries.get());
  }

  @Test
  void find_whenTheSettingsChange_seesThemAfterAMinuteAtTheLatest() {
    // given
    admin.add(WEBSITE);
    websites.find(SHOP);
    var changed = Website.starting(SHOP, Set.of(Website.LOOPBACK)).with(WEBSITE.fingerprinting());
    admin.put(changed);

    // when
    pass(Websites.MAX_AGE);

    // then
    assertEquals(Optional.of(changed), websites.find(SHOP));
  }

  @Test
  void find_ofAWebsiteAddedJustNow_findsItAtOnce() {
    // given
    assertEquals(Optional.empty(), websites.find(SHOP));
    admin.add(WEBSITE);

    // when
    pass(Websites.MIN_AGE);

    // then
    assertEquals(Optional.of(WEBSITE), websites.find(SHOP));
  }

  @Test
  void find_ofAnUnknownWebsite_readsTheStoreOnceASecond() {
    // when
    for (int i = 0; i < 30; i++) {
      websites.find(SHOP);
      pass(Duration.ofMillis(100));
    }

    // then
    assertEquals(3, queries.get());
  }

  @Test
  void grant_ofALiveKey_namesWebsiteAndRole() {
    // given
    admin.add(WEBSITE);
    admin.addKey(key(SERVER_KEY));
    admin.addKey(key("rk_shop_hgfedcbaSECRET"));

    // then
    assertEquals(Optional.of(SERVER), websites.grant(SERVER_KEY));
    assertEquals(
        Optional.of(new Grant(WEBSITE, KeyRole.READ, "rk_hgfedcba")),
        websites.grant("rk_shop_hgfedcbaSECRET"));
    assertEquals(1, queries.get());
  }

  @Test
  void grant_ofEverythingElse_isEmpty() {
    // given
    admin.add(WEBSITE);
    admin.addKey(key(SERVER_KEY));
    admin.addKey(key("sk_shop_revoked1SECRET"));
    admin.revokeKey(SHOP, "sk_revoked1");
    admin.addKey(key("sk_ghost_abcdefghSECRET"));

    // then
    for (var text :
        List.of(
            "",
            "nonsense",
            "sk_shop_abcdefghsecret",
            "rk_shop_abcdefghSECRET",
            "sk_shop_abcdefgh",
            "sk_shop_zzzzzzzzSECRET",
            "sk_shop_revoked1SECRET",
            "sk_other_abcdefghSECRET",
            "sk_ghost_abcdefghSECRET",
            SERVER_KEY + ",",
            SERVER_KEY + "," + SERVER_KEY,
            " " + SERVER_KEY)) {
      assertEquals(Optional.empty(), websites.grant(text), text);
    }
  }

  @Test
  void grant_ofWhateverOpensNothing_readsTheStoreAsOften() {
    // given
    admin.add(WEBSITE);
    admin.addKey(key(SERVER_KEY));
    admin.addKey(key("sk_shop_revoked1SECRET"));
    admin.revokeKey(SHOP, "sk_revoked1");
    for (var text :
        List.of(
            "",
            "nonsense",
            "sk_shop_zzzzzzzzSECRET",
            "sk_shop_abcdefghsecret",
            "sk_shop_revoked1SECRET",
            "sk_other_abcdefghSECRET")) {
      for (var age : List.of(Websites.MAX_AGE, Duration.ZERO, Websites.MIN_AGE)) {
        pass(age);
        int before = queries.get();
        // when
        websites.grant(text);
        // then
        assertEquals(
            age.isZero() ? 0 : 1, queries.get() - before, () -> "'" + text + "' after " + age);
      }
    }
  }

  @Test
  void grant_ofAKeyMadeJustNow_worksAtOnce() {
    // given
    admin.add(WEBSITE);
    websites.find(SHOP);
    var made = admin.createKey(SHOP, KeyRole.SERVER).orElseThrow();

    // when
    pass(Websites.MIN_AGE);

    // then
    assertEquals(
        Optional.of(new Grant(WEBSITE, KeyRole.SERVER, made.id())), websites.grant(made.reveal()));
  }

  @Test
  void race38_aRevokedKeyThatIsCached_endsAfterAMinuteAtTheLatest() {
    // given
    admin.add(WEBSITE);
    admin.addKey(key(SERVER_KEY));
    websites.grant(SERVER_KEY);
    admin.revokeKey(SHOP, "sk_abcdefgh");

    // when
    pass(Websites.MAX_AGE);

    // then
    assertEquals(Optional.empty(), websites.grant(SERVER_KEY));
  }

  @Test
  void grant_ofGuessedKeys_readsTheStoreOnceASecond() {
    // given
    admin.add(WEBSITE);
    admin.addKey(key(SERVER_KEY));

    // when
    for (int i = 0; i < 1_000; i++) {
      websites.grant("sk_shop_abcdefghGUESS" + i);
      websites.grant("sk_shop_" + i);
    }

    // then
    assertEquals(1, queries.get());
  }

  @Test
  void find_whenTheStoreIsDown_saysSoAndGoesOnOnceItIsBack() {
    // given
    admin.add(WEBSITE);
    isDown = true;
    assertThrows(StoreUnavailableException.class, () -> websites.find(SHOP));

    // when
    isDown = false;

    // then
    assertEquals(Optional.of(WEBSITE), websites.find(SHOP));
  }

  @Test
  void find_whenTheClockIsSetBack_readsAgain() {
    // given
    admin.add(WEBSITE);
    websites.find(SHOP);

    // when
    pass(Duration.ofHours(-1));
    websites.find(SHOP);

    // then
    assertEquals(2, queries.get());
  }

  @Test
  void find_ofManyWebsites_forgetsThoseLongestUnused() {
    // given
    admin.add(WEBSITE);
    websites.find(SHOP);
    IntStream.range(0, Websites.CAPACITY - 1)
        .forEach(i -> websites.find(new WebsiteId("unknown-" + i)));
    websites.find(SHOP);
    int before = queries.get();

    // when
    websites.find(new WebsiteId("one-more"));
    websites.find(SHOP);
    websites.find(new WebsiteId("unknown-0"));

    // then
    assertEquals(before + 2, queries.get());
  }

  @Test
  void grant_byManyThreads_readsTheStoreOnce() throws Exception {
    // given
    admin.add(WEBSITE);
    admin.addKey(key(SERVER_KEY));

    // when
    var granted = new ArrayList<Future<Optional<Grant>>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 100; i++) {
        granted.add(threads.submit(() -> websites.grant(SERVER_KEY)));
      }
    }

    // then
    for (var grant : granted) {
      assertEquals(Optional.of(SERVER), grant.get());
    }
    assertEquals(1, queries.get());
  }
}
