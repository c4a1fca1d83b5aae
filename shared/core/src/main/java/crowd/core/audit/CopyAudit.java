package crowd.core.audit;

import crowd.core.event.StoredEvent;
import crowd.core.identity.Alias;
import crowd.core.identity.AnonymousId;
import crowd.core.message.Message;
import crowd.core.observe.Counter;
import crowd.core.project.Settle;
import crowd.core.store.Key;
import crowd.core.store.Store;
import crowd.core.store.Write;
import crowd.core.table.EventRow;
import crowd.core.table.Table;
import crowd.core.table.TableKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether a timeline holds the copies that rule R2 says, and no others. */
final class CopyAudit {

  /** How long an event may be stored without its copy: its record is on its way, or comes again. */
  static final Duration PATIENCE = Duration.ofMinutes(15);

  private final Store store;
  private final Table table;
  private final Settle settle;
  private final Removal removal;
  private final InstantSource clock;

  CopyAudit(Store store, Settle settle, Removal removal, InstantSource clock) {
    this.store = store;
    this.table = new Table(store);
    this.settle = settle;
    this.removal = removal;
    this.clock = clock;
  }

  /** Events of an owned id without their copy; they are copied. */
  Report missing(Alias alias) {
    if (!alias.copies().areAllMade()) {
      return Report.NOTHING;
    }
    var events =
        PersonAudit.newestEvents(store, TableKeys.anonymousPartition(alias.website(), alias.id()));
    var byCopy = new LinkedHashMap<Key, Message>();
    for (var event : events) {
      if (shouldBeCopied(alias, event.message())) {
        byCopy.put(copyOf(alias, event.message()), event.message());
      }
    }
    byCopy.keySet().removeAll(store.getAll(byCopy.keySet()).keySet());
    var report = Report.looked(0, events.size());
    if (byCopy.isEmpty() || !table.alias(alias.website(), alias.id()).isOfSameDecision(alias)) {
      return report;
    }
    settle.settle(alias.website(), alias.id(), byCopy.values());
    return report.plus(Report.of(Counter.UNSETTLED_EVENTS, byCopy.size()));
  }

  private boolean shouldBeCopied(Alias alias, Message message) {
    return alias.owns(message) && message.receivedAt().isBefore(latestReceived());
  }

  private Instant latestReceived() {
    return clock.instant().minus(PATIENCE);
  }

  private static Key copyOf(Alias alias, Message message) {
    return TableKeys.copy(alias.website(), alias.owner().orElseThrow(), alias.id(), message);
  }

  /** Copies in a timeline that their alias does not back; they are removed. */
  Report stray(PersonAudit.Person person) {
    var swept = person.swept();
    var stray = new LinkedHashMap<AnonymousId, List<StoredEvent>>();
    for (var event : person.events()) {
      var origin = event.message().anonymous();
      if (event.isCopy() && origin.isPresent() && !swept.contains(origin.get())) {
        var alias = person.aliases().get(origin.get());
        if (alias != null && !isBacked(person, alias, event)) {
          stray.computeIfAbsent(origin.get(), _ -> new ArrayList<>()).add(event);
        }
      }
    }
    var report = Report.NOTHING;
    for (var entry : stray.entrySet()) {
      var alias = person.aliases().get(entry.getKey());
      if (alias != null) {
        report = report.plus(remove(person, alias, entry.getValue()));
      }
    }
    return report;
  }

  /** While copies wait, somebody is at work; of a lazy id no copy is read. */
  private static boolean isBacked(PersonAudit.Person person, Alias alias, StoredEvent event) {
    return alias.ownedBy(person.user())
        && (!alias.copies().areAllMade() || alias.owns(event.message()));
  }

  private Report remove(PersonAudit.Person person, Alias alias, List<StoredEvent> copies) {
    var byKey = new LinkedHashMap<Key, StoredEvent>();
    for (var copy : copies) {
      byKey.put(TableKeys.copy(person.website(), person.user(), alias.id(), copy.message()), copy);
    }
    byKey.keySet().retainAll(store.getAll(byKey.keySet()).keySet());
    removal.remove(alias, byKey.entrySet().stream().map(entry -> delete(alias, entry)).toList());
    return Report.of(Counter.STRAY_COPIES, byKey.size());
  }

  private static Write delete(Alias alias, Map.Entry<Key, StoredEvent> copy) {
    return EventRow.deleteCopy(
        copy.getKey(), alias.id(), Removal.upTo(alias, copy.getValue().epoch()));
  }
}
