package crowd.core.website;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.fingerprint.Fingerprinting;
import crowd.core.hmac.HmacKey;
import crowd.core.identity.WebsiteId;
import crowd.core.store.Attributes;
import crowd.core.store.Condition;
import crowd.core.store.StoreUnavailableException;
import crowd.core.store.Write;
import crowd.core.store.WriteOutcome;
import crowd.core.store.memory.Faults;
import crowd.core.store.memory.InMemoryStore;
import crowd.core.table.TableKeys;
import crowd.core.table.WebsiteRow;
import crowd.core.verify.Verification;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WebsiteAdminTest {

  private static final WebsiteId SHOP = new WebsiteId("shop");
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final Website WEBSITE =
      new Website(
          SHOP,
          Set.of("https://shop.example"),
          Set.of("guest"),
          Duration.ofDays(30),
          true,
          Verification.OFF,
          Fingerprinting.OFF.salted(new HmacKey("the-salt-of-a-shop-and-of-no-other-shop")),
          false);

  private final InMemoryStore store = new InMemoryStore();
  private final WebsiteAdmin admin = new WebsiteAdmin(store, InstantSource.fixed(NOON));

  @Test
  void add_thenFind_givesTheSameWebsite() {
    // when
    boolean added = admin.add(WEBSITE);

    // then
    assertTrue(added);
    assertEquals(Optional.of(WEBSITE), admin.find(SHOP));
  }

  @Test
  void add_whenThereIsOneOfThisId_changesNothing() {
    // given
    admin.add(WEBSITE);

    // when
    boolean added = admin.add(Website.starting(SHOP, Set.of()));

    // then
    assertFalse(added);
    assertEquals(Optional.of(WEBSITE), admin.find(SHOP));
  }

  @Test
  void add_alsoOfOneThatIsThere_andPut_registerIt() {
    // given
    var registry = new WebsiteRegistry(store);
    var other = Website.starting(new WebsiteId("Other-1"), Set.of());
    store.write(WebsiteRow.write(WEBSITE, null));
    assertEquals(List.of(), registry.all());

    // when
    admin.add(WEBSITE);
    admin.put(other);
    admin.put(other);

    // then
    assertEquals(List.of(other.id(), SHOP), registry.all());
  }

  @Test
  void put_ofChangedSettings_replacesThemAndKeepsWhatANewerVersionWrote() {
    // given
    admin.add(WEBSITE);
    var item = store.peek(TableKeys.website(SHOP)).orElseThrow();
    var newer =
        item.with("color", "blue")
            .with("settings", item.requireText("settings").replace("{", "{\"colour\":\"red\","));
    store.write(new Write.Put(newer, Condition.ALWAYS));
    var changed = Website.starting(SHOP, Set.of(Website.LOOPBACK));

    // when
    admin.put(changed);

    // then
    assertEquals(Optional.of(changed.with(WEBSITE.fingerprinting())), admin.find(SHOP));
    var stored = store.peek(TableKeys.website(SHOP)).orElseThrow();
    assertEquals(2, stored.requireWhole(Attributes.REVISION));
    assertEquals("blue", stored.requireText("color"));
    assertTrue(stored.requireText("settings").contains("\"colour\":\"red\""));
  }

  @Test
  void createKey_storesAHashAndNothingOfTheSecret() {
    // given
    admin.add(WEBSITE);

    // when
    var key = admin.createKey(SHOP, KeyRole.SERVER).orElseThrow();

    // then
    assertEquals(
        List.of(new WebsiteKey(1, key.id(), KeyRole.SERVER, key.hash(), KeyState.LIVE, NOON)),
        admin.keys(SHOP));
    var secret = key.reveal().substring(key.reveal().length() - 32);
    assertFalse(store.dump().toString().contains(secret));
  }

  @Test
  void createKey_forNoWebsite_makesNone() {
    // then
    assertEquals(Optional.empty(), admin.createKey(SHOP, KeyRole.SERVER));
    assertEquals(List.of(), store.dump());
  }

  @Test
  void addKey_twice_keepsTheFirst() {
    // given
    var key = KeyText.parse("sk_shop_local").orElseThrow();
    admin.addKey(key);
    admin.revokeKey(SHOP, "sk_local");

    // when
    boolean added = admin.addKey(key);

    // then
    assertFalse(added);
    assertEquals(KeyState.REVOKED, admin.keys(SHOP).getFirst().state());
  }

  @Test
  void revokeKey_isForGoodAndMayBeRepeated() {
    // given
    admin.addKey(KeyText.parse("sk_shop_local").orElseThrow());

    // when
    var answers =
        List.of(
            admin.revokeKey(SHOP, "sk_local"),
            admin.revokeKey(SHOP, "sk_local"),
            admin.revokeKey(SHOP, "rk_local"));

    // then
    assertEquals(List.of(true, true, false), answers);
    assertEquals(KeyState.REVOKED, admin.keys(SHOP).getFirst().state());
  }

  @Test
  void add_whenTheWriteDoesNotComeToAKnownEnd_says() {
    // given
    var busy =
        new InMemoryStore(
            new Faults() {
              @Override
              public Fate fate(Step step) {
                return Fate.THROTTLED;
              }
            });
    assertEquals(
        WriteOutcome.THROTTLED,
        busy.write(new Write.Delete(TableKeys.website(SHOP), Condition.ALWAYS)));

    // then
    assertThrows(
        StoreUnavailableException.class,
        () -> new WebsiteAdmin(busy, InstantSource.system()).add(WEBSITE));
  }
}
