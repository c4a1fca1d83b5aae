package crowd.core.store;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One item of the table: its key and its other attributes, in the order of their names.
 *
 * <p>Immutable: each {@code with} answers a new item. A {@code null} value leaves the attribute
 * out, so that "absent" has one form only.
 */
public record Item(Key key, Map<String, Attribute> attributes) {

  /** The attributes in the order of their names. */
  public Item {
    attributes = AttributeMap.copyOf(attributes);
  }

  public static Item at(Key key) {
    return new Item(key, AttributeMap.EMPTY);
  }

  /** As {@link #at}, for a row of many attributes: nothing is made but the last. */
  public static Builder building(Key key) {
    return new Builder(key);
  }

  /** An item that is being made, by one thread. */
  public static final class Builder {

    private final Key key;
    private final AttributeMap.Builder attributes = new AttributeMap.Builder();

    private Builder(Key key) {
      this.key = key;
    }

    public Builder with(String name, @Nullable String value) {
      if (value != null) {
        attributes.put(name, new Attribute.Text(value));
      }
      return this;
    }

    public Builder with(String name, @Nullable Long value) {
      if (value != null) {
        attributes.put(name, new Attribute.Whole(value));
      }
      return this;
    }

    public Builder with(String name, Attribute value) {
      attributes.put(name, value);
      return this;
    }

    /** Adds what a newer version of the product wrote and this one does not know. */
    public Builder withAll(Map<String, Attribute> others) {
      others.forEach(attributes::put);
      return this;
    }

    public Item item() {
      return new Item(key, attributes.map());
    }
  }

  public Item with(String name, @Nullable String value) {
    return withAttribute(name, value == null ? null : new Attribute.Text(value));
  }

  public Item with(String name, @Nullable Long value) {
    return withAttribute(name, value == null ? null : new Attribute.Whole(value));
  }

  private Item withAttribute(String name, @Nullable Attribute value) {
    var own = AttributeMap.copyOf(attributes);
    return new Item(key, value == null ? own.without(name) : own.with(name, value));
  }

  public Optional<String> text(String name) {
    return attributes.get(name) instanceof Attribute.Text(var value)
        ? Optional.of(value)
        : Optional.empty();
  }

  public OptionalLong whole(String name) {
    return attributes.get(name) instanceof Attribute.Whole(var value)
        ? OptionalLong.of(value)
        : OptionalLong.empty();
  }

  /**
   * @throws IllegalStateException if the attribute is missing: the item is not what its key says
   */
  public String requireText(String name) {
    return text(name)
        .orElseThrow(() -> new IllegalStateException("item without the text attribute " + name));
  }

  /**
   * @throws IllegalStateException if the attribute is missing: the item is not what its key says
   */
  public long requireWhole(String name) {
    return whole(name)
        .orElseThrow(() -> new IllegalStateException("item without the number attribute " + name));
  }
}
