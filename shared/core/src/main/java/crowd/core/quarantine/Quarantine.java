package crowd.core.quarantine;

import crowd.core.run.Attempts;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Query;
import crowd.core.store.Store;
import crowd.core.store.Write;
import crowd.core.store.WriteOutcome;
import crowd.core.table.QuarantineRow;
import crowd.core.table.TableKeys;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The records that were kept aside. They go by themselves after {@link QuarantineRow#KEPT}. */
public final class Quarantine {

  private static final int PAGE = 100;

  /** Smaller than every sequence number. */
  private static final String FIRST = " ";

  private static final Comparator<Kept> NEWEST_FIRST =
      Comparator.comparing(Kept::receivedAt)
          .thenComparing(kept -> kept.id().sequenceNumber())
          .reversed();

  private final Store store;
  private final Attempts attempts;

  public Quarantine(Store store, Attempts attempts) {
    this.store = store;
    this.attempts = attempts;
  }

  /**
   * Keeps a record. Doing it again changes nothing but perhaps the reason.
   *
   * @param receivedAt when the stream took it
   * @param data as the stream delivered it, Base64
   * @param reason never a value out of the record
   * @return whether all of it is known to be stored; if not, the record has to come again
   */
  public boolean keep(Instant receivedAt, String sequenceNumber, String data, String reason) {
    return store.putAll(QuarantineRow.items(receivedAt, sequenceNumber, data, reason)).isEmpty();
  }

  /**
   * The records of some days, newest first.
   *
   * @param from first day, inclusive
   * @param to last day, inclusive
   */
  public List<Kept> list(LocalDate from, LocalDate to) {
    var all = new ArrayList<Kept>();
    for (var day = to; !day.isBefore(from); day = day.minusDays(1)) {
      all.addAll(list(day));
    }
    return all;
  }

  private List<Kept> list(LocalDate day) {
    var kept = new HashMap<QuarantineId, Kept>();
    TableKeys.quarantineOf(day).forEach(partition -> collect(partition, kept));
    return kept.values().stream().sorted(NEWEST_FIRST).toList();
  }

  /** Pages hold whole records, so only what is to be shown of each page is kept. */
  private void collect(String partition, Map<QuarantineId, Kept> kept) {
    store.eachPage(
        new Query(partition, FIRST, Query.HIGHEST, false, null, PAGE),
        items -> {
          for (var item : items) {
            var part = QuarantineRow.read(item);
            kept.merge(part.id(), part, Kept::with);
          }
        });
  }

  /** A record with what is in it. */
  public Optional<Contents> find(QuarantineId id) {
    var items = items(id);
    return items.stream()
        .map(QuarantineRow::read)
        .reduce(Kept::with)
        .map(kept -> new Contents(kept, QuarantineRow.data(items)));
  }

  /**
   * Forgets a record, all its parts or none.
   *
   * @return false if there is none
   * @throws crowd.core.store.StoreUnavailableException if it may still be there
   */
  public boolean drop(QuarantineId id) {
    var deletes =
        items(id).stream().map(item -> new Write.Delete(item.key(), Condition.ALWAYS)).toList();
    return !deletes.isEmpty()
        && attempts.until(() ->
            store.transact(deletes) instanceof WriteOutcome.Written
                ? Optional.of(true)
                : Optional.empty());
  }

  /** In the order of the parts: a record has fewer than ten. */
  private List<Item> items(QuarantineId id) {
    var first = TableKeys.quarantine(id.day(), id.sequenceNumber(), 0);
    var items = new ArrayList<Item>();
    store.eachPage(Query.prefix(first.pk(), id.sequenceNumber() + "#", PAGE), items::addAll);
    return items;
  }
}
