package crowd.simulation.check;

import crowd.core.store.Attribute;
import crowd.core.store.Item;
import crowd.simulation.schedule.SeededChoices;
import crowd.simulation.workload.Request;
import crowd.simulation.workload.SentMessage;
import crowd.simulation.world.CalmWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Promise 6: the same messages in any order, any number of times, make the same table.
 *
 * <p>What is decided in requests is decided before the first record is delivered, and an id that
 * events claim is claimed by one user only: which of two competing claims wins may depend on the
 * order. For the same reason the untimed are sent once.
 */
public final class Permutations {

  /** Orders of each stream. */
  public static final int ORDERS = 20;

  /**
   * What says how often something was written, when the work was due, or which of several messages
   * of the owner made the link.
   */
  private static final Set<String> OF_THE_WAY =
      Set.of("rev", "epoch", "due", "source", "message_id", "claims");

  private static final int MOMENTS = 12;

  private Permutations() {}

  public static Tally run(long streams) {
    return Tally.of(streams, Permutations::judge);
  }

  private static Optional<String> judge(long seed) {
    var requests = requests(new SeededChoices(seed));
    @Nullable String first = null;
    for (int order = 0; order < ORDERS; order++) {
      var choices = new SeededChoices(seed * 1000 + order);
      var world = new CalmWorld(seed);
      requests.forEach(world::send);
      deliver(world, choices);
      var dump = canonical(world.dump());
      deliver(world, choices);
      var again = canonical(world.dump());
      first = first == null ? dump : first;
      if (!dump.equals(first)) {
        return Optional.of("order " + order + " makes another table: " + difference(first, dump));
      }
      if (!again.equals(first)) {
        return Optional.of("a replay changes the table: " + difference(first, again));
      }
    }
    return Optional.empty();
  }

  /** All records in a random order, some more than once, in batches of random size. */
  private static void deliver(CalmWorld world, SeededChoices choices) {
    var order = new ArrayList<Integer>();
    for (int place = 0; place < world.records(); place++) {
      for (int times = choices.oneIn(4) ? 2 : 1; times > 0; times--) {
        order.add(choices.next(order.size() + 1), place);
      }
    }
    for (int from = 0; from < order.size(); ) {
      int to = Math.min(order.size(), from + 1 + choices.next(5));
      world.deliver(order.subList(from, to));
      from = to;
    }
  }

  /**
   * Of two browsers: the first is claimed by events of one user, the second by many in requests.
   */
  private static List<Request> requests(SeededChoices choices) {
    var requests = new ArrayList<Request>();
    int size = 6 + choices.next(20);
    for (int i = 0; i < size; i++) {
      requests.add(new Request.Single(message(choices, i)));
      if (choices.oneIn(5) && requests.getLast().messages().getFirst().timestamp() != null) {
        requests.add(requests.getLast());
      }
    }
    return requests;
  }

  private static SentMessage message(SeededChoices choices, int i) {
    return switch (choices.next(10)) {
      case 0, 1, 2, 3 -> track(choices, i, null, "anon_" + choices.next(2));
      case 4 -> track(choices, i, "u" + choices.next(3), null);
      case 5, 6 -> track(choices, i, "u0", "anon_0");
      case 7 -> identify(choices, i, "u0", "anon_0");
      case 8 -> identify(choices, i, "u" + choices.next(3), "anon_1");
      default ->
          new SentMessage(
              SentMessage.RESET,
              "shop",
              null,
              "anon_1",
              "m" + i,
              moment(choices),
              null,
              "e" + i,
              Map.of(),
              Map.of());
    };
  }

  private static SentMessage track(
      SeededChoices choices, int i, @Nullable String user, @Nullable String browser) {
    return new SentMessage(
        SentMessage.TRACK,
        "shop",
        user,
        browser,
        "m" + i,
        choices.oneIn(6) ? null : (Long) moment(choices),
        null,
        "e" + i,
        Map.of(),
        Map.of());
  }

  private static SentMessage identify(SeededChoices choices, int i, String user, String browser) {
    return new SentMessage(
        SentMessage.IDENTIFY,
        "shop",
        user,
        browser,
        "m" + i,
        moment(choices),
        null,
        "e" + i,
        Map.of("plan", "\"" + choices.next(3) + "\""),
        Map.of());
  }

  private static long moment(SeededChoices choices) {
    return crowd.simulation.schedule.Scheduler.START - choices.next(MOMENTS) * 1000L;
  }

  private static String canonical(List<Item> dump) {
    var text = new StringBuilder();
    for (var item : dump) {
      boolean isEvent = item.key().sk().startsWith("E#");
      text.append(item.key().pk()).append(' ').append(item.key().sk());
      new TreeMap<>(item.attributes())
          .forEach((name, value) -> {
            if (!OF_THE_WAY.contains(name) || (isEvent && name.equals("message_id"))) {
              text.append(' ').append(name).append('=').append(text(value));
            }
          });
      text.append('\n');
    }
    return text.toString();
  }

  private static String text(Attribute value) {
    return switch (value) {
      case Attribute.Text(var text) -> text;
      case Attribute.Whole(var number) -> Long.toString(number);
    };
  }

  static String difference(String a, String b) {
    var first = a.lines().filter(line -> !b.contains(line)).findFirst().orElse("");
    var second = b.lines().filter(line -> !a.contains(line)).findFirst().orElse("");
    return first + " / " + second;
  }
}
