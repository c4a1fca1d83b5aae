package crowd.core.race;

import static crowd.core.race.State.A;
import static crowd.core.race.State.ANN;
import static crowd.core.race.State.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import crowd.core.World;
import crowd.core.identity.GroupId;
import crowd.core.identity.UserId;
import crowd.core.message.Message;
import crowd.core.message.MessageType;
import crowd.core.race.State.Of;
import crowd.core.race.State.OfId;
import crowd.core.store.Condition;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.Write;
import crowd.core.stream.Envelope;
import crowd.core.stream.EnvelopeJson;
import crowd.core.table.TableKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Races 22, 30, 34 and 37: late and repeated deliveries, and who else is at work. */
class DeliveryRaceTest {

  private static final Duration LATER = Duration.ofMinutes(3);

  private static String name(int i) {
    return "e%03d".formatted(i);
  }

  private static List<String> names(int events) {
    return IntStream.rangeClosed(1, events).mapToObj(DeliveryRaceTest::name).toList();
  }

  /** Linked, with events whose copies are still to be made. */
  private static World waiting(int events) {
    var world = new World();
    world.batch(
        IntStream.rangeClosed(1, events).mapToObj(i -> world.event(A, name(i), i)).toList());
    world.drain();
    world.identify(world.login(ANN, A, 500));
    return world;
  }

  private static State merged(int events) {
    return new State(
        new Of(
            Stream.concat(
                    names(events).stream().map(name -> name + "<"),
                    Stream.of("login-ann-anon_a-500"))
                .toList(),
            names(events),
            1),
        Of.NOBODY,
        OfId.ownedBy(ANN, ANN));
  }

  @Test
  void race22_aDuplicateDaysLaterAfterTheOwnerChanged() {
    // given: what linked the id was an event with both ids
    var world = new World();
    world.track(world.event(A, "e1", 1));
    world.track(world.userEvent(ANN, Optional.of(A), "both", 2));
    var records = world.stream.records();
    world.drain();
    world.wait(Duration.ofMillis(1));
    world.unlink(ANN, A);
    world.identify(world.login(BOB, A, 3));
    world.settleDown();
    var expected =
        new State(
            new Of(List.of("both"), List.of(), 0),
            new Of(List.of("e1<", "login-bob-anon_a-3"), List.of("e1"), 1),
            OfId.ownedBy(BOB, BOB));
    assertEquals(expected, State.in(world));
    for (int day = 1; day <= 8; day++) {
      // when: the same records, and the same event sent anew
      world.wait(Duration.ofDays(1));
      world.consume(records);
      world.consume(records.reversed());
      world.track(world.event(A, "e1", 1));
      world.settleDown();
      // then: each sending has a row, and they are shown as one
      var seen = State.in(world);
      assertEquals(
          expected,
          new State(
              seen.ann(),
              new Of(
                  seen.bob().timeline(),
                  seen.bob().copies().stream().distinct().toList(),
                  seen.bob().links()),
              seen.id()));
    }
  }

  @Test
  void race30_eventsThatExpireDuringTheBackfill() {
    // given: an event that expired before the link and still lies there, and many that do after
    var world = new World();
    var linkedAt = world.now();
    world.track(expiring(world.event(A, "expired", 0), linkedAt));
    for (int i = 1; i <= 150; i++) {
      world.track(expiring(world.event(A, name(i), i), linkedAt.plusMillis(1)));
    }
    world.drain();
    world.identify(world.login(ANN, A, 500));
    // when: the store deletes what expired while the backfill is at its first page
    world.consume(world.stream.drain(), Instant.MIN);
    delete(world, "expired", name(1), name(2));
    world.wait(LATER);
    world.reconcile();
    // then: no copy goes with its origin
    assertEquals(merged(150), State.in(world));
    // when: all of it goes, as it does seven days later
    delete(world, names(150).toArray(String[]::new));
    // then
    assertEquals(merged(150), State.in(world));
  }

  private static Message expiring(Message message, Instant expires) {
    return new Message(
        message.type(),
        message.userId(),
        message.anonymousId(),
        message.messageId(),
        message.timestamp(),
        message.time(),
        message.receivedAt(),
        expires,
        message.untimed(),
        message.body());
  }

  private static void delete(World world, String... events) {
    for (var item : world.memory.dump()) {
      var key = item.key();
      if (key.pk().equals("shop#a#" + A)
          && Stream.of(events).anyMatch(name -> key.sk().contains("#" + name + "#"))) {
        world.memory.write(new Write.Delete(key, Condition.ALWAYS));
      }
    }
  }

  @Test
  void race34_theReconcilerBesideTheConsumer() {
    Steps.atEvery(step -> {
      // given
      var world = waiting(3);
      world.wait(LATER);
      // when
      boolean came = Steps.during(world, step, world::reconcile, world::drain);
      // then
      assertEquals(merged(3), State.in(world));
      return came;
    });
  }

  @Test
  void race34_theReconcilerBesideItself() {
    Steps.atEvery(step -> {
      // given: a backfill, the end of an unlink, the end of an erasure
      var world = waiting(3);
      world.stream.drain();
      world.track(world.event("anon_b", "b1", 1));
      world.identify(world.login(BOB, "anon_b", 2));
      world.track(world.event("anon_c", "c1", 1));
      world.identify(world.login("cid", "anon_c", 2));
      world.drain();
      world.wait(LATER);
      world.unlink(BOB, "anon_b");
      world.erase("cid");
      // when: each sweep is done by two at once
      boolean came = false;
      for (int sweep = 0; sweep < 2; sweep++) {
        came |= Steps.during(world, step, world::reconcile, world::reconcile);
        world.wait(Duration.ofMinutes(21));
      }
      // then
      assertEquals(
          new State(
              new Of(names(3).stream().map(name -> name + "<").toList(), names(3), 1),
              new Of(List.of("login-bob-anon_b-2"), List.of(), 0),
              OfId.ownedBy(ANN, ANN)),
          State.in(world));
      assertEquals(OfId.nobodys(), OfId.in(world, "anon_b"));
      assertEquals(
          List.of(),
          world.memory.dump().stream()
              .map(Item::key)
              .filter(key -> key.pk().endsWith("cid") || key.pk().endsWith("anon_c"))
              .toList());
      return came;
    });
  }

  @Test
  void race37_anOldConsumerAndANewEnvelope() {
    // given: what a newer release may add, and what it may change
    var world = new World();
    var envelope = new Envelope(World.SHOP, List.of(world.event(A, "e1", 1)));
    var json = new String(EnvelopeJson.write(envelope), StandardCharsets.UTF_8);
    var more = json.replace("\"v\":1", "\"v\":1,\"new\":{\"a\":1}");
    var other = json.replace("\"v\":1", "\"v\":2");
    // when, then: more is passed over; another version is refused, so that it is kept aside
    assertEquals(envelope, EnvelopeJson.read(more.getBytes(StandardCharsets.UTF_8)));
    assertThrows(
        IllegalArgumentException.class,
        () -> EnvelopeJson.read(other.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void race37_anOldConsumerAndNewRows() {
    // given: rows to which a newer release has added something
    var world = waiting(1);
    world.track(group(world, "{'a':1}", "g1", 2));
    world.drain();
    var keys =
        List.of(
            World.aliasKey(A),
            World.profileKey(ANN),
            TableKeys.group(World.SHOP, new GroupId("acme")),
            TableKeys.membership(World.SHOP, new UserId(ANN), new GroupId("acme")));
    for (var key : keys) {
      var row = world.memory.get(List.of(key)).get(key);
      assertEquals(true, row != null, () -> "no row " + key);
      world.memory.write(new Write.Put(added(row), Condition.ALWAYS));
    }
    // when: this release writes each of them
    world.identify(world.traits(ANN, "{'plan':'pro'}", "t1", 501));
    world.track(group(world, "{'b':2}", "g2", 1));
    world.reset(world.logout(A, 600));
    world.settleDown();
    // then
    assertEquals(
        keys.stream().map(key -> key + " 2 rev").toList(),
        keys.stream().map(key -> key + " " + rest(world, key)).toList());
  }

  private static Item added(@Nullable Item row) {
    return Objects.requireNonNull(row)
        .with("new", "kept")
        .with("rev_before", row.requireWhole("rev"));
  }

  /** How much is kept of what was added, and whether the row was written since. */
  private static String rest(World world, Key key) {
    var row = Objects.requireNonNull(world.memory.get(List.of(key)).get(key));
    long kept = row.text("new").stream().count() + row.whole("rev_before").stream().count();
    return kept
        + (row.requireWhole("rev") > row.requireWhole("rev_before") ? " rev" : " unwritten");
  }

  private static Message group(World world, String traits, String messageId, int second) {
    return world.message(
        MessageType.GROUP,
        "{'user_id':'ann','group_id':'acme','traits':%s,'message_id':'%s','timestamp':'%s'}"
            .formatted(traits, messageId, World.at(second)));
  }
}
