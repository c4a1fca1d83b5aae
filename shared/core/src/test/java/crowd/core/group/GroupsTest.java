package crowd.core.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.World;
import crowd.core.identity.GroupId;
import crowd.core.json.JsonText;
import crowd.core.message.Message;
import crowd.core.message.MessageType;
import crowd.core.store.Item;
import crowd.core.store.Key;
import crowd.core.store.memory.FaultScript;
import crowd.core.store.memory.Faults.Fate;
import crowd.core.store.memory.Faults.Operation;
import crowd.core.stream.Envelope;
import crowd.core.table.TableKeys;
import crowd.core.traits.Traits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Traits of a group are its registers; who says to be in it is shown with it. */
class GroupsTest {

  private final World world = new World();

  /** {@code who} is a field with an id, or two. */
  private Message group(String who, String group, String traits, String messageId, int second) {
    return world.message(
        MessageType.GROUP,
        "{%s,'group_id':'%s','traits':%s,'message_id':'%s','timestamp':'%s'}"
            .formatted(who, group, traits, messageId, World.at(second)));
  }

  private void consume(Message... messages) {
    List.of(messages).forEach(world::track);
    world.drain();
  }

  /** {@code acme{"a":1} since 5}: what the profile shows, in seconds after the start. */
  private List<String> groups(String user) {
    return world.person(user).orElseThrow().groups().stream()
        .map(group ->
            group.id().value()
                + JsonText.write(group.traits())
                + " since "
                + Duration.between(World.START, group.since()).toSeconds())
        .toList();
  }

  private String traitsOf(String group) {
    return JsonText.write(world.table.group(World.SHOP, new GroupId(group)).traits().values());
  }

  private List<Item> rows() {
    return world.memory.dump().stream()
        .filter(item ->
            item.key().pk().startsWith("shop#g#")
                || item.key().sk().startsWith(TableKeys.MEMBERSHIPS))
        .toList();
  }

  @Test
  void c85_traitsJoin() {
    // when
    consume(
        group("'user_id':'ann'", "acme", "{'a':1,'b':2}", "g1", 1),
        group("'user_id':'ann'", "acme", "{'foo':'x','a':3}", "g2", 2));
    // then
    assertEquals(List.of("acme{\"a\":3,\"b\":2,\"foo\":\"x\"} since 1"), groups("ann"));
  }

  @Test
  void orderAndRepeats_doNotMatter() {
    var messages =
        List.of(
            group("'user_id':'ann'", "acme", "{'a':1,'b':2}", "g1", 1),
            group("'user_id':'ann'", "acme", "{'a':3}", "g2", 7300),
            group("'user_id':'bob','anonymous_id':'anon_b'", "acme", "{'a':null}", "g3", 3700),
            group("'anonymous_id':'anon_x'", "acme", "{'b':'x'}", "g4", 40),
            group("'user_id':'ann'", "beta", "{}", "g5", 1),
            group("'user_id':'ann'", "acme", "{'a':4}", "g6", 1));
    var expected = List.of("acme{\"a\":3,\"b\":\"x\"} since 1", "beta{} since 1");
    var random = new Random(85);
    List<Item> first = List.of();
    for (int run = 0; run < 50; run++) {
      // given
      var test = new GroupsTest();
      var order = new ArrayList<>(messages);
      order.addAll(messages);
      Collections.shuffle(order, random);
      // when: some of them together
      var records = order.stream().map(one -> new Envelope(World.SHOP, List.of(one))).toList();
      test.world.consume(records.subList(0, 5));
      records.subList(5, records.size()).forEach(one -> test.world.consume(List.of(one)));
      // then: the same rows, but for the count of their writes
      assertEquals(expected, test.groups("ann"));
      assertEquals(List.of("acme{\"a\":3,\"b\":\"x\"} since 3700"), test.groups("bob"));
      var rows = test.rows().stream().map(item -> item.with("rev", 0L)).toList();
      first = first.isEmpty() ? rows : first;
      assertEquals(first, rows);
    }
  }

  @Test
  void repeat_writesNothing() {
    // given
    var message = group("'user_id':'ann'", "acme", "{'a':1}", "g1", 1);
    consume(message);
    var before = rows();
    // when
    consume(message);
    // then
    assertEquals(before, rows());
  }

  @Test
  void twoConsumersAtOnce_keepBoth() {
    for (int step = 1; step < 100; step++) {
      // given
      var test = new GroupsTest();
      var mine =
          new Envelope(
              World.SHOP, List.of(test.group("'user_id':'ann'", "acme", "{'a':1}", "g1", 2)));
      var other =
          new Envelope(
              World.SHOP, List.of(test.group("'user_id':'ann'", "acme", "{'b':2}", "g2", 1)));
      var came = new boolean[1];
      test.world.faults.before(
          step,
          FaultScript.any(),
          () -> {
            came[0] = true;
            assertTrue(test.world.consume(List.of(other)).isEmpty());
          });
      // when
      assertTrue(test.world.consume(List.of(mine)).isEmpty());
      // then
      if (!came[0]) {
        assertTrue(step > 5, "a message of a group takes some calls");
        return;
      }
      assertEquals(List.of("acme{\"a\":1,\"b\":2} since 1"), test.groups("ann"));
    }
    throw new AssertionError("no end of steps");
  }

  @Test
  void lostReplies_doNoHarm() {
    for (int n = 1; n <= 5; n++) {
      // given
      var test = new GroupsTest();
      test.world.faults.fate(n, FaultScript.each(Operation.WRITE), Fate.REPLY_LOST);
      // when
      test.consume(test.group("'user_id':'ann'", "acme", "{'a':1}", "g1", 1));
      // then
      assertEquals(List.of("acme{\"a\":1} since 1"), test.groups("ann"));
    }
  }

  @Test
  void anonymousMessage_joinsTheGroupsTraitsOnly() {
    // given
    consume(group("'anonymous_id':'anon_a'", "acme", "{'a':1}", "g1", 1));
    // when
    world.identify(world.login("ann", "anon_a", 2));
    world.drain();
    // then
    assertEquals("{\"a\":1}", traitsOf("acme"));
    assertEquals(List.of(), groups("ann"));
    assertEquals(List.of("g1<", "login-ann-anon_a-2"), world.timeline("ann"));
  }

  @Test
  void mergedUsers_areInTheGroupsOfAll_untilItIsTakenBack() {
    // given
    consume(
        group("'user_id':'ann'", "acme", "{'a':1}", "g1", 5),
        group("'user_id':'bob'", "acme", "{}", "g2", 3),
        group("'user_id':'bob'", "beta", "{}", "g3", 4));
    // when
    world.alias(world.alias("bob", "ann", 6));
    // then
    assertEquals(List.of("acme{\"a\":1} since 3", "beta{} since 4"), groups("ann"));
    // when
    world.unmerge("bob", "ann");
    // then
    assertEquals(List.of("acme{\"a\":1} since 5"), groups("ann"));
    assertEquals(List.of("acme{\"a\":1} since 3", "beta{} since 4"), groups("bob"));
  }

  @Test
  void unlink_leavesTheMembership() {
    // given
    world.identify(world.login("ann", "anon_a", 1));
    consume(group("'user_id':'ann','anonymous_id':'anon_a'", "acme", "{}", "g1", 2));
    // when
    world.unlink("ann", "anon_a");
    world.settleDown();
    // then
    assertEquals(List.of("acme{} since 2"), groups("ann"));
  }

  @Test
  void erasure_takesTheMembershipAndLeavesTheGroup() {
    // given
    var message = group("'user_id':'ann'", "acme", "{'a':1}", "g1", 1);
    consume(message);
    // when
    world.erase("ann");
    world.settleDown();
    // then
    assertEquals(List.of(TableKeys.group(World.SHOP, new GroupId("acme"))), keys());
    // when: it comes again, and the person as somebody new
    world.consume(List.of(new Envelope(World.SHOP, List.of(message))));
    consume(world.userEvent("ann", Optional.empty(), "e1", 9));
    // then
    assertEquals(List.of(), groups("ann"));
    assertEquals(List.of(TableKeys.group(World.SHOP, new GroupId("acme"))), keys());
  }

  private List<Key> keys() {
    return rows().stream().map(Item::key).toList();
  }

  @Test
  void sameIdAgain_beforeAnythingWasSwept_isInTheGroupSinceThen() {
    // given
    consume(group("'user_id':'ann'", "acme", "{}", "g1", 1));
    world.erase("ann");
    world.wait(Duration.ofSeconds(1));
    // when
    consume(group("'user_id':'ann'", "acme", "{}", "g2", 9));
    // then: at once, and after the sweeps
    assertEquals(List.of("acme{} since 9"), groups("ann"));
    world.settleDown();
    assertEquals(List.of("acme{} since 9"), groups("ann"));
  }

  @Test
  void whatIsSaidOfAGroup_countsEvenIfItsSenderWasErasedMeanwhile() {
    // given: a message that is still on its way when its sender is erased
    consume(group("'user_id':'ann'", "acme", "{'a':1}", "g1", 1));
    var late = group("'user_id':'ann'", "acme", "{'a':2}", "g2", 2);
    world.erase("ann");
    // when
    consume(late);
    // then: as if it had come before
    assertEquals("{\"a\":2}", traitsOf("acme"));
    world.settleDown();
    assertEquals(List.of(TableKeys.group(World.SHOP, new GroupId("acme"))), keys());
  }

  @Test
  void traitsPastTheLimit_areNotTaken() {
    // given
    var large = "{'%s':'" + "x".repeat(Traits.MAX_BYTES / 3) + "'}";
    for (int i = 0; i < 2; i++) {
      consume(group("'user_id':'ann'", "acme", large.formatted("t" + i), "g" + i, i));
    }
    var before = traitsOf("acme");
    // when
    consume(group("'user_id':'ann'", "acme", large.formatted("t2"), "g2", 2));
    // then: the message itself is kept
    assertEquals(before, traitsOf("acme"));
    assertEquals(List.of("g0", "g1", "g2"), world.timeline("ann"));
  }

  @Test
  void moreGroupsThanAreShown() {
    // when
    consume(
        IntStream.range(0, Groups.MOST_SHOWN + 5)
            .mapToObj(i -> group("'user_id':'ann'", "g%03d".formatted(i), "{}", "m" + i, i))
            .toArray(Message[]::new));
    // then
    assertEquals(
        IntStream.range(0, Groups.MOST_SHOWN)
            .mapToObj(i -> "g%03d{} since %d".formatted(i, i))
            .toList(),
        groups("ann"));
  }
}
