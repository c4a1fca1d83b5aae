package crowd.simulation.explore;

import crowd.core.store.Store;
import crowd.simulation.oracle.Violation;
import crowd.simulation.oracle.Violation.Kind;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Goes through all states of a scenario, those that are fewer moves away first: the first violation
 * is one of the shortest. A state that was seen before is not gone on from.
 */
final class Search {

  private final Scenario scenario;
  private final World world;
  private final long most;
  private final LongSet seen = new LongSet();
  private final ArrayDeque<State> open = new ArrayDeque<>();
  private int[] cameFrom = new int[1 << 10];
  private long[] cameBy = new long[1 << 10];
  private int states;
  private long moves;
  private long histories;

  /**
   * @param around what stands between the use cases and the store
   * @param most states after which it gives up
   */
  Search(Scenario scenario, UnaryOperator<Store> around, long most) {
    this.scenario = scenario;
    this.world = new World(scenario, around);
    this.most = most;
  }

  Outcome run() {
    long began = System.nanoTime();
    add(world.begin(), -1, 0);
    int depth = 0;
    int levelEnds = states;
    var violation = Optional.<Outcome.Found>empty();
    for (int current = 0; !open.isEmpty() && violation.isEmpty() && states < most; current++) {
      if (current == levelEnds) {
        depth++;
        levelEnds = states;
      }
      violation = expand(open.remove(), current);
    }
    return new Outcome(
        scenario.name(),
        states,
        moves,
        histories,
        world.placesSeen(),
        world.tablesSeen(),
        depth,
        System.nanoTime() - began,
        open.isEmpty() && violation.isEmpty(),
        violation);
  }

  private Optional<Outcome.Found> expand(State state, int current) {
    if (world.atRest(state)) {
      histories++;
      var broken = world.ended(state);
      if (broken.isPresent()) {
        return found(broken.get(), current, null);
      }
    }
    var found = new AtomicReference<Optional<Outcome.Found>>(Optional.empty());
    long before = moves;
    world.forEach(
        state,
        (move, after, broken) -> {
          moves++;
          if (broken.isPresent()) {
            found.set(found(broken.get(), current, move));
            return false;
          }
          add(after, current, move.code());
          return true;
        });
    if (moves == before && !world.atRest(state)) {
      return found(new Violation(Kind.OTHER, "everybody waits for somebody"), current, null);
    }
    return found.get();
  }

  private void add(State state, int from, long by) {
    if (!seen.add(state.hash())) {
      return;
    }
    if (states == cameFrom.length) {
      cameFrom = Arrays.copyOf(cameFrom, 2 * states);
      cameBy = Arrays.copyOf(cameBy, 2 * states);
    }
    cameFrom[states] = from;
    cameBy[states] = by;
    states++;
    open.add(state);
  }

  private Optional<Outcome.Found> found(Violation violation, int current, @Nullable Move last) {
    var path = new ArrayDeque<Long>();
    if (last != null) {
      path.add(last.code());
    }
    for (int at = current; cameFrom[at] >= 0; at = cameFrom[at]) {
      path.addFirst(cameBy[at]);
    }
    var codes = List.copyOf(path);
    return Optional.of(new Outcome.Found(violation, codes, tell(codes)));
  }

  /** Goes along a path, and says what happens on it. */
  List<String> tell(List<Long> path) {
    var told = new Told();
    var state = world.begin();
    for (long code : path) {
      state = world.after(state, Move.of(code), told);
    }
    return told.lines();
  }
}
