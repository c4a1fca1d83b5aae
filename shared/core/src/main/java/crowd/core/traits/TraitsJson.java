package crowd.core.traits;

import crowd.core.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Traits as they are stored: {@code {"plan":{"s":[rank, epoch millis, message id, value]}}}, {@code
 * s} for set and {@code o} for set once.
 */
public final class TraitsJson {

  private TraitsJson() {}

  public static Json.Obj write(Traits traits) {
    var names = new LinkedHashMap<String, Json>();
    traits.byName().forEach((name, trait) -> names.put(name, write(trait)));
    return new Json.Obj(names);
  }

  private static Json write(Trait trait) {
    var writes = new LinkedHashMap<String, Json>();
    if (trait.set() != null) {
      writes.put("s", write(trait.set()));
    }
    if (trait.setOnce() != null) {
      writes.put("o", write(trait.setOnce()));
    }
    return new Json.Obj(writes);
  }

  private static Json write(Register register) {
    return new Json.Arr(
        List.of(
            Json.Num.of(register.rank()),
            Json.Num.of(register.time().toEpochMilli()),
            new Json.Text(register.messageId()),
            register.value()));
  }

  /**
   * @throws IllegalArgumentException if it is not what {@link #write} makes
   */
  public static Traits read(Json.Obj json) {
    var traits = new TreeMap<String, Trait>();
    json.fields()
        .forEach((name, value) -> {
          if (!(value instanceof Json.Obj writes)) {
            throw new IllegalArgumentException("a stored trait is not an object");
          }
          traits.put(name, new Trait(register(writes, "s"), register(writes, "o")));
        });
    return new Traits(traits);
  }

  private static @Nullable Register register(Json.Obj writes, String name) {
    var value = writes.get(name).orElse(null);
    if (value == null) {
      return null;
    }
    if (value instanceof Json.Arr(var parts)
        && parts.size() == 4
        && parts.get(0) instanceof Json.Num(var rank)
        && parts.get(1) instanceof Json.Num(var time)
        && parts.get(2) instanceof Json.Text(var messageId)) {
      return new Register(
          Integer.parseInt(rank),
          Instant.ofEpochMilli(Long.parseLong(time)),
          messageId,
          parts.get(3));
    }
    throw new IllegalArgumentException("a stored trait is not a register");
  }
}
