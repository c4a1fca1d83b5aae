package crowd.simulation.explore;

import crowd.core.observe.Metrics;
import crowd.core.project.Converge;
import crowd.core.run.Tasks;
import crowd.core.store.Key;
import crowd.core.store.Store;
import crowd.core.store.StoreUnavailableException;
import crowd.core.store.Write;
import crowd.simulation.schedule.Trace;
import crowd.simulation.world.Cloud;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** All places that processes have come to. A new one is found by running the process's code. */
final class Places {

  private static final long TIMED = -1;

  private final UnaryOperator<Store> around;
  private final int pageSize;
  private final List<Place> places = new ArrayList<>();
  private final Map<Beginning, Integer> beginnings = new HashMap<>();
  private final LongMap next = new LongMap();
  private final Map<Next, Integer> timed = new HashMap<>();
  private final Interner<Call> calls = new Interner<>();
  private final List<Set<Key>> written = new ArrayList<>();

  /**
   * @param around what stands between the use cases and the store
   */
  Places(UnaryOperator<Store> around, int pageSize) {
    this.around = around;
    this.pageSize = pageSize;
  }

  private record Beginning(Program program, long time) {}

  private record Next(int place, int reply, long time) {}

  Place get(int place) {
    return places.get(place);
  }

  int size() {
    return places.size();
  }

  int beginning(Program program, long time) {
    var beginning = new Beginning(program, time);
    var known = beginnings.get(beginning);
    if (known != null) {
      return known;
    }
    int place = add(program, -1, null, time);
    beginnings.put(beginning, place);
    return place;
  }

  /**
   * The time makes a difference only where the process looks at it.
   *
   * @param number of the reply
   */
  int after(int place, int number, Reply reply, long time) {
    long step = (long) place << 32 | number;
    long known = next.get(step);
    if (known == TIMED) {
      var then = timed.get(new Next(place, number, time));
      known = then == null ? LongMap.NONE : then;
    }
    if (known != LongMap.NONE) {
      return (int) known;
    }
    int after = add(places.get(place).program(), place, reply, time);
    if (places.get(after).isTimed()) {
      next.put(step, TIMED);
      timed.put(new Next(place, number, time), after);
    } else {
      next.put(step, after);
    }
    return after;
  }

  private int add(Program program, int before, @Nullable Reply reply, long time) {
    var heard = new ArrayDeque<Port.Heard>();
    long began = time;
    var lastReply = reply;
    long lastTime = time;
    for (int at = before; at >= 0; ) {
      var place = places.get(at);
      heard.addFirst(new Port.Heard(place.call(), Objects.requireNonNull(lastReply), lastTime));
      lastReply = place.reply();
      lastTime = place.time();
      began = place.time();
      at = place.before();
    }
    var port = new Port(began, List.copyOf(heard), pageSize);
    var call = run(program, port);
    long order =
        reply == null
            ? Trace.mix(program.name().hashCode(), time)
            : Trace.mix(places.get(before).order(), reply.toString().hashCode());
    places.add(new Place(program, before, reply, time, port.isTimed(), order, number(call), call));
    return places.size() - 1;
  }

  /** The order of processes in a state. */
  int compare(long one, long other) {
    int order =
        Long.compare(
            places.get(Running.place(one)).order(), places.get(Running.place(other)).order());
    return order != 0 ? order : Long.compare(one, other);
  }

  private Call run(Program program, Port port) {
    try {
      port.end(end(program, port));
      throw new IllegalStateException("a step behind the end");
    } catch (Suspended suspended) {
      return suspended.call();
    }
  }

  /** A function that cannot reach the store ends with an error. */
  private Answer end(Program program, Port port) {
    try {
      return program.run(cloud(port));
    } catch (StoreUnavailableException _) {
      return Answer.of(false, "error");
    }
  }

  private Cloud cloud(Port port) {
    return Cloud.on(
        around.apply(port),
        port,
        port,
        Tasks.IN_TURN,
        port,
        () -> port.instant().plus(World.AHEAD),
        Converge.MAX_COPIED_EVENTS,
        Metrics.NONE);
  }

  /** The number of a call; the same for equal ones. */
  int number(Call call) {
    int number = calls.number(call);
    if (number == written.size()) {
      written.add(keys(call));
    }
    return number;
  }

  Call call(int number) {
    return calls.get(number);
  }

  private static Set<Key> keys(Call call) {
    return switch (call) {
      case Call.Change(var write) -> Set.of(write.key());
      case Call.Transact(var writes) ->
          Set.copyOf(new HashSet<>(writes.stream().map(Write::key).toList()));
      default -> Set.of();
    };
  }

  /** What a call writes. */
  Set<Key> written(int number) {
    return written.get(number);
  }
}
