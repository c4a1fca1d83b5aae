package crowd.simulation.check;

import crowd.core.store.Item;
import crowd.simulation.oracle.Browser;
import crowd.simulation.schedule.Scheduler;
import crowd.simulation.schedule.SeededChoices;
import crowd.simulation.workload.Request;
import crowd.simulation.workload.SentMessage;
import crowd.simulation.world.CalmWorld;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Random operations of one website with hostile ids: nothing of another website changes. */
public final class Tenants {

  private static final int OPERATIONS_A_WORLD = 500;
  private static final String HOSTILE = "shop";

  /** Ids that would break out of a key if one were put together carelessly. */
  private static final List<String> IDS =
      List.of(
          "#u#u0",
          "#a#anon_0",
          "blog#u#u0",
          "blog#a#anon_0",
          "u0",
          "anon_0",
          "@",
          "E#",
          "L#anon_0",
          "J#UNLINK#1#anon_0",
          "../blog",
          "blog",
          "shopblog#u#u0",
          "U",
          "=anon_0",
          "=",
          "_#q#",
          "u0#U",
          "\uD83D\uDE00",
          "\uDBFF\uDFFF",
          "D#m0",
          "a\\u0000b",
          "null",
          " u0 ",
          "U0");

  private static final List<String> MESSAGE_IDS =
      List.of("m0", "#", "m0#1#2#U", "E#0000000000000#m0", "\uDBFF\uDFFF", "@", "m#=anon_0");

  private Tenants() {}

  public static Tally run(long operations) {
    long worlds = Math.ceilDiv(operations, OPERATIONS_A_WORLD);
    var tally = Tally.of(worlds, Tenants::judge);
    return new Tally(tally.wrong(), operations, tally.failures());
  }

  private static Optional<String> judge(long seed) {
    var choices = new SeededChoices(seed);
    var world = new CalmWorld(seed);
    for (var website : List.of("blog", "shop-b", "sho")) {
      world.send(new Request.Single(message(SentMessage.TRACK, website, null, "anon_0", "m0")));
      world.send(new Request.Single(message(SentMessage.IDENTIFY, website, "u0", "anon_0", "m1")));
    }
    deliver(world, 0);
    var before = others(world);
    for (int i = 0; i < OPERATIONS_A_WORLD; i++) {
      int known = world.records();
      operate(world, choices);
      deliver(world, known);
    }
    world.pass(Duration.ofHours(1));
    world.reconcile();
    var after = others(world);
    return before.equals(after)
        ? Optional.empty()
        : Optional.of("another website's rows changed: " + after.size() + " of " + before.size());
  }

  private static void operate(CalmWorld world, SeededChoices choices) {
    var id = IDS.get(choices.next(IDS.size()));
    var other = IDS.get(choices.next(IDS.size()));
    var messageId = MESSAGE_IDS.get(choices.next(MESSAGE_IDS.size()));
    try {
      switch (choices.next(6)) {
        case 0 -> send(world, SentMessage.TRACK, null, id, messageId);
        case 1 -> send(world, SentMessage.TRACK, id, other, messageId);
        case 2 -> send(world, SentMessage.IDENTIFY, id, other, messageId);
        case 3 -> send(world, SentMessage.RESET, null, id, messageId);
        case 4 -> world.reader().timeline(HOSTILE, id);
        default -> world.reader().resolve(new Browser(HOSTILE, id));
      }
    } catch (IllegalArgumentException _) {
      // Refused, as many of these ids are.
    }
    world.pass(Duration.ofMinutes(1));
  }

  private static void send(
      CalmWorld world,
      String type,
      @Nullable String user,
      @Nullable String browser,
      String messageId) {
    world.send(new Request.Single(message(type, HOSTILE, user, browser, messageId)));
  }

  private static void deliver(CalmWorld world, int from) {
    var places = IntStream.range(from, world.records()).boxed().toList();
    if (!places.isEmpty()) {
      world.deliver(places);
    }
  }

  private static SentMessage message(
      String type,
      String website,
      @Nullable String user,
      @Nullable String browser,
      String messageId) {
    return new SentMessage(
        type,
        website,
        user,
        browser,
        messageId,
        Scheduler.START,
        null,
        "e",
        type.equals(SentMessage.IDENTIFY) ? Map.of("email", "\"blog#u#u0\"") : Map.of(),
        Map.of());
  }

  private static List<Item> others(CalmWorld world) {
    return world.dump().stream()
        .filter(item -> !item.key().pk().startsWith(HOSTILE + "#"))
        .toList();
  }
}
