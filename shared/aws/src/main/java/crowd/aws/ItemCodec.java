package crowd.aws;

import crowd.core.store.Attribute;
import crowd.core.store.Attributes;
import crowd.core.store.Item;
import crowd.core.store.Key;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items and keys as DynamoDB writes them. */
final class ItemCodec {

  private ItemCodec() {}

  static Map<String, AttributeValue> write(Item item) {
    var written = new HashMap<>(write(item.key()));
    item.attributes().forEach((name, value) -> written.put(name, write(value)));
    return written;
  }

  static Map<String, AttributeValue> write(Key key) {
    return Map.of(
        Attributes.PK, AttributeValue.fromS(key.pk()),
        Attributes.SK, AttributeValue.fromS(key.sk()));
  }

  static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  private static AttributeValue write(Attribute value) {
    return switch (value) {
      case Attribute.Text(var text) -> AttributeValue.fromS(text);
      case Attribute.Whole(var number) -> number(number);
    };
  }

  static Item read(Map<String, AttributeValue> item) {
    var read = Item.building(readKey(item));
    item.forEach((name, value) -> {
      if (!name.equals(Attributes.PK) && !name.equals(Attributes.SK)) {
        read.with(name, read(name, value));
      }
    });
    return read.item();
  }

  static Key readKey(Map<String, AttributeValue> item) {
    return new Key(require(item, Attributes.PK).s(), require(item, Attributes.SK).s());
  }

  static long readNumber(Map<String, AttributeValue> item, String name) {
    return readNumber(require(item, name));
  }

  private static AttributeValue require(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name), () -> "item without " + name);
  }

  private static long readNumber(AttributeValue value) {
    return new BigDecimal(value.n()).longValueExact(); // 1000 may be written 1E+3
  }

  private static Attribute read(String name, AttributeValue value) {
    return switch (value.type()) {
      case S -> new Attribute.Text(value.s());
      case N -> new Attribute.Whole(readNumber(value));
      default ->
          throw new IllegalStateException("attribute " + name + " is neither text nor number");
    };
  }
}
