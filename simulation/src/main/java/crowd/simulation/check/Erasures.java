package crowd.simulation.check;

import crowd.core.erase.EraseOutcome;
import crowd.core.store.Item;
import crowd.simulation.schedule.Scheduler;
import crowd.simulation.schedule.SeededChoices;
import crowd.simulation.workload.Request;
import crowd.simulation.workload.SentMessage;
import crowd.simulation.world.CalmWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A person with marked strings lives beside another, is erased at some moment, and the stream is
 * replayed, while the tombstones stand and long after. Then no byte of the strings is left in the
 * table or in quarantine, and the other is as he was.
 */
public final class Erasures {

  /** In each of the person's strings, and in nobody else's. */
  private static final String MARK = "zq7";

  private static final String PERSON = "user-" + MARK;
  private static final String OLD_ID = "old-" + MARK;

  private Erasures() {}

  public static Tally run(long people) {
    return Tally.of(people, Erasures::judge);
  }

  private static Optional<String> judge(long seed) {
    var choices = new SeededChoices(seed);
    var world = new CalmWorld(seed);
    live(choices, world);
    var other = world.reader().timeline("shop", "bob");
    boolean isKnown = world.reader().traits("shop", PERSON).size() > 0;
    world.pass(Duration.ofMillis(1));
    var outcome = world.erase("shop", choices.oneIn(3) ? OLD_ID : PERSON);
    if (outcome == EraseOutcome.UNAVAILABLE) {
      return Optional.of("an erasure without an end");
    }
    if (outcome == EraseOutcome.NOT_FOUND) {
      outcome = world.erase("shop", PERSON);
    }
    if (isKnown && !world.reader().timeline("shop", PERSON).isEmpty()) {
      return Optional.of("readers still see the person");
    }
    if (choices.oneIn(2)) {
      world.reconcile();
    }
    Sendings.replay(world);
    Sendings.rest(world);
    Sendings.replay(world);
    world.pass(Duration.ofDays(choices.next(6)));
    Sendings.replay(world);
    world.erase("shop", PERSON);
    Sendings.rest(world);
    var left =
        world.dump().stream().map(Item::toString).filter(item -> item.contains(MARK)).toList();
    if (!left.isEmpty()) {
      return Optional.of(left.size() + " rows still hold a string: " + left.getFirst());
    }
    return world.reader().timeline("shop", "bob").equals(other)
        ? Optional.empty()
        : Optional.of("the other has changed");
  }

  private static void live(SeededChoices choices, CalmWorld world) {
    int size = 4 + choices.next(16);
    var requests = new ArrayList<Request>();
    for (int i = 0; i < size; i++) {
      requests.add(request(choices, i));
    }
    world.setAside("1", "{\"v\":9,\"messages\":[{\"user_id\":\"" + PERSON + "\"}]}");
    // Known for sure, so that there is somebody to erase.
    requests.add(message(SentMessage.IDENTIFY, PERSON, "anon-0-" + MARK, "known-0", 0));
    requests.add(message(SentMessage.IDENTIFY, PERSON, "anon-1-" + MARK, "known-1", 0));
    for (var request : requests) {
      int consumed = world.records();
      world.send(request);
      if (choices.oneIn(2)) {
        Sendings.deliverFrom(world, consumed);
      }
    }
    if (choices.oneIn(2)) {
      Sendings.replay(world);
    }
    if (choices.oneIn(3)) {
      world.merge("shop", OLD_ID, PERSON);
    }
    for (int i = 0; i < world.records(); i++) {
      world.deliver(List.of(i));
    }
  }

  private static Request request(SeededChoices choices, int i) {
    var browser = "anon-" + choices.next(2) + "-" + MARK;
    int moment = choices.next(20);
    return switch (choices.next(8)) {
      case 0, 1 -> message(SentMessage.TRACK, null, browser, MARK + i, moment);
      case 2 -> message(SentMessage.TRACK, PERSON, null, MARK + i, moment);
      case 3 -> message(SentMessage.TRACK, PERSON, browser, MARK + i, moment);
      case 4 -> message(SentMessage.IDENTIFY, PERSON, browser, MARK + i, moment);
      case 5 ->
          Sendings.message(
              SentMessage.IDENTIFY,
              PERSON,
              null,
              MARK + i,
              at(moment),
              Map.of("email", "\"mail-" + i + "@" + MARK + "\"", "name", "\"Name " + MARK + "\""));
      case 6 -> message(SentMessage.TRACK, "bob", "anon-bob", "m" + i, moment);
      default -> message(SentMessage.TRACK, null, "anon-bob", "m" + i, moment);
    };
  }

  private static Request message(
      String type, @Nullable String user, @Nullable String browser, String messageId, int moment) {
    return Sendings.message(type, user, browser, messageId, at(moment), Map.of());
  }

  private static long at(int moment) {
    return Scheduler.START - 60_000 + 1_000L * moment;
  }
}
