package crowd.core.store;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one item, in the order of their names. Immutable.
 *
 * <p>In two arrays, and looked for one by one: a row has a dozen attributes, and is made attribute
 * by attribute, each time as a new item. A tree's nodes cost more than all else that is done with
 * it.
 */
final class AttributeMap extends AbstractMap<String, Attribute> {

  static final AttributeMap EMPTY = new AttributeMap(new String[0], new Attribute[0]);

  private final String[] names;
  private final Attribute[] values;

  private AttributeMap(String[] names, Attribute[] values) {
    this.names = names;
    this.values = values;
  }

  static AttributeMap copyOf(Map<String, Attribute> attributes) {
    if (attributes instanceof AttributeMap own) {
      return own;
    }
    var builder = new Builder();
    attributes.forEach(builder::put);
    return builder.map();
  }

  /** Attributes one by one, without a map of each of them and those before. */
  static final class Builder {

    private static final int ROOM = 16;

    private String[] names;
    private Attribute[] values;
    private int size;

    Builder() {
      names = new String[ROOM];
      values = new Attribute[ROOM];
    }

    /** Those of a map, and room for one more. */
    private Builder(AttributeMap first) {
      size = first.names.length;
      names = Arrays.copyOf(first.names, size + 1);
      values = Arrays.copyOf(first.values, size + 1);
    }

    /** Puts one in place of another of its name. */
    void put(String name, Attribute value) {
      int place = Arrays.binarySearch(names, 0, size, name);
      if (place >= 0) {
        values[place] = value;
        return;
      }
      if (size == names.length) {
        names = Arrays.copyOf(names, 2 * size);
        values = Arrays.copyOf(values, 2 * size);
      }
      int gap = -place - 1;
      System.arraycopy(names, gap, names, gap + 1, size - gap);
      System.arraycopy(values, gap, values, gap + 1, size - gap);
      names[gap] = name;
      values[gap] = value;
      size++;
    }

    AttributeMap map() {
      return new AttributeMap(Arrays.copyOf(names, size), Arrays.copyOf(values, size));
    }
  }

  AttributeMap with(String name, Attribute value) {
    var changed = new Builder(this);
    changed.put(name, value);
    return changed.map();
  }

  AttributeMap without(String name) {
    int place = Arrays.binarySearch(names, name);
    if (place < 0) {
      return this;
    }
    var fewerNames = Arrays.copyOf(names, names.length - 1);
    var fewerValues = Arrays.copyOf(values, values.length - 1);
    System.arraycopy(names, place + 1, fewerNames, place, fewerNames.length - place);
    System.arraycopy(values, place + 1, fewerValues, place, fewerValues.length - place);
    return new AttributeMap(fewerNames, fewerValues);
  }

  @Override
  public @Nullable Attribute get(@Nullable Object name) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        return values[i];
      }
    }
    return null;
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return get(name) != null;
  }

  @Override
  public int size() {
    return names.length;
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super Attribute> action) {
    for (int i = 0; i < names.length; i++) {
      action.accept(names[i], values[i]);
    }
  }

  @Override
  public Set<Map.Entry<String, Attribute>> entrySet() {
    return new Entries();
  }

  private final class Entries extends AbstractSet<Map.Entry<String, Attribute>> {
    @Override
    public int size() {
      return names.length;
    }

    @Override
    public Iterator<Map.Entry<String, Attribute>> iterator() {
      return new Iterator<>() {
        private int next;

        @Override
        public boolean hasNext() {
          return next < names.length;
        }

        @Override
        public Map.Entry<String, Attribute> next() {
          if (next == names.length) {
            throw new NoSuchElementException();
          }
          return Map.entry(names[next], values[next++]);
        }
      };
    }
  }
}
