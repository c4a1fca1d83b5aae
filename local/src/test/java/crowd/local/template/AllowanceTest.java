package crowd.local.template;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowanceTest {

  @ParameterizedTest
  @CsvSource({
    "*#s, shop#s, true",
    "*#s, shop#st, false",
    "*#s, '', false",
    "*, '', true",
    "_#*, _#audit, true",
    "_#*, shop#s, false",
    "*#a#*, shop#a#anon_1, true",
    "*#a#*, shop#u#a, false",
    "dynamodb:*Item, dynamodb:PutItem, true",
    "dynamodb:*Item, dynamodb:PutItems, false",
    "a?c, abc, true",
    "a?c, ac, false",
    "*a*a*b, aaaab, true",
    "*a*a*b, ab, false",
    "'', '', true"
  })
  void isLike_followsIamsPatterns(String pattern, String text, boolean isLike) {
    assertEquals(isLike, Allowance.isLike(pattern, text));
  }

  @Test
  void isLike_ofAnyPattern_isWhatTheRegularExpressionSays() {
    // given
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      var pattern = word(random, "ab*?", 8);
      var text = word(random, "ab", 10);
      // when
      var regex = pattern.replace("*", ".*").replace("?", ".");
      // then
      assertEquals(
          Pattern.matches(regex, text),
          Allowance.isLike(pattern, text),
          () -> pattern + " and " + text);
    }
  }

  private static String word(Random random, String letters, int most) {
    var word = new StringBuilder();
    for (int left = random.nextInt(most + 1); left > 0; left--) {
      word.append(letters.charAt(random.nextInt(letters.length())));
    }
    return word.toString();
  }
}
