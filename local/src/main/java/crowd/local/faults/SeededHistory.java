package crowd.local.faults;

import crowd.local.faults.Request.Erase;
import crowd.local.faults.Request.Merge;
import crowd.local.faults.Request.Messages;
import crowd.local.faults.Request.Unlink;
import crowd.local.faults.Request.Unmerge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What two clients send about two users and two anonymous ids, all of it told by a seed. In half of
 * the histories something is taken back: by unlinks among the messages, whose order nobody knows,
 * and by an unlink or an erasure that stands alone, after which as much may come again.
 */
final class SeededHistory {

  private static final int PEOPLE = 2;
  private static final int CLIENTS = 2;

  private final long seed;
  private final Random random;
  private final boolean takesBack;
  private final List<String> users;
  private final List<String> anonymousIds;
  private final List<Act> acts;
  private int ids;

  SeededHistory(long seed) {
    this.seed = seed;
    random = new Random(seed);
    takesBack = random.nextBoolean();
    users = names("u");
    anonymousIds = names("anon_");
    int size = takesBack ? 1 + random.nextInt(3) : 1;
    acts = IntStream.range(0, size).mapToObj(this::act).toList();
  }

  private List<String> names(String prefix) {
    return IntStream.range(0, PEOPLE).mapToObj(i -> prefix + seed + "-" + i).toList();
  }

  /** No id is the beginning of another. */
  private String id() {
    return "m" + seed + "-" + ++ids + ".";
  }

  private String any(List<String> names) {
    return names.get(random.nextInt(PEOPLE));
  }

  private Act act(int number) {
    var clients = new ArrayList<List<Request>>();
    for (int client = 0; client < CLIENTS; client++) {
      // Merges come from one client: their order says who is one person in the end.
      boolean merges = client == 0 && random.nextInt(3) == 0;
      int size = 1 + random.nextInt(takesBack ? 4 : 6);
      clients.add(IntStream.range(0, size).mapToObj(_ -> request(number, merges)).toList());
    }
    return new Act(
        clients, takesBack ? Optional.of(alone()) : Optional.empty(), random.nextBoolean());
  }

  private Request request(int act, boolean merges) {
    if (merges && random.nextInt(3) == 0) {
      return random.nextInt(3) == 0 ? unmerge() : merge();
    }
    if (takesBack && random.nextInt(8) == 0) {
      return unlink();
    }
    int size = random.nextInt(5) == 0 ? 2 + random.nextInt(4) : 1;
    return new Messages(IntStream.range(0, size).mapToObj(_ -> message(act)).toList());
  }

  private Request alone() {
    return random.nextBoolean() ? new Erase(any(users)) : unlink();
  }

  private Request unlink() {
    return new Unlink(any(anonymousIds), any(users), id());
  }

  private Request merge() {
    int previous = random.nextInt(PEOPLE);
    return new Merge(users.get(previous), users.get(1 - previous), random.nextInt(60), id());
  }

  private Request unmerge() {
    int previous = random.nextInt(PEOPLE);
    return new Unmerge(users.get(previous), users.get(1 - previous), id());
  }

  private Sent message(int act) {
    var user = any(users);
    var anonymous = any(anonymousIds);
    int second = random.nextInt(60);
    var id = id();
    return switch (random.nextInt(11)) {
      case 0, 1, 2 -> new Sent(act, "track", "", anonymous, second, id, "");
      case 3 -> new Sent(act, "track", user, "", second, id, "");
      case 4 -> new Sent(act, "track", user, anonymous, second, id, "");
      case 5 -> new Sent(act, "reset", "", anonymous, second, id, "");
      case 6 -> new Sent(act, "identify", user, "", second, id, "plan-" + id);
      case 7 -> new Sent(act, "alias", user, anonymous, second, id, "");
      default -> new Sent(act, "identify", user, anonymous, second, id, "plan-" + id);
    };
  }

  List<String> users() {
    return users;
  }

  List<String> anonymousIds() {
    return anonymousIds;
  }

  List<Act> acts() {
    return acts;
  }

  /** All messages. */
  List<Sent> sent() {
    return acts.stream().flatMap(Act::sent).toList();
  }

  /** What is said about an anonymous id. */
  List<Sent> about(String anonymousId) {
    return sent().stream().filter(sent -> sent.anonymous().equals(anonymousId)).toList();
  }

  /**
   * From 5 to 20 of a hundred. In every eighth history 60: the SDK's own tries are used up often,
   * and the product meets what is left of them.
   */
  int faultRate() {
    return Math.floorMod(seed, 8) == 7 ? 60 : 5 + Math.floorMod(seed, 16);
  }

  /** Seeds beside each other would begin with about the same. */
  long faultSeed() {
    return seed * 0x9E3779B97F4A7C15L;
  }

  @Override
  public String toString() {
    var lines = new StringBuilder("seed " + seed);
    for (var act : acts) {
      for (int client = 0; client < CLIENTS; client++) {
        lines.append("\n  client ").append(client);
        act.clients().get(client).forEach(request -> lines.append("\n    ").append(request));
      }
      act.alone()
          .ifPresent(request ->
              lines
                  .append(act.isConsumedFirst() ? "\n  consumed, then " : "\n  then ")
                  .append(request));
    }
    return lines.toString();
  }
}
