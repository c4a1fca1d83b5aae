package crowd.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import crowd.core.store.Item;
import crowd.core.store.Key;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ItemCodecTest {

  private static final Item ITEM =
      Item.at(new Key("p", "s")).with("text", "").with("number", -9_000_000_000_000_000_000L);

  private static final Map<String, AttributeValue> WRITTEN =
      Map.of(
          "pk", AttributeValue.fromS("p"),
          "sk", AttributeValue.fromS("s"),
          "text", AttributeValue.fromS(""),
          "number", AttributeValue.fromN("-9000000000000000000"));

  @Test
  void write_laysTheKeyBesideTheAttributes() {
    assertEquals(WRITTEN, ItemCodec.write(ITEM));
  }

  @Test
  void read_isItsInverse() {
    assertEquals(ITEM, ItemCodec.read(WRITTEN));
  }

  @ParameterizedTest
  @CsvSource({"1E+3, 1000", "-1.7E+12, -1700000000000", "0, 0", "10.0, 10"})
  void read_ofANumberInAnyNotation_isTheNumber(String written, long number) {
    assertEquals(number, ItemCodec.readNumber(Map.of("n", AttributeValue.fromN(written)), "n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "9223372036854775808"})
  void read_ofANumberThatIsNone_throws(String written) {
    var item = Map.of("n", AttributeValue.fromN(written));
    assertThrows(ArithmeticException.class, () -> ItemCodec.readNumber(item, "n"));
  }

  @Test
  void read_ofWhatTheTableDoesNotKnow_throws() {
    var item =
        Map.of(
            "pk", AttributeValue.fromS("p"),
            "sk", AttributeValue.fromS("s"),
            "flag", AttributeValue.fromBool(true));
    assertThrows(IllegalStateException.class, () -> ItemCodec.read(item));
  }
}
