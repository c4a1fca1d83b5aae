package crowd.core.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON value. Immutable.
 *
 * <p>Why a tree of our own: a number stays the literal that was sent ({@code 1.0}, {@code 1e400},
 * twenty digits), so that traits and properties come back as they were.
 */
public sealed interface Json {

  record Obj(Map<String, Json> fields) implements Json {
    public static final Obj EMPTY = new Obj(Map.of());

    public Obj {
      fields =
          Collections.unmodifiableMap(fields instanceof Own ? fields : new LinkedHashMap<>(fields));
    }

    /**
     * The field's value; empty if it is missing or null, which mean the same to every reader but
     * traits.
     */
    public Optional<Json> get(String name) {
      var value = fields.get(name);
      return value == null || value instanceof Null ? Optional.empty() : Optional.of(value);
    }

    public Optional<Obj> object(String name) {
      return fields.get(name) instanceof Obj object ? Optional.of(object) : Optional.empty();
    }

    public Optional<String> text(String name) {
      return fields.get(name) instanceof Text(var value) ? Optional.of(value) : Optional.empty();
    }

    public Obj with(String name, Json value) {
      var changed = new Own(fields);
      changed.put(name, value);
      return new Obj(changed);
    }

    public Obj without(String name) {
      var changed = new Own(fields);
      changed.remove(name);
      return new Obj(changed);
    }

    public boolean isEmpty() {
      return fields.isEmpty();
    }
  }

  /** Fields that become those of one object, and that nobody else holds. */
  final class Own extends LinkedHashMap<String, Json> {
    private static final long serialVersionUID = 1L;

    Own() {}

    Own(Map<String, Json> fields) {
      super(fields);
    }
  }

  record Arr(List<Json> values) implements Json {
    public Arr {
      values = List.copyOf(values);
    }
  }

  record Text(String value) implements Json {}

  /**
   * @param literal as it was written
   */
  record Num(String literal) implements Json {
    public static Num of(long value) {
      return new Num(Long.toString(value));
    }
  }

  record Bool(boolean value) implements Json {}

  record Null() implements Json {
    public static final Null VALUE = new Null();
  }

  /** The word that people know this kind of value by. */
  default String kind() {
    return switch (this) {
      case Obj _ -> "object";
      case Arr _ -> "array";
      case Text _ -> "string";
      case Num _ -> "number";
      case Bool _ -> "boolean";
      case Null _ -> "null";
    };
  }
}
