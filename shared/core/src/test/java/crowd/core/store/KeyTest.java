package crowd.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.core.json.Unicode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyTest {

  @Test
  void order_isByPartitionThenBySortKey() {
    // given
    var expected =
        List.of(
            new Key("a", "\uFF61"),
            new Key("a", "\uD800\uDC00"),
            new Key("a#", "a"),
            new Key("\uFF61", "a"),
            new Key("\uD800\uDC00", "a"));
    // when, then
    assertEquals(expected, expected.reversed().stream().sorted(Key.ORDER).toList());
  }

  @Test
  void compareUtf8_agreesWithTheBytes() {
    // given: short texts of characters at the ends of each length in UTF-8
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("KeyTest: -Dseed=" + seed);
    var random = new Random(seed);
    var characters =
        IntStream.of(
                0, 'a', 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x1F600,
                0x10FFFF)
            .mapToObj(Character::toString)
            .toList();
    for (int i = 0; i < 20_000; i++) {
      var a = text(characters, random);
      var b = text(characters, random);
      // when, then
      assertEquals(
          Integer.signum(Arrays.compareUnsigned(utf8(a), utf8(b))),
          Integer.signum(Unicode.compareUtf8(a, b)),
          () -> "seed " + seed + ": " + a + " and " + b);
    }
  }

  private static String text(List<String> characters, Random random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(characters.get(random.nextInt(characters.size())));
    }
    return text.toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
