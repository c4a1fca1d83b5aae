package crowd.local.faults;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The whole table, read by the names of its attributes alone. */
final class RawTable {

  private final Map<String, Map<String, Map<String, AttributeValue>>> partitions = new HashMap<>();

  RawTable(List<Map<String, AttributeValue>> rows) {
    for (var row : rows) {
      partitions.computeIfAbsent(text(row, "pk"), _ -> new HashMap<>()).put(text(row, "sk"), row);
    }
  }

  static String text(Map<String, AttributeValue> row, String name) {
    return Optional.ofNullable(row.get(name)).map(AttributeValue::s).orElse("");
  }

  Map<String, Map<String, AttributeValue>> ofAnonymous(String anonymousId) {
    return partitions.getOrDefault("demo#a#" + anonymousId, Map.of());
  }

  Map<String, Map<String, AttributeValue>> ofUser(String user) {
    return partitions.getOrDefault("demo#u#" + user, Map.of());
  }

  void forEach(BiConsumer<String, Map<String, AttributeValue>> partitionAndRow) {
    partitions.forEach((pk, rows) -> rows.values().forEach(row -> partitionAndRow.accept(pk, row)));
  }

  /**
   * An alias as it was decided.
   *
   * @param owner empty for nobody
   * @param linkedAt milliseconds, as all times here; 0 without an owner
   * @param sealedAt {@link Long#MAX_VALUE} while it is open
   */
  record Link(String owner, long linkedAt, long sealedAt) {

    /** R2. */
    boolean owns(Sent message) {
      return !owner.isEmpty() && message.time() <= sealedAt;
    }
  }

  Link link(String anonymousId) {
    var row = ofAnonymous(anonymousId).getOrDefault("@", Map.of());
    return new Link(
        text(row, "owner"), number(row, "linked_at", 0), number(row, "sealed_at", Long.MAX_VALUE));
  }

  /** Whether the row still names an owner who was erased: nobody has got round to it. */
  boolean isStale(Link link) {
    var owner = ofUser(link.owner()).getOrDefault("@", Map.of());
    return link.linkedAt() <= number(owner, "erased_at", Long.MIN_VALUE);
  }

  private static long number(Map<String, AttributeValue> row, String name, long otherwise) {
    return Optional.ofNullable(row.get(name))
        .map(value -> Long.parseLong(value.n()))
        .orElse(otherwise);
  }
}
