package crowd.functions.consumer;

import crowd.core.message.Message;
import crowd.core.observe.Counter;
import crowd.core.observe.Metrics;
import crowd.core.project.Project;
import crowd.core.quarantine.Decoded;
import crowd.core.quarantine.Quarantine;
import crowd.core.store.StoreUnavailableException;
import crowd.core.stream.Envelope;
import crowd.core.website.FirstEvents;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What becomes of the records of one call: applied, kept aside, or to come again. */
final class Consumption {

  /**
   * How old a record is that still meets a defect when it is kept aside. Until then it comes again
   * and again, so that what was no fault of the record, or is mended soon, costs nobody a redrive.
   */
  static final Duration DEFECT_PATIENCE = Duration.ofHours(1);

  private final Quarantine quarantine;
  private final Project project;
  private final FirstEvents firstEvents;
  private final InstantSource clock;
  private final Metrics metrics;

  Consumption(
      Quarantine quarantine,
      Project project,
      FirstEvents firstEvents,
      InstantSource clock,
      Metrics metrics) {
    this.quarantine = quarantine;
    this.project = project;
    this.firstEvents = firstEvents;
    this.clock = clock;
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
    var defects = new ArrayList<RuntimeException>();
    int quarantined = 0;
    for (int place = 0; place < records.size(); place++) {
      switch (records.get(place).decoded()) {
        case Decoded.Understood(var envelope) -> sound.add(new Sound(place, envelope));
        case Decoded.Poison(var reason) -> {
          if (isKeptAside(records.get(place), reason, defects::add)) {
            quarantined++;
          } else {
            failed.add(place);
          }
        }
      }
    }
    try {
      failed.addAll(apply(sound, deadline));
    } catch (RuntimeException e) {
      defects.add(e);
      quarantined += applyInTurn(records, sound, deadline, failed, defects::add);
    }
    return new Report(quarantined, failed, defects.stream().findFirst());
  }

  /**
   * False also for a defect: one that got out of here would be printed, and might quote the record.
   */
  private boolean isKeptAside(
      StreamRecord record, String reason, Consumer<RuntimeException> defects) {
    try {
      boolean isKept =
          quarantine.keep(record.arrivedAt(), record.sequenceNumber(), record.data(), reason);
      if (isKept) {
        metrics.add(Counter.QUARANTINED_RECORDS);
      }
      return isKept;
    } catch (RuntimeException e) {
      defects.accept(e);
      return false;
    }
  }

  private List<Integer> apply(List<Sound> sound, Instant deadline) {
    var failed = project.apply(sound.stream().map(Sound::envelope).toList(), deadline);
    for (int i = 0; i < sound.size(); i++) {
      if (!failed.contains(i)) {
        note(sound.get(i).envelope());
      }
    }
    return failed.stream().map(i -> sound.get(i).place()).toList();
  }

  private void note(Envelope envelope) {
    envelope.messages().stream()
        .map(Message::receivedAt)
        .min(Comparator.naturalOrder())
        .ifPresent(receivedAt -> firstEvents.note(envelope.website(), receivedAt));
  }

  /**
   * After a defect: up to the first record that has to come again, so that those before it are done
   * with and it is the one that is reported. What has met defects for too long is kept aside, and
   * those behind it go on.
   *
   * @param failed gets the place of the one that has to come again
   * @param defects gets what keeping one aside stumbled over
   * @return how many were kept aside
   */
  private int applyInTurn(
      List<StreamRecord> records,
      List<Sound> sound,
      Instant deadline,
      SortedSet<Integer> failed,
      Consumer<RuntimeException> defects) {
    int quarantined = 0;
    for (var one : sound) {
      try {
        var again = apply(List.of(one), deadline);
        if (!again.isEmpty()) {
          failed.addAll(again);
          return quarantined;
        }
      } catch (RuntimeException e) {
        if (!isHopeless(records.get(one.place()), e)
            || !isKeptAside(
                records.get(one.place()), "defect: " + e.getClass().getName(), defects)) {
          failed.add(one.place());
          return quarantined;
        }
        quarantined++;
      }
    }
    return quarantined;
  }

  private boolean isHopeless(StreamRecord record, RuntimeException thrown) {
    return !(thrown instanceof StoreUnavailableException)
        && record.arrivedAt().plus(DEFECT_PATIENCE).isBefore(clock.instant());
  }
}
