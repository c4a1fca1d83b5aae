package crowd.core.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.World;
import crowd.core.identity.AnonymousId;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.message.Message;
import crowd.core.observe.Counter;
import crowd.core.observe.Metrics;
import crowd.core.profile.Link;
import crowd.core.project.Converge;
import crowd.core.project.Settle;
import crowd.core.reconcile.Reconcile;
import crowd.core.run.Attempts;
import crowd.core.run.Pause;
import crowd.core.run.Tasks;
import crowd.core.store.Attributes;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.Write;
import crowd.core.store.memory.FaultScript;
import crowd.core.store.memory.FaultScript.Crash;
import crowd.core.store.memory.Faults.Operation;
import crowd.core.table.EventRow;
import crowd.core.table.LinkRow;
import crowd.core.table.TableKeys;
import crowd.core.unlink.Unlink;
import crowd.core.website.Website;
import crowd.core.website.WebsiteAdmin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of damage, planted, found, mended. */
class AuditTest {

  private static final UserId ANN = new UserId("ann");
  private static final UserId BOB = new UserId("bob");
  private static final AnonymousId OF_ANN = new AnonymousId("anon_a");
  private static final AnonymousId OF_NOBODY = new AnonymousId("anon_n");

  private final World world = new World();
  private final Map<Counter, Long> counted = new EnumMap<>(Counter.class);
  private final Audit audit = audit(world);
  private final Message e2 = world.event("anon_a", "e2", 2);

  private Audit audit(World of) {
    var attempts = new Attempts(Pause.NONE);
    Metrics metrics = (counter, n) -> counted.merge(counter, n, Long::sum);
    var converge = new Converge(of.store, attempts, of::now, Metrics.NONE);
    var reconcile =
        new Reconcile(
            of.store,
            converge,
            new Unlink(of.store, attempts, of::now, Metrics.NONE),
            of.erasing(),
            Tasks.IN_TURN,
            of::now,
            Metrics.NONE);
    var settle = new Settle(of.store, attempts, Metrics.NONE);
    return new Audit(of.store, settle, reconcile, attempts, Tasks.IN_TURN, of::now, metrics);
  }

  /** Ann has two events from before her login and one from after it; Bob has an id of his own. */
  private void given() {
    register(world.website);
    world.track(world.event("anon_a", "e1", 1));
    world.track(e2);
    world.identify(world.login("ann", "anon_a", 3));
    world.track(world.event("anon_a", "e3", 4));
    world.track(world.userEvent("ann", Optional.of("anon_a"), "e4", 5));
    world.reset(world.logout("anon_a", 6));
    world.track(world.event("anon_a", "late", 7));
    world.identify(world.traits("bob", "{'email':'bob@shop.example','name':'Bob'}", "t1", 3));
    world.identify(world.login("bob", "anon_b", 8));
    world.track(world.event("anon_b", "b1", 9));
    settled();
  }

  private void register(Website website) {
    new WebsiteAdmin(world.store, world::now).add(website);
  }

  /** All that was sent is done with, and lies an hour back. */
  private void settled() {
    world.drain();
    world.wait(Duration.ofHours(1));
    world.reconcile();
    world.wait(Duration.ofHours(1));
    world.reconcile();
  }

  private List<Item> dump() {
    return world.memory.dump();
  }

  private void put(Item item) {
    world.memory.write(new Write.Put(item, Condition.ALWAYS));
  }

  private Item remove(Key key) {
    var item = world.memory.peek(key).orElseThrow();
    world.memory.write(new Write.Delete(key, Condition.ALWAYS));
    return item;
  }

  private static Item without(Item item, String attribute) {
    return item.with(attribute, (String) null);
  }

  private static Item copy(UserId owner, AnonymousId origin, Message message, long epoch) {
    return ((Write.Put) EventRow.putCopy(World.SHOP, owner, origin, message, epoch)).item();
  }

  private static Map<Counter, Long> only(Counter finding, long n) {
    return new Report(0, 0, Map.of(finding, n), true).found();
  }

  private void assertSound() {
    assertEquals(Report.NOTHING.found(), audit.run(Instant.MAX).found());
  }

  /** Runs the audit, which finds and mends; a second run finds nothing more. */
  private void assertMends(Counter finding, long n, List<Item> undamaged) {
    // when
    var report = audit.run(Instant.MAX);
    // then
    assertEquals(only(finding, n), report.found());
    assertEquals(n, counted.get(finding));
    assertEquals(undamaged, dump());
    assertSound();
  }

  @Test
  void run_ofASoundTable_findsAndChangesNothing() {
    // given
    given();
    var undamaged = dump();
    // when
    var report = audit.run(Instant.MAX);
    // then: Ann's timeline has five events and her id four, Bob's three and one
    assertEquals(new Report(2, 5 + 4 + 3 + 1, Map.of(), true), report);
    assertEquals(undamaged, dump());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void run_ofARandomWorld_findsAndChangesNothing(long seed) {
    // given
    register(world.website);
    var random = new Random(seed);
    var messages = new ArrayList<Message>();
    for (int i = 0; i < 60; i++) {
      var user = "u" + random.nextInt(4);
      var id = "anon_" + random.nextInt(4);
      messages.add(
          switch (random.nextInt(8)) {
            case 0 -> world.login(user, id, i);
            case 1 -> world.logout(id, i);
            case 2 -> world.traits(user, "{'name':'n" + random.nextInt(3) + "'}", "t" + i, i);
            case 3 -> world.userEvent(user, Optional.of(id), "e" + i, i);
            case 4 -> world.userEvent(user, Optional.empty(), "e" + i, i);
            default -> world.event(id, "e" + i, i);
          });
    }
    Collections.shuffle(messages, random);
    messages.forEach(world::send);
    settled();
    var undamaged = dump();
    // then
    assertSound();
    assertEquals(undamaged, dump());
  }

  @Test
  void missingCopy_isMadeAgain() {
    // given
    given();
    var undamaged = dump();
    remove(TableKeys.copy(World.SHOP, ANN, OF_ANN, e2));
    // then
    assertMends(Counter.UNSETTLED_EVENTS, 1, undamaged.stream().map(this::resettled).toList());
  }

  /** Made again under the epoch that the alias has now. */
  private Item resettled(Item item) {
    return item.key().equals(TableKeys.copy(World.SHOP, ANN, OF_ANN, e2))
        ? item.with(Attributes.EPOCH, world.alias("anon_a").epoch())
        : item;
  }

  @Test
  void copyThatIsOnItsWay_isNoFinding() {
    // given
    given();
    world.identify(world.login("ann", "anon_c", 10));
    world.drain();
    var fresh = world.event("anon_c", "fresh", 10);
    put(EventRow.origin(World.SHOP, fresh));
    var before = dump();
    // then
    assertSound();
    assertEquals(before, dump());
    // when
    world.wait(CopyAudit.PATIENCE.plusMillis(1));
    // then
    assertEquals(only(Counter.UNSETTLED_EVENTS, 1), audit.run(Instant.MAX).found());
    assertTrue(world.copies("ann").contains("fresh"));
  }

  @Test
  void strayCopy_ofAnIdOfNobody_isRemoved() {
    // given
    given();
    var undamaged = dump();
    for (int i = 0; i < 120; i++) {
      put(copy(ANN, OF_NOBODY, world.event("anon_n", "n" + i, i), 7));
    }
    // then
    assertMends(Counter.STRAY_COPIES, 120, undamaged);
  }

  @Test
  void strayCopy_ofAnIdOfSomebodyElse_isRemoved() {
    // given
    given();
    var undamaged = dump();
    put(copy(BOB, OF_ANN, e2, 1));
    // then
    assertMends(Counter.STRAY_COPIES, 1, undamaged);
  }

  @Test
  void strayCopy_fromBehindTheSeal_isRemoved() {
    // given
    given();
    var undamaged = dump();
    put(copy(ANN, OF_ANN, world.event("anon_a", "late", 7), world.alias("anon_a").epoch()));
    // then
    assertMends(Counter.STRAY_COPIES, 1, undamaged);
  }

  @Test
  void copiesThatAJobTakesBack_areNoFinding() {
    // given
    given();
    world.identify(world.login("carl", "anon_b", 8));
    world.identify(world.login("dora", "anon_b", 8));
    var before = dump();
    assertTrue(world.copies("bob").contains("b1"));
    // then
    assertSound();
    assertEquals(before, dump());
  }

  @Test
  void strayLink_toAnIdOfSomebodyElse_isRemoved() {
    // given
    given();
    var undamaged = dump();
    put(link(BOB, OF_ANN, 1));
    // then
    assertMends(Counter.STRAY_LINKS, 1, undamaged);
  }

  @Test
  void strayLink_toAnIdOfNobody_isRemoved() {
    // given
    given();
    var undamaged = dump();
    put(link(BOB, OF_NOBODY, 5));
    // then
    assertMends(Counter.STRAY_LINKS, 1, undamaged);
  }

  @Test
  void strayLink_thatIsNoLongerOne_isKept() {
    // given
    given();
    put(link(BOB, OF_NOBODY, 5));
    // when: the id becomes Bob's just before the link would be removed
    world.faults.before(
        1,
        FaultScript.each(Operation.TRANSACT),
        () -> world.identify(world.login("bob", "anon_n", 10)));
    audit.run(Instant.MAX);
    // then
    assertTrue(world.memory.peek(TableKeys.link(World.SHOP, BOB, OF_NOBODY)).isPresent());
    assertTrue(world.alias("anon_n").ownedBy(BOB));
  }

  private static Item link(UserId user, AnonymousId id, long epoch) {
    var link = new Link(World.SHOP, user, id, epoch, World.START, "identify", "m");
    return ((Write.Put) LinkRow.write(link)).item();
  }

  @Test
  void missingLink_isCounted() {
    // given
    given();
    remove(TableKeys.link(World.SHOP, ANN, OF_ANN));
    var damaged = dump();
    // then
    assertEquals(only(Counter.MISSING_LINKS, 1), audit.run(Instant.MAX).found());
    assertEquals(damaged, dump());
  }

  @Test
  void aliasThatWaitsAndIsInNoIndex_isWorked() {
    // given
    given();
    var undamaged = dump();
    var alias = world.memory.peek(World.aliasKey("anon_b")).orElseThrow();
    put(alias.with("copies", "PENDING"));
    // when
    var report = audit.run(Instant.MAX);
    // then
    assertEquals(only(Counter.OVERDUE_WORK, 1), report.found());
    put(alias);
    assertEquals(undamaged, dump());
    assertSound();
  }

  @Test
  void aliasThatHasWaitedForLong_isWorked() {
    // given
    given();
    world.identify(world.login("bob", "anon_c", 10));
    world.wait(Duration.ofMinutes(16));
    assertSound();
    world.wait(Duration.ofMinutes(2));
    // then
    assertEquals(only(Counter.OVERDUE_WORK, 1), audit.run(Instant.MAX).found());
    assertFalse(world.alias("anon_c").copies().waits());
    assertSound();
  }

  @Test
  void jobThatIsInNoIndex_isWorked() {
    // given
    given();
    world.identify(world.login("carl", "anon_b", 8));
    world.identify(world.login("dora", "anon_b", 8));
    world.drain();
    var job =
        dump().stream()
            .filter(item -> item.key().sk().startsWith(TableKeys.JOBS))
            .findFirst()
            .orElseThrow();
    put(without(job, Attributes.DUE_IN));
    world.wait(Duration.ofHours(1));
    assertEquals(0, world.reconcile().finished());
    // then
    assertEquals(only(Counter.OVERDUE_WORK, 1), audit.run(Instant.MAX).found());
    assertEquals(List.of(), world.copies("bob"));
    world.wait(Duration.ofHours(1));
    assertEquals(1, world.reconcile().finished());
    assertSound();
  }

  @Test
  void missingDirectoryEntry_isPutAgain() {
    // given
    given();
    world.identify(world.traits("eve", "{'email':'eve@shop.example'}", "t2", 10));
    settled();
    var undamaged = dump();
    var eve = new UserId("eve");
    remove(TableKeys.directoryEntry(World.SHOP, "email", "eve@shop.example", eve));
    remove(TableKeys.directoryEntry(World.SHOP, "user_id", "eve", eve));
    assertEquals(List.of(), world.found("eve"));
    var revision = world.profile("eve").revision();
    // then
    assertMends(
        Counter.MISSING_ENTRIES,
        2,
        undamaged.stream()
            .map(item ->
                item.key().pk().startsWith("shop#d#") && item.key().sk().endsWith("#eve")
                    ? item.with(Attributes.EPOCH, revision)
                    : item)
            .toList());
    assertEquals(List.of("eve"), world.found("eve@"));
  }

  @Test
  void strayDirectoryEntry_isRemoved() {
    // given
    given();
    var entry =
        world
            .memory
            .peek(TableKeys.directoryEntry(World.SHOP, "email", "bob@shop.example", BOB))
            .orElseThrow();
    var undamaged = dump();
    for (var value : List.of("bill@shop.example", "bob@shop.example.org", "bz")) {
      var key = TableKeys.directoryEntry(World.SHOP, "email", value, BOB);
      put(new Item(key, entry.attributes()));
    }
    // then
    assertMends(Counter.STRAY_ENTRIES, 3, undamaged);
  }

  @Test
  void entryOfAChangeUnderWay_isKept() {
    // given
    given();
    var key = TableKeys.directoryEntry(World.SHOP, "email", "bill@shop.example", BOB);
    put(
        Item.at(key)
            .with("user_id", "bob")
            .with(Attributes.ORIGIN, "directory")
            .with(Attributes.EPOCH, world.profile("bob").revision() + 1));
    // then
    assertSound();
    assertTrue(world.memory.peek(key).isPresent());
  }

  @Test
  void personWhoCannotBeRead_isCounted_andTheOthersAreMended() {
    // given
    given();
    put(without(remove(World.aliasKey("anon_b")), Attributes.EPOCH));
    var damaged = dump();
    var copy = remove(TableKeys.copy(World.SHOP, ANN, OF_ANN, e2));
    // when
    var report = audit.run(Instant.MAX);
    // then
    assertEquals(1, report.found(Counter.UNREADABLE_PEOPLE));
    assertEquals(1, report.found(Counter.UNSETTLED_EVENTS));
    assertEquals(damaged.size(), dump().size());
    assertTrue(world.memory.peek(copy.key()).isPresent());
  }

  @Test
  void run_thatIsOutOfTime_isGoneOnWithByTheNext() {
    // given
    var other = new WebsiteId("other");
    register(Website.starting(other, Set.of()));
    given();
    for (int i = 0; i < 100; i++) {
      world.identify(world.traits("u" + i, "{'plan':'pro'}", "m" + i, 20 + i));
    }
    settled();
    var undamaged = dump();
    // when: each run has time for one page of people
    long people = 0;
    int runs = 0;
    boolean isComplete = false;
    while (!isComplete) {
      world.faults.clear();
      world.faults.after(
          1,
          step ->
              step.keys().contains(TableKeys.auditProgress())
                  && step.operation() == Operation.WRITE,
          () -> world.wait(Duration.ofMinutes(1)));
      var report = audit.run(world.now().plusSeconds(30));
      people += report.people();
      isComplete = report.isComplete();
      runs++;
      assertTrue(runs < 20, "it comes to its end");
    }
    // then
    assertEquals(102, people);
    assertEquals(5, runs);
    assertEquals(undamaged, dump());
  }

  @Test
  void run_looksOnlyAtPeopleSeenLately() {
    // given
    given();
    // then
    assertEquals(2, audit.run(Instant.MAX).people());
    world.wait(Audit.RECENT);
    assertEquals(0, audit.run(Instant.MAX).people());
  }

  @Test
  void run_thatCrashesAtAnyCall_andIsRepeated_mendsEverything() {
    int steps = 0;
    while (crashesAndIsRepeated(steps + 1)) {
      steps++;
      assertTrue(steps < 500, "the scenario does not end");
    }
    assertTrue(steps > 20, "it makes some calls");
  }

  /** Says whether it crashed. */
  private static boolean crashesAndIsRepeated(int step) {
    // given
    var test = new AuditTest();
    test.given();
    var e2 = test.e2;
    var undamaged = test.dump().stream().map(test::resettled).toList();
    test.remove(TableKeys.copy(World.SHOP, ANN, OF_ANN, e2));
    test.put(copy(BOB, OF_ANN, e2, 1));
    test.put(copy(ANN, OF_NOBODY, test.world.event("anon_n", "n", 1), 7));
    test.put(link(BOB, OF_NOBODY, 5));
    test.put(
        Item.at(TableKeys.directoryEntry(World.SHOP, "user_id", "bobby", BOB))
            .with("user_id", "bob")
            .with(Attributes.ORIGIN, "directory")
            .with(Attributes.EPOCH, 1L));
    // when
    test.world.faults.clear();
    test.world.faults.crashAfter(step, FaultScript.any());
    boolean crashed = false;
    try {
      test.audit.run(Instant.MAX);
    } catch (Crash _) {
      crashed = true;
    }
    test.world.faults.clear();
    test.audit.run(Instant.MAX);
    // then
    assertEquals(undamaged, test.dump(), "step " + step);
    return crashed;
  }

  /** What may happen beside an audit: each a change of what it looks at. */
  enum Meanwhile {
    SHARED {
      @Override
      void happen(World world) {
        world.identify(world.login("carl", "anon_b", 8));
        world.identify(world.login("dora", "anon_b", 8));
      }
    },
    SHARED_AND_SWEPT {
      @Override
      void happen(World world) {
        SHARED.happen(world);
        world.drain();
        world.reconcile();
      }
    },
    SEALED {
      @Override
      void happen(World world) {
        world.reset(world.logout("anon_a", 2));
        world.drain();
      }
    },
    LINKED {
      @Override
      void happen(World world) {
        world.identify(world.login("bob", "anon_n", 10));
        world.drain();
      }
    },
    RENAMED {
      @Override
      void happen(World world) {
        world.identify(world.traits("bob", "{'email':'bill@shop.example'}", "t9", 10));
      }
    },
    RENAMED_TWICE {
      @Override
      void happen(World world) {
        RENAMED.happen(world);
        world.identify(world.traits("bob", "{'email':'bob@shop.example'}", "t10", 11));
      }
    };

    abstract void happen(World world);
  }

  @ParameterizedTest
  @EnumSource
  void whatHappensBesideAnAudit_atAnyCall_isNoFinding(Meanwhile meanwhile) {
    // given
    var alone = new AuditTest();
    alone.given();
    meanwhile.happen(alone.world);
    alone.settled();
    int step = 1;
    for (boolean came = true; came; step++) {
      came = happensAt(step, meanwhile, alone.dump());
    }
    assertTrue(step > 20, "it makes some calls");
  }

  /** Says whether the step came. */
  private static boolean happensAt(int step, Meanwhile meanwhile, List<Item> expected) {
    // given
    var test = new AuditTest();
    test.given();
    test.world.faults.clear();
    var came = new boolean[1];
    test.world.faults.before(
        step,
        FaultScript.any(),
        () -> {
          came[0] = true;
          meanwhile.happen(test.world);
        });
    // when
    var report = test.audit.run(Instant.MAX);
    // then
    assertEquals(Report.NOTHING.found(), report.found(), "step " + step);
    test.world.faults.clear();
    if (came[0]) {
      test.settled();
      assertEquals(expected, test.dump(), "step " + step);
    }
    return came[0];
  }
}
