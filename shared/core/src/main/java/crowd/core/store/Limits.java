package crowd.core.store;

import crowd.core.json.Unicode;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * What every store refuses, before it does anything, with an {@link IllegalArgumentException}:
 * DynamoDB's own limits, so that no store accepts what the real one will not. The messages name the
 * rule, never the data.
 */
public final class Limits {

  /** Most UTF-8 bytes of a partition key, and of an index's hash key. */
  public static final int PK_BYTES = 2048;

  /** Most UTF-8 bytes of a sort key. */
  public static final int SK_BYTES = 1024;

  /** Most bytes of an item, its key and all names counted. */
  public static final int ITEM_BYTES = 400 * 1024;

  /** Most bytes of the items of one transaction together. */
  public static final int TRANSACTION_BYTES = 4 * 1024 * 1024;

  /** Bytes of items after which a page ends, full or not. */
  public static final int PAGE_BYTES = 1024 * 1024;

  /** Most items of a page. */
  public static final int PAGE_ITEMS = 1000;

  /** The most that one takes in UTF-8: half of a surrogate pair takes two. */
  private static final int BYTES_OF_A_CHAR = 3;

  private static final int BYTES_OF_A_NUMBER = 11;

  private Limits() {}

  /** Bytes that DynamoDB counts for an item: names and values, the key's included. */
  public static int size(Item item) {
    int size = size(item.key());
    for (var attribute : item.attributes().entrySet()) {
      size += Unicode.utf8Length(attribute.getKey()) + size(attribute.getValue());
    }
    return size;
  }

  /**
   * A bound of {@link #size(Item)} from lengths alone: where it is within a limit, as nearly
   * always, no text has to be looked through.
   */
  public static long sizeAtMost(Item item) {
    long chars = item.key().pk().length() + item.key().sk().length() + 4L;
    long numbers = 0;
    for (var attribute : item.attributes().entrySet()) {
      chars += attribute.getKey().length();
      switch (attribute.getValue()) {
        case Attribute.Text(var text) -> chars += text.length();
        case Attribute.Whole _ -> numbers++;
      }
    }
    return chars * BYTES_OF_A_CHAR + numbers * BYTES_OF_A_NUMBER;
  }

  /** Bytes of the key's names and values. */
  public static int size(Key key) {
    return Attributes.PK.length()
        + Unicode.utf8Length(key.pk())
        + Attributes.SK.length()
        + Unicode.utf8Length(key.sk());
  }

  /** Bytes of a value: UTF-8, or one for each two significant decimal digits and one more. */
  public static int size(Attribute value) {
    return switch (value) {
      case Attribute.Text(var text) -> Unicode.utf8Length(text);
      case Attribute.Whole(var number) -> 1 + (significantDigits(number) + 1) / 2;
    };
  }

  private static int significantDigits(long number) {
    return number == 0 ? 0 : BigDecimal.valueOf(number).stripTrailingZeros().precision();
  }

  public static void checkGet(Collection<Key> keys) {
    require(keys.size() <= Store.MAX_KEYS, "at most " + Store.MAX_KEYS + " keys at once");
    checkKeys(keys);
  }

  public static void checkWrites(List<? extends Write> writes) {
    checkKeys(writes.stream().map(Write::key).toList());
    for (var write : writes) {
      if (write instanceof Write.Put put) {
        check(put.item());
      }
    }
  }

  public static void checkTransaction(List<? extends Write> writes) {
    require(
        !writes.isEmpty() && writes.size() <= Store.MAX_KEYS,
        "a transaction has 1 to " + Store.MAX_KEYS + " writes");
    checkWrites(writes);
    require(
        sum(writes, Limits::sizeAtMost) <= TRANSACTION_BYTES
            || sum(writes, Limits::size) <= TRANSACTION_BYTES,
        "a transaction has at most " + TRANSACTION_BYTES + " bytes");
  }

  private static long sum(List<? extends Write> writes, ToLongFunction<Item> size) {
    long sum = 0;
    for (var write : writes) {
      if (write instanceof Write.Put put) {
        sum += size.applyAsLong(put.item());
      }
    }
    return sum;
  }

  public static void checkItems(List<Item> items) {
    checkKeys(items.stream().map(Item::key).toList());
    items.forEach(Limits::check);
  }

  public static void check(Query query) {
    checkText("a partition key", query.pk(), PK_BYTES);
    checkText("the start of a range", query.from(), SK_BYTES);
    checkText("the end of a range", query.to(), SK_BYTES);
    require(
        Unicode.compareUtf8(query.from(), query.to()) <= 0,
        "the start of a range is not behind its end");
    if (query.after() != null) {
      checkText("a sort key", query.after(), SK_BYTES);
    }
    checkLimit(query.limit());
  }

  public static void check(IndexQuery query) {
    checkText("an index's hash key", query.hash(), PK_BYTES);
    if (query.after() != null) {
      check(query.after().key());
    }
    checkLimit(query.limit());
  }

  private static void checkLimit(int limit) {
    require(limit >= 1 && limit <= PAGE_ITEMS, "a page has 1 to " + PAGE_ITEMS + " items");
  }

  private static void checkKeys(Collection<Key> keys) {
    if (keys.size() == 1) {
      keys.forEach(Limits::check);
      return;
    }
    var seen = new HashSet<Key>();
    for (var key : keys) {
      check(key);
      require(seen.add(key), "a key stands in one call only once");
    }
  }

  private static void check(Key key) {
    checkText("a partition key", key.pk(), PK_BYTES);
    checkText("a sort key", key.sk(), SK_BYTES);
  }

  private static void check(Item item) {
    item.attributes().forEach(Limits::checkAttribute);
    for (var index : Index.values()) {
      checkIndexed(index, item);
    }
    require(
        sizeAtMost(item) <= ITEM_BYTES || size(item) <= ITEM_BYTES,
        "an item has at most " + ITEM_BYTES + " bytes");
  }

  private static void checkAttribute(String name, Attribute value) {
    require(
        !name.isEmpty()
            && !Objects.equals(name, Attributes.PK)
            && !Objects.equals(name, Attributes.SK),
        "an attribute has a name, and not the key's");
    if (value instanceof Attribute.Text(var text)) {
      require(Unicode.isWellFormed(text), "a text has no lone surrogate");
    }
  }

  private static void checkIndexed(Index index, Item item) {
    switch (item.attributes().get(index.hash())) {
      case null -> {}
      case Attribute.Text(var hash) -> checkText("an index's hash key", hash, PK_BYTES);
      case Attribute.Whole _ -> throw new IllegalArgumentException(index.hash() + " is text");
    }
    if (item.attributes().get(index.range()) instanceof Attribute.Text) {
      throw new IllegalArgumentException(index.range() + " is a number");
    }
  }

  private static boolean isLonger(String text, int maxBytes) {
    return text.length() * BYTES_OF_A_CHAR > maxBytes && Unicode.utf8Length(text) > maxBytes;
  }

  /** The text of the rule is put together only for who breaks it: this runs for every key. */
  private static void checkText(String what, String value, int maxBytes) {
    if (value.isEmpty() || !Unicode.isWellFormed(value) || isLonger(value, maxBytes)) {
      throw new IllegalArgumentException(
          what + " has 1 to " + maxBytes + " UTF-8 bytes and no lone surrogate");
    }
  }

  private static void require(boolean condition, String rule) {
    if (!condition) {
      throw new IllegalArgumentException(rule);
    }
  }
}
