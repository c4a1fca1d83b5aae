package crowd.core.website;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import crowd.core.identity.WebsiteId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WebsiteTest {

  private static final WebsiteId SHOP = new WebsiteId("shop");

  @Test
  void allows_onlyTheOriginsThatAreListed() {
    // given
    var website =
        Website.starting(SHOP, Set.of("https://shop.example", "https://shop.example:8443"));

    // then
    Map.of(
            "https://shop.example", true,
            "https://shop.example:8443", true,
            "http://shop.example", false,
            "https://shop.example:443", false,
            "https://evil.example", false,
            "https://shop.example.evil.example", false,
            "https://shop.example,https://shop.example", false,
            "null", false,
            "loopback", false,
            "http://localhost:4000", false)
        .forEach((origin, allowed) -> assertEquals(allowed, website.allows(origin), origin));
  }

  @Test
  void allows_whenLoopbackIsListed_everyOriginOnThisMachineAndNoOther() {
    // given
    var website = Website.starting(SHOP, Set.of(Website.LOOPBACK));

    // then
    Map.of(
            "http://localhost", true,
            "http://localhost:4000", true,
            "https://127.0.0.1:5173", true,
            "capacitor://localhost", true,
            "http://localhost.evil.example", false,
            "http://evil.example/localhost", false,
            "http://localhost:4000@evil.example", false,
            "http://127.0.0.2", false,
            "loopback", false,
            "null", false)
        .forEach((origin, allowed) -> assertEquals(allowed, website.allows(origin), origin));
  }

  @Test
  void website_withAnOriginThatNoBrowserSends_isRefused() {
    for (var origin :
        List.of(
            "shop.example",
            "https://shop.example/",
            "https://Shop.example",
            "https://*.shop.example",
            "*",
            "null",
            "")) {
      assertThrows(
          IllegalArgumentException.class, () -> Website.starting(SHOP, Set.of(origin)), origin);
    }
  }
}
