package crowd.core.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.memory.InMemoryStore;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class QuarantineRowTest {

  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  @Test
  void items_ofASmallRecord_isOne() {
    // when
    var items = QuarantineRow.items(NOON, "4711", "eA==", "no envelope");

    // then
    int bucket = Math.floorMod("4711".hashCode(), 16);
    assertEquals(
        List.of(
            Item.at(new Key("_#q#2026-11-25#" + bucket, "4711#0"))
                .with("record", "eA==")
                .with("parts", 1L)
                .with("reason", "no envelope")
                .with("received_at", NOON.toEpochMilli())
                .with("ttl", NOON.getEpochSecond() + 14 * 24 * 3600)),
        items);
  }

  @Test
  void items_ofTheLargestRecord_eachFitTheStoreAndTogetherHoldIt() {
    // given
    var record = "AbCd".repeat(350_000);

    // when
    var items = QuarantineRow.items(NOON, "4711", record, "no envelope");

    // then
    var store = new InMemoryStore();
    assertEquals(List.of(), store.putAll(items));
    assertEquals(
        record,
        items.stream().map(item -> item.requireText("record")).collect(Collectors.joining()));
  }
}
