package crowd.simulation.check;

import crowd.core.merge.MergeOutcome;
import crowd.core.store.Attribute;
import crowd.core.store.Item;
import crowd.simulation.schedule.Scheduler;
import crowd.simulation.schedule.SeededChoices;
import crowd.simulation.workload.SentMessage;
import crowd.simulation.world.CalmWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Two worlds get the same messages. In one, anonymous ids are linked and users merged, and all of
 * it is taken back; in the other it never was. In the end both have the same people and the same
 * events, after a replay of the whole stream too.
 */
public final class Unmerges {

  /** What is about how it came: who wrote how often, and the bounds of attempts. */
  private static final Set<String> OF_THE_WAY =
      Set.of("rev", "epoch", "link_hour", "links_this_hour", "seen_in");

  private static final int MOMENTS = 20;

  private Unmerges() {}

  public static Tally run(long cases) {
    return Tally.of(cases, Unmerges::judge);
  }

  private static Optional<String> judge(long seed) {
    var linked = new CalmWorld(seed);
    var never = new CalmWorld(seed);
    var links = new ArrayList<List<String>>();
    history(new SeededChoices(seed), linked, never, links);
    boolean merged = linked.merge("shop", "u0", "u1") == MergeOutcome.MERGED;
    linked.pass(Duration.ofSeconds(1));
    for (var link : links) {
      linked.unlink("shop", link.get(0), link.get(1));
    }
    if (merged) {
      linked.unmerge("shop", "u0", "u1");
    }
    Sendings.rest(linked);
    Sendings.rest(never);
    var expected = people(never);
    var found = people(linked);
    if (!found.equals(expected)) {
      return Optional.of(
          "taken back, it is another table: " + Permutations.difference(expected, found));
    }
    Sendings.replay(linked);
    Sendings.rest(linked);
    var again = people(linked);
    return again.equals(expected)
        ? Optional.empty()
        : Optional.of("a replay links again: " + Permutations.difference(expected, again));
  }

  /** Of two users and two browsers, each of which one of them claims. */
  private static void history(
      SeededChoices choices, CalmWorld linked, CalmWorld never, List<List<String>> links) {
    // A merge makes a profile of a user whom nobody has seen, and that stays.
    for (var user : List.of("u0", "u1")) {
      var known =
          Sendings.message(
              SentMessage.IDENTIFY, user, null, "known-" + user, Scheduler.START, Map.of());
      linked.send(known);
      never.send(known);
    }
    int size = 4 + choices.next(12);
    for (int i = 0; i < size; i++) {
      int consumed = linked.records();
      int browser = choices.next(2);
      var user = "u" + (choices.next(4) == 0 ? choices.next(2) : browser);
      long moment = Scheduler.START - 60_000 + 1_000L * choices.next(MOMENTS);
      var traits = Map.of("plan", "\"p" + choices.next(3) + "\"");
      switch (choices.next(4)) {
        case 0, 1 -> {
          var event =
              Sendings.message(
                  SentMessage.TRACK, null, "anon_" + browser, "m" + i, moment, Map.of());
          linked.send(event);
          never.send(event);
        }
        case 2 -> {
          var event = Sendings.message(SentMessage.TRACK, user, null, "m" + i, moment, Map.of());
          linked.send(event);
          never.send(event);
        }
        default -> {
          var owner = "u" + browser;
          linked.send(
              Sendings.message(
                  SentMessage.IDENTIFY, owner, "anon_" + browser, "m" + i, moment, traits));
          never.send(Sendings.message(SentMessage.IDENTIFY, owner, null, "m" + i, moment, traits));
          links.add(List.of(owner, "anon_" + browser));
        }
      }
      if (choices.oneIn(2)) {
        Sendings.deliverFrom(linked, consumed);
        Sendings.deliverFrom(never, consumed);
      }
    }
    Sendings.replay(linked);
    Sendings.replay(never);
  }

  /** Who is there, and which event lies with whom. */
  private static String people(CalmWorld world) {
    var lines = new TreeSet<String>();
    for (var item : world.dump()) {
      line(item).ifPresent(lines::add);
    }
    for (var user : List.of("u0", "u1")) {
      lines.add(user + " shows " + world.reader().timeline("shop", user));
    }
    return String.join("\n", lines);
  }

  private static Optional<String> line(Item item) {
    var sk = item.key().sk();
    var pk = item.key().pk();
    if (sk.startsWith("E#")) {
      return Optional.of(pk + " has " + text(item, "message_id") + " from " + text(item, "origin"));
    }
    if (pk.contains("#u#") && sk.equals("@")) {
      var attributes = new TreeSet<String>();
      item.attributes()
          .forEach((name, value) -> {
            if (!OF_THE_WAY.contains(name)) {
              attributes.add(name + "=" + value);
            }
          });
      return Optional.of(pk + " is " + attributes);
    }
    if (pk.contains("#a#") && sk.equals("@")) {
      var owner = text(item, "owner");
      return owner.isEmpty() ? Optional.empty() : Optional.of(pk + " belongs to " + owner);
    }
    return sk.startsWith("L#") || sk.startsWith("M#") || sk.startsWith("J#")
        ? Optional.of(pk + " still has " + sk)
        : Optional.empty();
  }

  private static String text(Item item, String name) {
    return item.attributes().get(name) instanceof Attribute.Text(var value) ? value : "";
  }
}
