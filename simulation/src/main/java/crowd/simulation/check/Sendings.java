package crowd.simulation.check;

import crowd.simulation.workload.Request;
import crowd.simulation.workload.SentMessage;
import crowd.simulation.world.CalmWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the checks of undo make messages, and have a world come to rest. */
final class Sendings {

  private Sendings() {}

  /**
   * @param moment milliseconds
   */
  static Request message(
      String type,
      @Nullable String user,
      @Nullable String anonymousId,
      String messageId,
      long moment,
      Map<String, String> traits) {
    return new Request.Single(
        new SentMessage(
            type, "shop", user, anonymousId, messageId, moment, null, messageId, traits, Map.of()));
  }

  /** The consumer works on all that has come since, in order. */
  static void deliverFrom(CalmWorld world, int first) {
    for (int place = first; place < world.records(); place++) {
      world.deliver(List.of(place));
    }
  }

  /** The whole stream once more, forwards and backwards. */
  static void replay(CalmWorld world) {
    var places = new ArrayList<Integer>();
    for (int place = 0; place < world.records(); place++) {
      places.add(place);
    }
    if (!places.isEmpty()) {
      world.deliver(places);
      world.deliver(places.reversed());
    }
  }

  /** All that waits is done, the late sweeps too. */
  static void rest(CalmWorld world) {
    for (int i = 0; i < 3; i++) {
      world.reconcile();
      world.pass(Duration.ofMinutes(21));
    }
    world.reconcile();
  }
}
