package crowd.functions.consumer;

import crowd.core.observe.Counter;
import crowd.core.observe.Metrics;
import crowd.core.project.Project;
import crowd.core.store.Store;
import crowd.core.stream.Envelope;
import crowd.core.table.QuarantineRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What becomes of the records of one call: applied, kept aside, or to come again. */
final class Consumption {

  private final Store store;
  private final Project project;
  private final Metrics metrics;

  Consumption(Store store, Project project, Metrics metrics) {
    this.store = store;
    this.project = project;
    this.metrics = metrics;
  }

  /**
   * @param quarantined records that were kept aside
   * @param failed places of records that have to come again
   * @param defect what a record stumbled over
   */
  record Report(int quarantined, SortedSet<Integer> failed, Optional<RuntimeException> defect) {}

  /** A record that could be understood, and its place among all. */
  private record Sound(int place, Envelope envelope) {}

  Report consume(List<StreamRecord> records, Instant deadline) {
    var sound = new ArrayList<Sound>();
    var failed = new TreeSet<Integer>();
    int quarantined = 0;
    for (int place = 0; place < records.size(); place++) {
      switch (records.get(place).decoded()) {
        case StreamRecord.Decoded.Understood(var envelope) -> sound.add(new Sound(place, envelope));
        case StreamRecord.Decoded.Poison(var reason) -> {
          if (isKeptAside(records.get(place), reason)) {
            quarantined++;
          } else {
            failed.add(place);
          }
        }
      }
    }
    try {
      failed.addAll(apply(sound, deadline));
      return new Report(quarantined, failed, Optional.empty());
    } catch (RuntimeException e) {
      failed.addAll(applyInTurn(sound, deadline));
      return new Report(quarantined, failed, Optional.of(e));
    }
  }

  private boolean isKeptAside(StreamRecord record, String reason) {
    var items =
        QuarantineRow.items(record.arrivedAt(), record.sequenceNumber(), record.data(), reason);
    if (!store.putAll(items).isEmpty()) {
      return false;
    }
    metrics.add(Counter.QUARANTINED_RECORDS);
    return true;
  }

  private List<Integer> apply(List<Sound> sound, Instant deadline) {
    return project.apply(sound.stream().map(Sound::envelope).toList(), deadline).stream()
        .map(i -> sound.get(i).place())
        .toList();
  }

  /**
   * After a defect: up to the record that stumbles, so that those before it are done with and it is
   * the one that is reported.
   */
  private List<Integer> applyInTurn(List<Sound> sound, Instant deadline) {
    for (var one : sound) {
      try {
        var failed = apply(List.of(one), deadline);
        if (!failed.isEmpty()) {
          return failed;
        }
      } catch (RuntimeException e) {
        return List.of(one.place());
      }
    }
    return List.of();
  }
}
