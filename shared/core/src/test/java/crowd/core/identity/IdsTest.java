package crowd.core.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

  private static String refusal(String id) {
    return assertThrows(IllegalIdException.class, () -> new UserId(id)).code();
  }

  @Test
  void id_isOneTo255BytesOfUtf8() {
    assertEquals("x".repeat(255), new UserId("x".repeat(255)).value());
    assertEquals("id_too_long", refusal("x".repeat(256)));
    assertEquals("id_too_long", refusal("ü".repeat(128)));
    assertEquals("empty_id", refusal(""));
    assertEquals("empty_id", refusal(" \u2003"));
  }

  @Test
  void id_hasNoControlCharacterAndNoLoneSurrogate() {
    assertEquals("control_character", refusal("a\u0000b"));
    assertEquals("control_character", refusal("a\u0085b"));
    assertEquals("lone_surrogate", refusal("a\ud800"));
    assertEquals("lone_surrogate", refusal("\udc00\ud800"));
    assertEquals("a#b 😀", new AnonymousId("a#b 😀").value());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "anonymous",
        "Anonymous_ID",
        "GUEST",
        " null ",
        "\"undefined\"",
        "'nil'",
        "<nil>",
        "NaN",
        "true",
        "n/a",
        "0",
        "-1",
        "0000",
        "00000000-0000-0000-0000-000000000000",
        "--",
        "[object Object]",
        "\"[object Object]\"",
        "[]",
        "{}",
        "{{ user.id }}",
        "${user}",
        "id-{{x}}"
      })
  void placeholder(String id) {
    assertTrue(PlaceholderIds.matches(id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user_123",
        "guest1",
        "nullable",
        "007",
        "0x",
        "anon_1",
        "1-0",
        "{x}",
        "$x",
        "Ann"
      })
  void noPlaceholder(String id) {
    assertFalse(PlaceholderIds.matches(id));
  }

  @Test
  void website_isPlain() {
    assertEquals("demo-1_X", new WebsiteId("demo-1_X").value());
    assertThrows(IllegalIdException.class, () -> new WebsiteId("a#b"));
    assertThrows(IllegalIdException.class, () -> new WebsiteId("_a"));
    assertThrows(IllegalIdException.class, () -> new WebsiteId("a".repeat(65)));
  }
}
