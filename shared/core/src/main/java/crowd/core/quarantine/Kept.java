package crowd.core.quarantine;

import java.time.Instant;

/**
 * A record that was kept aside, without what is in it.
 *
 * @param receivedAt when the stream took it
 * @param reason why it was kept aside; never a value out of the record
 * @param bytes of the record, as far as its parts are there
 * @param parts in which it is stored
 * @param partsFound those that are there
 */
public record Kept(
    QuarantineId id, Instant receivedAt, String reason, long bytes, long parts, long partsFound) {

  /** False while it is being written, or if that ended midway: the stream still has it then. */
  public boolean isWhole() {
    return partsFound == parts;
  }

  /** One part and another of the same record. */
  public Kept with(Kept other) {
    return new Kept(
        id, receivedAt, reason, bytes + other.bytes, parts, partsFound + other.partsFound);
  }
}
