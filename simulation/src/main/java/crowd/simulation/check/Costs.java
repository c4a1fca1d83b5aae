package crowd.simulation.check;

import crowd.core.store.Units;
import crowd.simulation.schedule.Scheduler;
import crowd.simulation.workload.Request;
import crowd.simulation.workload.SentMessage;
import crowd.simulation.world.CalmWorld;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What each operation uses, counted at the store by DynamoDB's published rules, against what the
 * documents say that it uses: to the unit.
 */
public final class Costs {

  private static final String BROWSER = "anon_0";
  private static final int BACKFILLED = 40;

  /**
   * An operation and its price.
   *
   * @param given what was there before
   * @param when what is measured
   */
  private record Operation(
      String name, Units price, Consumer<CalmWorld> given, Consumer<CalmWorld> when) {

    Units used() {
      var world = new CalmWorld(1);
      given.accept(world);
      return world.unitsOf(() -> when.accept(world));
    }
  }

  private static final List<Operation> OPERATIONS =
      List.of(
          operation(
              "identify that changes nothing",
              units(2, 0, 0),
              world -> world.send(login("ann", 1)),
              world -> world.send(login("ann", 1))),
          operation(
              "identify, traits changed",
              units(1, 1, 0),
              world -> world.send(traits("ann", "\"free\"", 1)),
              world -> world.send(traits("ann", "\"pro\"", 2))),
          operation(
              "identify, first for this browser",
              units(2, 6, 1),
              world -> {
                world.send(traits("ann", "\"free\"", 1));
                consume(world);
              },
              world -> world.send(login("ann", 1))),
          operation(
              "user switch",
              units(3, 6, 1),
              world -> {
                world.send(login("ann", 1));
                consume(world);
                world.send(traits("bob", "\"free\"", 1));
              },
              world -> world.send(login("bob", 2))),
          operation(
              "track, in the request",
              units(0, 0, 0),
              _ -> {},
              world -> world.send(track(null, BROWSER, 1))),
          operation(
              "event with a user, consumed",
              units(1, 1, 0),
              world -> {
                world.send(track("ann", null, 1));
                consume(world);
                world.send(track("ann", null, 2));
              },
              Costs::consumeLast),
          operation(
              "anonymous event of nobody, consumed",
              units(1, 1, 0),
              world -> world.send(track(null, BROWSER, 1)),
              Costs::consumeLast),
          operation(
              "anonymous event of somebody, consumed",
              units(3, 2, 0),
              world -> {
                world.send(login("ann", 1));
                consume(world);
                world.send(track(null, BROWSER, 2));
              },
              Costs::consumeLast),
          operation(
              "unlink",
              units(2, 10, 1),
              world -> {
                world.send(login("ann", 1));
                consume(world);
              },
              world -> world.unlink("shop", "ann", BROWSER)),
          operation(
              "merge of two users whose ids are known",
              units(4, 10, 0),
              world -> {
                world.send(traits("ann", "\"free\"", 1));
                world.send(traits("bob", "\"free\"", 1));
              },
              world -> world.merge("shop", "bob", "ann")));

  private Costs() {}

  /** What each operation uses, by its name. */
  public static Map<String, Units> used() {
    var used = new LinkedHashMap<String, Units>();
    OPERATIONS.forEach(operation -> used.put(operation.name(), operation.used()));
    return used;
  }

  /**
   * @param ignored there is one list of operations
   */
  public static Tally run(long ignored) {
    var wrong = new ArrayList<String>();
    for (var operation : OPERATIONS) {
      var used = operation.used();
      if (!used.equals(operation.price())) {
        wrong.add(operation.name() + " uses " + used + ", and not " + operation.price());
      }
    }
    backfill(wrong);
    return new Tally(wrong.size(), OPERATIONS.size() + 1L, wrong);
  }

  /** A copy each, the alias at its end, and a profile whose times move. */
  private static void backfill(List<String> wrong) {
    var world = new CalmWorld(1);
    for (int i = 0; i < BACKFILLED; i++) {
      world.send(track(null, BROWSER, i));
    }
    consume(world);
    world.send(login("ann", BACKFILLED));
    var used = world.unitsOf(() -> consumeLast(world));
    // The identify itself is an event of its user: stored once.
    long writes = BACKFILLED + 2 + 1;
    if (used.writes() != writes) {
      wrong.add("a backfill of " + BACKFILLED + " uses " + used + ", and not writes=" + writes);
    }
  }

  private static Operation operation(
      String name, Units price, Consumer<CalmWorld> given, Consumer<CalmWorld> when) {
    return new Operation(name, price, given, when);
  }

  private static Units units(double reads, long writes, long indexWrites) {
    return new Units(reads, 0, writes, indexWrites);
  }

  private static void consume(CalmWorld world) {
    Sendings.deliverFrom(world, 0);
  }

  private static void consumeLast(CalmWorld world) {
    world.deliver(List.of(world.records() - 1));
  }

  private static Request login(String user, int second) {
    return message(SentMessage.IDENTIFY, user, BROWSER, second, Map.of());
  }

  private static Request traits(String user, String plan, int second) {
    return message(SentMessage.IDENTIFY, user, null, second, Map.of("plan", plan));
  }

  private static Request track(@Nullable String user, @Nullable String browser, int second) {
    return message(SentMessage.TRACK, user, browser, second, Map.of());
  }

  private static Request message(
      String type,
      @Nullable String user,
      @Nullable String browser,
      int second,
      Map<String, String> traits) {
    return Sendings.message(
        type,
        user,
        browser,
        type + "-" + user + "-" + second,
        Scheduler.START - 60_000 + 1_000L * second,
        traits);
  }
}
