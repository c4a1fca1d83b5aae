package crowd.core.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.json.JsonReader.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  private static final long SEED = Long.getLong("seed", 11);

  private static Outcome read(String text) {
    return JsonReader.read(text.getBytes(StandardCharsets.UTF_8), 16);
  }

  private static String code(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Read _ -> "read";
      case Outcome.Malformed(var code, _) -> code;
      case Outcome.TooDeep _ -> "too_deep";
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "-0",
        "1.0",
        "1e400",
        "1E-7",
        "12345678901234567890",
        "0.1000",
        "true",
        "null",
        "\"\"",
        "[]",
        "{}",
        "[1,[2,{\"a\":null}]]"
      })
  void read_thenWrite_isTheSame(String text) {
    assertEquals(text, JsonText.write(JsonReader.readOwn(text)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | empty_body",
        "` ` | empty_body",
        "{ | not_json",
        "{} {} | not_json",
        "[1,] | not_json",
        "{'a':1} | not_json",
        "NaN | not_json",
        "01 | not_json",
        "{\"a\":1,\"a\":2} | duplicate_field",
        "\"\\ud800\" | lone_surrogate",
        "[\"a\\udc00\"] | lone_surrogate"
      })
  void read_refuses(String text, String code) {
    assertEquals(code, code(read(text)));
  }

  @Test
  void read_refusesWhatIsTooLongTooDeepOrNoUtf8() {
    assertEquals("read", code(read("[".repeat(16) + "]".repeat(16))));
    assertEquals("too_deep", code(read("[".repeat(17) + "]".repeat(17))));
    assertEquals("json_limit", code(read("9".repeat(65))));
    assertEquals("json_limit", code(read("{\"" + "n".repeat(300_000) + "\":1}")));
    assertEquals("not_json", code(JsonReader.read(new byte[] {'"', (byte) 0xff, '"'}, 16)));
    assertEquals(
        "not_json", code(JsonReader.read(new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'}, 16)));
  }

  @Test
  void write_sortsNamesAndEscapesControlCharacters() {
    assertEquals(
        "{\"a\":\"\\u0000\\t\\\"\\\\/\u007f\",\"b\":1}",
        JsonText.write(JsonReader.readOwn("{\"b\":1, \"a\":\"\\u0000\\t\\\"\\\\\\/\\u007f\"}")));
  }

  @Test
  void write_isNeverLongerThanWhatWasRead_andReadsBack() {
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < 2_000; i++) {
      var value = any(random, 4);
      var text = JsonText.write(value);
      assertEquals(value, JsonReader.readOwn(text), "seed " + SEED);
      assertTrue(JsonText.write(JsonReader.readOwn(" " + text)).length() <= text.length());
    }
  }

  private static Json any(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 6)) {
      case 0 -> new Json.Text(text(random));
      case 1 -> Json.Num.of(random.nextLong());
      case 2 -> new Json.Bool(random.nextBoolean());
      case 3 -> Json.Null.VALUE;
      case 4 -> {
        var values = new ArrayList<Json>();
        for (int i = random.nextInt(4); i > 0; i--) {
          values.add(any(random, depth - 1));
        }
        yield new Json.Arr(values);
      }
      default -> {
        var fields = new LinkedHashMap<String, Json>();
        for (int i = random.nextInt(4); i > 0; i--) {
          fields.put(text(random), any(random, depth - 1));
        }
        yield new Json.Obj(fields);
      }
    };
  }

  /** Well-formed, with characters at which orders and encodings differ. */
  private static String text(SplittableRandom random) {
    int[] points = {
      0, 7, '"', '\\', 'a', 'b', 0x7f, 0x80, 0x7ff, 0x800, 0x2028, 0xff61, 0xffff, 0x10000, 0x10ffff
    };
    var text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }

  @Test
  void compareUtf8_isTheOrderOfTheBytes() {
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < 5_000; i++) {
      var a = text(random);
      var b = text(random);
      int expected =
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
      assertEquals(
          Integer.signum(expected), Integer.signum(Unicode.compareUtf8(a, b)), "seed " + SEED);
    }
  }

  @ParameterizedTest
  @CsvSource({"abc, 2, ab", "äö, 3, ä", "äö, 4, äö", "😀, 3, ''", "a😀, 5, a😀"})
  void truncate_cutsBetweenCharacters(String text, int bytes, String cut) {
    assertEquals(cut, Unicode.truncate(text, bytes));
  }
}
