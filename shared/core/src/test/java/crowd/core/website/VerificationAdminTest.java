package crowd.core.website;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import crowd.core.identity.WebsiteId;
import crowd.core.store.Condition;
import crowd.core.store.Write;
import crowd.core.store.memory.InMemoryStore;
import crowd.core.table.TableKeys;
import crowd.core.verify.Verification;
import crowd.core.verify.VerificationMode;
import crowd.core.verify.VerificationSecret;
import crowd.core.website.VerificationAdmin.Outcome;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerificationAdminTest {

  private static final WebsiteId SHOP = new WebsiteId("shop");
  private static final WebsiteId NONE = new WebsiteId("none");
  private static final Website WEBSITE = Website.starting(SHOP, Set.of("https://shop.example"));

  private final InMemoryStore store = new InMemoryStore();
  private final WebsiteAdmin websites = new WebsiteAdmin(store, InstantSource.fixed(Instant.EPOCH));
  private final VerificationAdmin admin = new VerificationAdmin(websites);

  @BeforeEach
  void add() {
    websites.add(WEBSITE);
  }

  private VerificationSecret created() {
    return assertInstanceOf(Outcome.Created.class, admin.createSecret(SHOP)).secret();
  }

  private Verification stored() {
    return websites.find(SHOP).orElseThrow().verification();
  }

  @Test
  void rotation_makesTheNewSecretBeforeTheOldIsRetired() {
    // given
    var old = created();
    admin.turn(SHOP, VerificationMode.ENFORCE);

    // when
    var fresh = created();
    assertEquals(new Verification(VerificationMode.ENFORCE, List.of(old, fresh)), stored());
    assertEquals(new Outcome.TooManySecrets(), admin.createSecret(SHOP));
    admin.retireSecret(SHOP, old.id());

    // then
    assertEquals(new Verification(VerificationMode.ENFORCE, List.of(fresh)), stored());
    assertNotEquals(old, fresh);
  }

  @Test
  void verification_needsASecretUnlessItIsOff() {
    // given
    assertEquals(new Outcome.NeedsSecret(), admin.turn(SHOP, VerificationMode.REPORT));
    var only = created();
    admin.turn(SHOP, VerificationMode.REPORT);

    // when, then
    assertEquals(new Outcome.NeedsSecret(), admin.retireSecret(SHOP, only.id()));
    admin.turn(SHOP, VerificationMode.OFF);
    assertEquals(new Outcome.Changed(Verification.OFF), admin.retireSecret(SHOP, only.id()));
  }

  @Test
  void outcomes_sayWhatThereIsNot() {
    assertEquals(new Outcome.NoSuchSecret(), admin.retireSecret(SHOP, "vs_nobodys1"));
    assertEquals(new Outcome.NoSuchWebsite(), admin.createSecret(NONE));
    assertEquals(new Outcome.NoSuchWebsite(), admin.turn(NONE, VerificationMode.OFF));
  }

  @Test
  void change_leavesEverythingElseAsItIs() {
    // when
    var secret = created();

    // then
    var wanted = WEBSITE.with(new Verification(VerificationMode.OFF, List.of(secret)));
    assertEquals(Optional.of(wanted), websites.find(SHOP));
  }

  @Test
  void salt_staysForEverAndAWebsiteFromBeforeGetsOneWithItsNextChange() {
    // given
    var item = store.peek(TableKeys.website(SHOP)).orElseThrow();
    var salt = WEBSITE.fingerprinting().salt().orElseThrow().reveal();
    var before = item.requireText("settings").replace(",\"salt\":\"" + salt + "\"", "");
    assertNotEquals(before, item.requireText("settings"));
    store.write(new Write.Put(item.with("settings", before), Condition.ALWAYS));
    assertEquals(Optional.empty(), salt());

    // when
    websites.change(SHOP, website -> website.rankingTraits(true));
    var first = salt();
    websites.change(SHOP, website -> website.rankingTraits(false));
    websites.put(Website.starting(SHOP, Set.of()));

    // then
    assertEquals(40, first.orElseThrow().length());
    assertEquals(first, salt());
  }

  private Optional<String> salt() {
    return websites.find(SHOP).orElseThrow().fingerprinting().salt().map(key -> key.reveal());
  }

  @Test
  void aModeThatThisVersionDoesNotKnow_isNoReasonToBelieveEverybody() {
    // given
    var item = store.peek(TableKeys.website(SHOP)).orElseThrow();
    var newer = item.requireText("settings").replace("\"off\"", "\"enforce_twice\"");
    store.write(new Write.Put(item.with("settings", newer), Condition.ALWAYS));

    // then
    assertEquals(VerificationMode.ENFORCE, stored().mode());
  }
}
