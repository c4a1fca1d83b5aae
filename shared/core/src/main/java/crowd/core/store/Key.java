package crowd.core.store;

import crowd.core.json.Unicode;
import java.util.Comparator;

/**
 * The primary key of an item.
 *
 * @param pk partition key, 1 to 2048 UTF-8 bytes
 * @param sk sort key, 1 to 1024 UTF-8 bytes; items of one partition are ordered by its UTF-8 bytes
 */
public record Key(String pk, String sk) {

  /** By partition, then as within a partition. */
  public static final Comparator<Key> ORDER =
      Comparator.comparing(Key::pk, Unicode::compareUtf8)
          .thenComparing(Key::sk, Unicode::compareUtf8);
}
