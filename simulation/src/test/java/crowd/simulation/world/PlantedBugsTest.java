package crowd.simulation.world;

import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.Store;
import crowd.core.store.StoreUnavailableException;
import crowd.core.store.Write;
import crowd.core.store.WriteOutcome;
import crowd.simulation.oracle.Violation;
import crowd.simulation.oracle.Violation.Kind;
import crowd.simulation.schedule.Trace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlantedBugsTest {

  private static final int SEEDS = 3_000;

  /** The kinds of what is found, until one of these is. */
  private static Set<Kind> found(Cloud.Around bug, Kind... wanted) {
    var found = EnumSet.noneOf(Kind.class);
    for (long seed = 0; seed < SEEDS; seed++) {
      new History(Plan.of(seed), new Trace(false), new Branches(), bug)
          .run()
          .map(Violation::kind)
          .ifPresent(found::add);
      for (var kind : wanted) {
        if (found.contains(kind)) {
          return found;
        }
      }
    }
    return found;
  }

  @Test
  void oracle_whenACopyIsDropped_seesALostEvent() {
    // given
    Cloud.Around bug =
        memory ->
            new BrokenStore(memory) {
              private boolean dropped;

              @Override
              public List<WriteOutcome> write(List<? extends Write> writes) {
                if (!dropped && writes.stream().anyMatch(write -> isCopy(write.key()))) {
                  dropped = true;
                  return writes.stream().map(_ -> WriteOutcome.WRITTEN).toList();
                }
                return store.write(writes);
              }
            };
    // then
    assertTrue(found(bug, Kind.LOST).contains(Kind.LOST));
  }

  @Test
  void oracle_whenAliasReadsAreStale_seesALostEvent() {
    // given
    Cloud.Around bug = StaleAliases::new;
    // then
    assertTrue(found(bug, Kind.LOST).contains(Kind.LOST));
  }

  /** Shows every alias as it was at the read before. */
  private static final class StaleAliases extends BrokenStore {

    private final Map<Key, Map<Key, Item>> before = new HashMap<>();

    StaleAliases(Store store) {
      super(store);
    }

    @Override
    public Map<Key, Item> get(Collection<Key> keys) {
      var now = store.get(keys);
      if (keys.size() != 1 || !isAlias(keys.iterator().next())) {
        return now;
      }
      var key = keys.iterator().next();
      var shown = before.getOrDefault(key, now);
      before.put(key, now);
      return shown;
    }
  }

  @Test
  void oracle_whenAnOldWriterOverwritesANewerCopy_seesIt() {
    // given
    Cloud.Around bug =
        memory ->
            new BrokenStore(memory) {
              @Override
              public List<WriteOutcome> write(List<? extends Write> writes) {
                var careless = new ArrayList<Write>();
                for (var write : writes) {
                  careless.add(
                      write instanceof Write.Put(var item, Condition.AbsentOrOlder _)
                          ? new Write.Put(item, Condition.ALWAYS)
                          : write);
                }
                return store.write(careless);
              }
            };
    // then
    assertTrue(!found(bug, Kind.values()).isEmpty());
  }

  @Test
  void oracle_whenAnUnlinkIsForgotten_seesAWrongPerson() {
    // given
    Cloud.Around bug =
        memory ->
            new BrokenStore(memory) {
              @Override
              public Map<Key, Item> get(Collection<Key> keys) {
                var shown = new HashMap<>(store.get(keys));
                shown.replaceAll((key, item) -> isAlias(key) ? forgetful(item) : item);
                return shown;
              }
            };
    // then
    assertTrue(found(bug, Kind.MISATTRIBUTED).contains(Kind.MISATTRIBUTED));
  }

  private static Item forgetful(Item alias) {
    var attributes = new TreeMap<>(alias.attributes());
    attributes.remove("unlinked_at");
    return new Item(alias.key(), attributes);
  }

  @Test
  void oracle_whenALinkOverwritesTheOwner_seesAWrongPerson() {
    // given
    Cloud.Around bug =
        memory ->
            new BrokenStore(memory) {
              @Override
              public WriteOutcome transact(List<? extends Write> writes) {
                var careless = new ArrayList<Write>();
                for (var write : writes) {
                  careless.add(
                      write instanceof Write.Put(var item, _)
                          ? new Write.Put(item, Condition.ALWAYS)
                          : write);
                }
                return store.transact(careless);
              }
            };
    // then
    assertTrue(found(bug, Kind.MISATTRIBUTED).contains(Kind.MISATTRIBUTED));
  }

  @Test
  void oracle_whenAPersonCannotBeRead_saysSo() {
    // given
    Cloud.Around bug =
        memory ->
            new BrokenStore(memory) {
              @Override
              public Map<Key, Item> get(Collection<Key> keys) {
                var found = store.get(keys);
                if (found.values().stream()
                    .anyMatch(item -> item.text("merged_into").isPresent())) {
                  throw new StoreUnavailableException("no root");
                }
                return found;
              }
            };
    // then
    assertTrue(found(bug, Kind.OTHER).contains(Kind.OTHER));
  }
}
