package crowd.core.table;

import crowd.core.quarantine.Kept;
import crowd.core.quarantine.QuarantineId;
import crowd.core.store.Attributes;
import crowd.core.store.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A record that can never be understood, kept aside for people to look at: {@code _#q#<day>#<0 to
 * 15>} / {@code <sequence number>#<part>}. Only ever put and expired, so the key need not say what
 * it holds.
 */
public final class QuarantineRow {

  /** How long a record is kept. */
  public static final Duration KEPT = Duration.ofDays(14);

  /** Characters of a record that one item holds: an item has 400 KB, a record 1 MB. */
  static final int PART_LENGTH = 256 * 1024;

  private static final String RECORD = "record"; // a part of it, Base64
  private static final String PARTS = "parts";
  private static final String REASON = "reason"; // never a value out of the record
  private static final String RECEIVED_AT = "received_at"; // epoch millis

  private QuarantineRow() {}

  /**
   * Makes the same items of the same record each time: they are put without a condition.
   *
   * @param receivedAt when the stream took the record
   * @param record as the stream delivered it, Base64
   */
  public static List<Item> items(
      Instant receivedAt, String sequenceNumber, String record, String reason) {
    int parts = Math.max(1, Math.ceilDiv(record.length(), PART_LENGTH));
    var items = new ArrayList<Item>();
    for (int part = 0; part < parts; part++) {
      int start = part * PART_LENGTH;
      items.add(
          Item.at(TableKeys.quarantine(receivedAt, sequenceNumber, part))
              .with(RECORD, record.substring(start, Math.min(record.length(), start + PART_LENGTH)))
              .with(PARTS, (long) parts)
              .with(REASON, reason)
              .with(RECEIVED_AT, receivedAt.toEpochMilli())
              .with(Attributes.TTL, receivedAt.plus(KEPT).getEpochSecond()));
    }
    return items;
  }

  /** What one part says of its record. */
  public static Kept read(Item part) {
    var receivedAt = Instant.ofEpochMilli(part.requireWhole(RECEIVED_AT));
    var sk = part.key().sk();
    return new Kept(
        QuarantineId.of(receivedAt, sk.substring(0, sk.lastIndexOf('#'))),
        receivedAt,
        part.requireText(REASON),
        bytes(part.requireText(RECORD)),
        part.requireWhole(PARTS),
        1);
  }

  /**
   * The record, Base64.
   *
   * @param parts all of one record, in their order
   */
  public static String data(List<Item> parts) {
    return parts.stream().map(part -> part.requireText(RECORD)).collect(Collectors.joining());
  }

  /** Of a part of Base64 text, each of which ends where a group of four characters does. */
  private static long bytes(String base64) {
    int padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
    return base64.length() / 4 * 3L - padding;
  }
}
