package crowd.local.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value of the template and the way to it, so that a wrong one can be named.
 *
 * @param value as YAML has it: map, list, text, number, boolean or {@link Intrinsic}; null if it is
 *     not there
 */
record Node(String path, @Nullable Object value) {

  Node get(String name) {
    return new Node(path + "." + name, value instanceof Map<?, ?> map ? map.get(name) : null);
  }

  /** Fields of a map, in the template's order; none if it is not there. */
  Map<String, Node> fields() {
    var fields = new LinkedHashMap<String, Node>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, field) -> fields.put("" + name, new Node(path + "." + name, field)));
    } else if (value != null) {
      throw wrong("a map");
    }
    return fields;
  }

  /** Elements of a list; none if it is not there. */
  List<Node> elements() {
    if (value instanceof List<?> list) {
      return list.stream().map(element -> new Node(path + "[]", element)).toList();
    }
    if (value != null) {
      throw wrong("a list");
    }
    return List.of();
  }

  boolean isPresent() {
    return value != null;
  }

  String text() {
    return optionalText().orElseThrow(() -> wrong("a text"));
  }

  Optional<String> optionalText() {
    return value instanceof String text ? Optional.of(text) : Optional.empty();
  }

  List<String> texts() {
    return elements().stream().map(Node::text).toList();
  }

  int number() {
    if (value instanceof Integer number) {
      return number;
    }
    throw wrong("a whole number");
  }

  boolean isTrue() {
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw wrong("true or false");
  }

  /** The resource that a {@code !Ref} or {@code !GetAtt} points at. */
  Optional<String> resource() {
    return value instanceof Intrinsic(var name, String target)
            && (name.equals("Ref") || name.equals("GetAtt"))
        ? Optional.of(target.split("\\.", 2)[0])
        : Optional.empty();
  }

  /** What a {@code !Ref} names. */
  Optional<String> referred() {
    return value instanceof Intrinsic(var name, String target) && name.equals("Ref")
        ? Optional.of(target)
        : Optional.empty();
  }

  private IllegalArgumentException wrong(String expected) {
    return new IllegalArgumentException(
        "template: " + path + " is " + (value == null ? "missing" : "not " + expected));
  }
}
