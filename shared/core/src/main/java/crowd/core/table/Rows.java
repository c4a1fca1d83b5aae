package crowd.core.table;

import crowd.core.store.Attribute;
import crowd.core.store.Item;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the codecs of all rows share. */
final class Rows {

  private Rows() {}

  /**
   * The instant that a number of milliseconds stands for, or the default where the attribute is
   * left out.
   */
  static Instant instant(Item item, String name, Instant absent) {
    var millis = item.whole(name);
    return millis.isPresent() ? Instant.ofEpochMilli(millis.getAsLong()) : absent;
  }

  /** Milliseconds; {@code null}, which leaves the attribute out, for the ends of time. */
  static @Nullable Long millis(@Nullable Instant time) {
    return time == null || time.equals(Instant.MAX) || time.equals(Instant.MIN)
        ? null
        : time.toEpochMilli();
  }

  /** The attributes that this version does not know: written by a newer one, and kept. */
  static Map<String, Attribute> rest(Item item, Set<String> known) {
    var rest = new HashMap<String, Attribute>();
    item.attributes()
        .forEach((name, value) -> {
          if (!known.contains(name)) {
            rest.put(name, value);
          }
        });
    return rest;
  }
}
