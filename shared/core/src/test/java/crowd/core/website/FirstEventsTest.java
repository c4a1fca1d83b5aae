package crowd.core.website;

import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.core.identity.WebsiteId;
import crowd.core.store.memory.Faults;
import crowd.core.store.memory.InMemoryStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FirstEventsTest {

  private static final WebsiteId SHOP = new WebsiteId("shop");
  private static final WebsiteId OTHER = new WebsiteId("other");
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  private final List<Faults.Fate> fates = new ArrayList<>();
  private final List<Faults.Step> steps = new ArrayList<>();
  private final InMemoryStore store =
      new InMemoryStore(
          new Faults() {
            @Override
            public Fate fate(Step step) {
              steps.add(step);
              return fates.isEmpty() ? Fate.NORMAL : fates.removeFirst();
            }
          });

  @Test
  void of_aWebsiteOfWhichNothingCame_isEmpty() {
    assertEquals(Optional.empty(), new FirstEvents(store).of(SHOP));
  }

  @Test
  void note_again_keepsTheFirst() {
    // given
    new FirstEvents(store).note(SHOP, NOON);
    // when
    new FirstEvents(store).note(SHOP, NOON.plusSeconds(1));
    // then
    assertEquals(Optional.of(NOON), new FirstEvents(store).of(SHOP));
    assertEquals(Optional.empty(), new FirstEvents(store).of(OTHER));
  }

  @Test
  void note_ofAWebsiteInMemory_asksTheStoreNoMore() {
    // given
    var events = new FirstEvents(store);
    events.note(SHOP, NOON);
    int before = steps.size();
    // when
    events.note(SHOP, NOON);
    // then
    assertEquals(before, steps.size());
  }

  @Test
  void note_thatGetsLost_isMadeUpForByTheNext() {
    // given
    var events = new FirstEvents(store);
    fates.add(Faults.Fate.REQUEST_LOST);
    events.note(SHOP, NOON);
    // when
    events.note(SHOP, NOON.plusSeconds(1));
    // then
    assertEquals(Optional.of(NOON.plusSeconds(1)), events.of(SHOP));
  }
}
