package crowd.core.traits;

import crowd.core.json.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that counts of one trait: the latest write by {@code traits} and the earliest by {@code
 * set_once}. At least one of the two is there.
 */
public record Trait(@Nullable Register set, @Nullable Register setOnce) {

  Trait join(Trait other) {
    return new Trait(
        set == null ? other.set : other.set == null ? set : set.later(other.set),
        setOnce == null
            ? other.setOnce
            : other.setOnce == null ? setOnce : setOnce.earlier(other.setOnce));
  }

  /**
   * The write that readers see: one by {@code traits} before one by {@code set_once}, unless that
   * has a greater rank.
   */
  public Register effective() {
    if (set != null && setOnce != null) {
      return set.rank() >= setOnce.rank() ? set : setOnce;
    }
    if (set != null) {
      return set;
    }
    if (setOnce != null) {
      return setOnce;
    }
    throw new IllegalStateException("a trait without a write");
  }

  /** The value that readers see; empty if it was removed. */
  public Optional<Json> value() {
    var value = effective().value();
    return value instanceof Json.Null ? Optional.empty() : Optional.of(value);
  }
}
