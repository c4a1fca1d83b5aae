package crowd.local.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that open the data folder themselves. */
class SiteAndKeyIT {

  @TempDir private Path data = Path.of("");

  private Ended crowd(String... arguments) {
    return Ended.of(List.of(arguments), "--data", data.toString());
  }

  @Test
  void site_addedOnce_isListedAndShown() {
    // given
    var added = crowd("site", "add", "shop", "--origin", "https://shop.example");
    // then
    assertEquals(new Ended(0, "added shop; make a key with: ./crowd key create shop", ""), added);
    assertEquals(
        new Ended(1, "", "crowd: there is a website shop already"), crowd("site", "add", "shop"));
    assertEquals(new Ended(0, "shop", ""), crowd("site", "list"));
    assertTrue(crowd("site", "show", "shop").out().contains("origins      https://shop.example"));
    assertEquals(
        new Ended(1, "", "crowd: no website other; see ./crowd site list"),
        crowd("site", "show", "other"));
  }

  @Test
  void placeholders_areAllowedInPlaceOfThoseBefore() {
    // given
    crowd("site", "add", "shop");
    assertTrue(crowd("site", "show", "shop").out().contains("placeholders none allowed"));
    // when
    var two = crowd("site", "set", "shop", "--placeholders", "Guest,NaN").out();
    // then
    assertTrue(two.contains("placeholders guest nan"), two);
    // when
    crowd("site", "set", "shop", "--trait-ranks", "on");
    // then
    assertTrue(crowd("site", "show", "shop").out().contains("placeholders guest nan"));
    // when
    var none = crowd("site", "set", "shop", "--placeholders", "").out();
    // then
    assertTrue(none.contains("placeholders none allowed"), none);
  }

  @Test
  void botFilter_isOnUntilItIsTurnedOff() {
    // given
    crowd("site", "add", "shop");
    assertTrue(crowd("site", "show", "shop").out().contains("bot filter   on"));
    // when
    crowd("site", "set", "shop", "--bot-filter", "off");
    // then
    assertTrue(crowd("site", "show", "shop").out().contains("bot filter   off"));
  }

  @Test
  void key_createdListedRevoked() {
    // given
    crowd("site", "add", "shop");
    // when
    var created = crowd("key", "create", "shop", "--read");
    // then
    assertTrue(created.out().startsWith("rk_shop_"), created.out());
    var listed = crowd("key", "list", "shop").out();
    assertTrue(listed.contains("read    live"), listed);
    var id = listed.split(" ", 2)[0];
    assertEquals(new Ended(0, "revoked " + id, ""), crowd("key", "revoke", "shop", id));
    assertTrue(crowd("key", "list", "shop").out().contains("read    revoked"));
    assertEquals(
        new Ended(1, "", "crowd: website shop has no key nothing"),
        crowd("key", "revoke", "shop", "nothing"));
  }

  @Test
  void key_ofNoWebsite_isOneLine() {
    assertEquals(
        new Ended(1, "", "crowd: no website shop; see ./crowd site list"),
        crowd("key", "create", "shop"));
  }
}
