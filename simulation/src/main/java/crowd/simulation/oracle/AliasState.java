package crowd.simulation.oracle;

import crowd.core.store.Attribute;
import crowd.core.store.Item;
import org.jspecify.annotations.Nullable;

/**
 * What an alias's row says, read by the names of its attributes.
 *
 * @param owner null for nobody
 * @param linkedAt milliseconds; 0 without an owner
 * @param claimedAt likewise
 * @param sealedAt milliseconds; {@link Long#MAX_VALUE} while it is open
 * @param unlinkedAt milliseconds; {@link Long#MIN_VALUE} if it was never taken back
 * @param erasedAt milliseconds; {@link Long#MIN_VALUE} if nobody was erased whose it was
 * @param flag null for none
 * @param copies {@code NONE} if left out
 * @param cursor null for none
 */
public record AliasState(
    @Nullable String owner,
    long epoch,
    long linkedAt,
    long claimedAt,
    long sealedAt,
    long unlinkedAt,
    long erasedAt,
    @Nullable String flag,
    String copies,
    @Nullable String cursor) {

  static final AliasState NOTHING =
      new AliasState(
          null, 0, 0, 0, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, null, "NONE", null);

  static AliasState of(@Nullable Item row) {
    if (row == null) {
      return NOTHING;
    }
    var copies = text(row, "copies");
    return new AliasState(
        text(row, "owner"),
        number(row, "epoch", 0),
        number(row, "linked_at", 0),
        number(row, "claimed_at", 0),
        number(row, "sealed_at", Long.MAX_VALUE),
        number(row, "unlinked_at", Long.MIN_VALUE),
        number(row, "erased_at", Long.MIN_VALUE),
        text(row, "flag"),
        copies == null ? "NONE" : copies,
        text(row, "cursor"));
  }

  static @Nullable String text(Item row, String name) {
    return row.attributes().get(name) instanceof Attribute.Text(var value) ? value : null;
  }

  static long number(Item row, String name, long otherwise) {
    return row.attributes().get(name) instanceof Attribute.Whole(var value) ? value : otherwise;
  }

  /** Whether somebody has to work on the copies. */
  public boolean waits() {
    return copies.equals("PENDING") || copies.equals("TRIMMING") || copies.equals("TRIMMED");
  }

  /** Whether readers trust the copies alone. */
  boolean areCopiesMade() {
    return copies.equals("DONE") || copies.equals("TRIMMED");
  }

  public boolean wasUnlinked() {
    return unlinkedAt != Long.MIN_VALUE;
  }

  /** R2. */
  boolean owns(long time, long expires) {
    return owner != null && time <= sealedAt && expires > linkedAt;
  }
}
