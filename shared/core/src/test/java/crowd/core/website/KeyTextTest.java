package crowd.core.website;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.identity.WebsiteId;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyTextTest {

  @Test
  void parse_ofTheLocalKeys_readsRoleWebsiteAndId() {
    // when
    var server = KeyText.parse("sk_demo_local").orElseThrow();
    var read = KeyText.parse("rk_demo_local").orElseThrow();

    // then
    assertEquals(List.of(KeyRole.SERVER, KeyRole.READ), List.of(server.role(), read.role()));
    assertEquals(new WebsiteId("demo"), server.website());
    assertEquals(List.of("sk_local", "rk_local"), List.of(server.id(), read.id()));
  }

  @Test
  void parse_whenTheWebsiteHoldsUnderscores_endsItAtTheLast() {
    // when
    var key = KeyText.parse("sk_my_big_shop_abcdefgh1234").orElseThrow();

    // then
    assertEquals(new WebsiteId("my_big_shop"), key.website());
    assertEquals("sk_abcdefgh", key.id());
  }

  @Test
  void parse_ofEveryOtherForm_isEmpty() {
    for (var text :
        List.of(
            "",
            "sk_",
            "sk__",
            "sk_demo",
            "sk_demo_",
            "sk__local",
            "SK_demo_local",
            "pk_demo_local",
            " sk_demo_local",
            "sk_demo_local ",
            "sk_demo_lo,cal",
            "sk_demo_local,sk_demo_local",
            "sk_de mo_local",
            "sk_demo_löcal",
            "sk_demo_local\n",
            "sk_#s_local",
            "sk_" + "w".repeat(65) + "_local")) {
      assertEquals(Optional.empty(), KeyText.parse(text), text);
    }
  }

  @Test
  void create_manyTimes_makesDifferentKeysThatParse() {
    // given
    var random = new SecureRandom();
    var texts = new HashSet<String>();

    // when
    for (int i = 0; i < 1_000; i++) {
      var key = KeyText.create(new WebsiteId("shop_1"), KeyRole.READ, random);
      texts.add(key.reveal());

      // then
      assertTrue(key.reveal().matches("rk_shop_1_[A-Za-z0-9]{40}"));
      assertEquals(key.hash(), KeyText.parse(key.reveal()).orElseThrow().hash());
      assertEquals(11, key.id().length());
    }
    assertEquals(1_000, texts.size());
  }

  @Test
  void hash_isSha256OfTheWholeText() {
    // then
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", KeyText.hash("abc"));
  }

  @Test
  void toString_showsNothingOfTheSecret() {
    // given
    var key = KeyText.create(new WebsiteId("shop"), KeyRole.SERVER, new SecureRandom());

    // then
    assertFalse(key.toString().contains(key.reveal().substring("sk_shop_".length() + 8)));
  }
}
