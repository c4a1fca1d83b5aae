package crowd.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.fingerprint.Fingerprint;
import crowd.core.identity.AnonymousId;
import crowd.core.message.Message;
import crowd.core.message.MessageType;
import crowd.core.store.MeteredStore;
import crowd.core.store.Units;
import crowd.core.store.memory.InMemoryStore;
import crowd.core.verify.Sent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What each operation costs, in DynamoDB's units, counted at the store port by its published rules:
 * reads and writes of the table, then of its indexes. The ledger of docs/data-model.md, exactly.
 */
class CostLedgerTest {

  private static final String A = "anon_a";

  private final AtomicReference<MeteredStore> meter = new AtomicReference<>();
  private final World world =
      new World(store -> {
        var metered = new MeteredStore((InMemoryStore) store);
        meter.set(metered);
        return metered;
      });

  private void assertCosts(
      double reads, double indexReads, long writes, long indexWrites, Runnable operation) {
    var metered = meter.get();
    assertEquals(new Units(reads, indexReads, writes, indexWrites), metered.unitsOf(operation));
  }

  private void consume(Message... messages) {
    List.of(messages).forEach(world::track);
    world.drain();
  }

  @Test
  void identify_thatChangesNothing() {
    // given
    world.identify(world.login("ann", A, 1));
    world.drain();
    // when, then: the profile and the alias
    assertCosts(2, 0, 0, 0, () -> world.identify(world.login("ann", A, 1)));
    assertCosts(2, 0, 0, 0, () -> world.identify(world.login("ann", A, 2)));
  }

  @Test
  void identify_traitsChanged() {
    // given
    world.identify(world.login("ann", A, 1));
    world.drain();
    var changed = world.traits("ann", "{'plan':'pro'}", "t", 2);
    var again = world.traits("ann", "{'plan':'pro'}", "later", 3);
    // when, then: and a register that only moves is a change
    assertCosts(1, 0, 1, 0, () -> world.identify(changed));
    assertCosts(1, 0, 1, 0, () -> world.identify(again));
  }

  @Test
  void identify_firstForThisBrowser_whateverTheHistory() {
    for (int events : List.of(0, 1, 100)) {
      // given
      var user = "ann" + events;
      var browser = A + events;
      IntStream.range(0, events)
          .forEach(i -> world.track(world.event(browser, "e" + events + "-" + i, i)));
      world.track(world.userEvent(user, Optional.empty(), "seen-" + events, 0));
      world.drain();
      // when, then: three items in a transaction, and the index of waiting work
      assertCosts(2, 0, 6, 1, () -> world.identify(world.login(user, browser, 1)));
    }
  }

  @Test
  void identify_firstForThisBrowser_anHourAfterTheLastEvent() {
    // given
    world.identify(world.traits("ann", "{}", "t", 1));
    // when, then: the most that it can be, since the user moves in the list of users too
    assertCosts(2, 0, 6, 3, () -> world.identify(world.login("ann", A, 7200)));
  }

  @Test
  void identify_newProfile() {
    // when, then: in one transaction with a directory entry each for the id, the email and the name
    assertCosts(1, 0, 4, 1, () -> world.identify(world.traits("ann", "{}", "t", 1)));
    assertCosts(
        1,
        0,
        8,
        1,
        () -> world.identify(world.traits("bob", "{'email':'b@x.org','name':'Bob'}", "u", 1)));
  }

  @Test
  void identify_newEmail() {
    // given
    world.identify(world.traits("bob", "{'email':'b@x.org'}", "t", 1));
    // when, then: the profile, the new entry, the old one, in one transaction
    assertCosts(
        1, 0, 6, 0, () -> world.identify(world.traits("bob", "{'email':'c@x.org'}", "u", 2)));
  }

  @Test
  void identify_userSwitch() {
    // given
    world.identify(world.login("ann", A, 1));
    world.drain();
    world.identify(world.traits("bob", "{}", "t", 1));
    // when, then: the alias, which has copies to take back from now on, and a line in the history
    // of each of the two; read is whether the owner was erased
    assertCosts(3, 0, 6, 1, () -> world.identify(world.login("bob", A, 2)));
    assertCosts(3, 0, 0, 0, () -> world.identify(world.login("bob", A, 3)));
  }

  @Test
  void identify_retiredId() {
    // given
    world.reset(world.logout(A, 1));
    world.identify(world.traits("bob", "{}", "t", 1));
    // when, then: remembered once
    assertCosts(3, 0, 1, 0, () -> world.identify(world.login("bob", A, 2)));
    assertCosts(3, 0, 0, 0, () -> world.identify(world.login("bob", A, 3)));
  }

  @Test
  void unlink_inTheRequest() {
    // given
    world.identify(world.login("ann", A, 1));
    world.drain();
    // when, then: the alias, the profile, the link, the job and a line of history; the job's index
    assertCosts(2, 0, 10, 1, () -> world.unlink("ann", A));
  }

  @Test
  void alias_ofUsers() {
    // given
    world.identify(world.traits("ann", "{}", "t1", 1));
    world.identify(world.traits("bob", "{}", "t2", 1));
    var alias = world.alias("bob", "ann", 2);
    // when, then: two profiles, the way back, two lines of history; then each walk twice, to be
    // sure
    assertCosts(6, 0, 10, 0, () -> world.alias(alias));
    assertCosts(12, 0, 0, 0, () -> world.alias(alias));
  }

  @Test
  void track_inTheRequest() {
    assertCosts(0, 0, 0, 0, () -> world.track(world.event(A, "e1", 1)));
  }

  @Test
  void reset_inTheRequest() {
    assertCosts(1, 0, 1, 0, () -> world.reset(world.logout(A, 1)));
    // an earlier one holds
    assertCosts(1, 0, 0, 0, () -> world.reset(world.logout(A, 2)));
  }

  @Test
  void reset_again_ofAnIdThatIsSomebodys() {
    // given
    world.identify(world.login("ann", A, 1));
    world.reset(world.logout(A, 2));
    // when, then: read is whether the owner was erased
    assertCosts(2, 0, 0, 0, () -> world.reset(world.logout(A, 3)));
  }

  @Test
  void eventWithAUser() {
    // given
    consume(world.userEvent("ann", Optional.empty(), "e1", 1));
    // when, then: the read is shared by all of his events in the batch
    assertCosts(1, 0, 1, 0, () -> consume(world.userEvent("ann", Optional.empty(), "e2", 2)));
    var batch =
        IntStream.range(10, 35)
            .mapToObj(i -> world.userEvent("ann", Optional.empty(), "e" + i, i))
            .toList();
    assertCosts(
        1,
        0,
        25,
        0,
        () -> {
          world.batch(batch);
          world.drain();
        });
  }

  @Test
  void eventWithAUser_onceAnHour() {
    // given
    consume(world.userEvent("ann", Optional.empty(), "e1", 1));
    // when, then: his profile says so, and he moves in the list
    assertCosts(1, 0, 2, 2, () -> consume(world.userEvent("ann", Optional.empty(), "e2", 7200)));
  }

  @Test
  void messageOfAGroup() {
    // given
    consume(world.userEvent("ann", Optional.empty(), "e1", 1));
    // when, then: the group, which is new, and that he is in it
    assertCosts(3, 0, 3, 0, () -> consume(group("{'a':1}", "g1", 1)));
    // and the same again
    assertCosts(3, 0, 1, 0, () -> consume(group("{'a':1}", "g1", 1)));
    // and a trait that changes, and none
    assertCosts(3, 0, 2, 0, () -> consume(group("{'a':2}", "g2", 2)));
    assertCosts(2, 0, 1, 0, () -> consume(group("{}", "g3", 3)));
  }

  private Message group(String traits, String messageId, int second) {
    return world.message(
        MessageType.GROUP,
        "{'user_id':'ann','group_id':'acme','traits':%s,'message_id':'%s','timestamp':'%s'}"
            .formatted(traits, messageId, World.at(second)));
  }

  @Test
  void anonymousEvent_notLinked() {
    assertCosts(1, 0, 1, 0, () -> consume(world.event(A, "e1", 1)));
    var batch = IntStream.range(10, 35).mapToObj(i -> world.event(A, "e" + i, i)).toList();
    assertCosts(
        1,
        0,
        25,
        0,
        () -> {
          world.batch(batch);
          world.drain();
        });
  }

  @Test
  void anonymousEvent_linked() {
    // given
    world.identify(world.login("ann", A, 1));
    world.drain();
    // when, then: the alias before and after the copy, and the owner's profile: for all of the
    // id's events in the batch together
    assertCosts(3, 0, 2, 0, () -> consume(world.event(A, "e1", 2)));
    var batch = IntStream.range(10, 35).mapToObj(i -> world.event(A, "e" + i, i)).toList();
    assertCosts(
        3,
        0,
        50,
        0,
        () -> {
          world.batch(batch);
          world.drain();
        });
  }

  @Test
  void backfill() {
    for (int events : List.of(1, 100, 1000)) {
      // given
      var user = "ann" + events;
      var browser = A + events;
      for (int from = 0; from < events; from += 500) {
        world.batch(
            IntStream.range(from, Math.min(events, from + 500))
                .mapToObj(i -> world.event(browser, "e" + i, i))
                .toList());
      }
      world.drain();
      world.identify(world.login(user, browser, 1));
      world.stream.drain();
      world.wait(Duration.ofMinutes(3));
      // when
      var units = meter.get().unitsOf(world::reconcile);
      // then: a copy each, and the alias that says it is done; the profile whose times move
      assertEquals(events + 2, units.writes(), events + " events");
      assertTrue(units.reads() <= Math.max(events / 4.0, 6), events + " events: " + units);
    }
  }

  @Test
  void looking() {
    // given
    world.identify(world.login("ann", A, 1));
    world.drain();
    for (int i = 10; i < 30; i++) {
      consume(world.event(A, "e" + i, i));
    }
    // when, then: links, aliases, and the events by the size of the page
    assertCosts(1 + 1 + 2, 0, 0, 0, () -> world.timeline("ann"));
    assertEquals(1, world.person("ann").orElseThrow().links().size());
    assertEquals(
        new AnonymousId(A), world.person("ann").orElseThrow().links().getFirst().anonymousId());
  }

  @Test
  void messageWithAFingerprint() {
    // given
    var message = world.event(A, "e1", 1).from(new Fingerprint("0".repeat(32)));
    var again = world.event(A, "e2", 2).from(new Fingerprint("0".repeat(32)));
    // when, then: the event and the alias, the sighting; then it is known
    assertCosts(2, 0, 2, 0, () -> consume(message));
    assertCosts(2, 0, 1, 0, () -> consume(again));
  }

  @Test
  void identify_byFingerprint() {
    // given
    var office = new Fingerprint("0".repeat(32));
    consume(world.event(A, "e1", 1).from(office));
    world.track(world.userEvent("ann", Optional.empty(), "seen", 0));
    world.drain();
    var login = world.traits("ann", "{}", "t", 2).from(office);
    // when, then: the sightings and the alias, and what it costs with an anonymous id
    assertCosts(4, 0, 6, 1, () -> world.identify(world.website, Sent.trusted(login, true)));
  }
}
