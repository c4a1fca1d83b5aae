package crowd.simulation.world;

import crowd.core.project.Project;
import crowd.core.store.Store;
import crowd.core.stream.Envelope;
import crowd.core.table.QuarantineRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;

/** The function behind the stream: what it does with records before the use case, and after. */
record Consumer(Store store, Project project, Branches branches) {

  private record Sound(int place, Envelope envelope) {}

  /**
   * @return how many records from the first on are done with; the others have to come again
   */
  int consume(List<StreamRecord> records, Instant deadline) {
    var failed = new TreeSet<Integer>();
    var sound = new ArrayList<Sound>();
    for (int place = 0; place < records.size(); place++) {
      try {
        sound.add(new Sound(place, records.get(place).envelope()));
      } catch (IllegalArgumentException e) {
        if (!isSetAside(records.get(place), e.getClass().getSimpleName())) {
          failed.add(place);
        }
      }
    }
    for (int i : project.apply(sound.stream().map(Sound::envelope).toList(), deadline)) {
      failed.add(sound.get(i).place());
    }
    return failed.isEmpty() ? records.size() : failed.first();
  }

  private boolean isSetAside(StreamRecord record, String reason) {
    var items =
        QuarantineRow.items(
            Instant.ofEpochMilli(record.arrivedAt()),
            record.sequenceNumber(),
            Base64.getEncoder().encodeToString(record.bytes()),
            reason);
    boolean isDone = store.putAll(items).isEmpty();
    if (isDone) {
      branches.reached(Branch.POISON_SET_ASIDE);
    }
    return isDone;
  }
}
