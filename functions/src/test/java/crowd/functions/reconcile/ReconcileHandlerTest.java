package crowd.functions.reconcile;

import static crowd.functions.Call.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import crowd.core.observe.Counter;
import crowd.functions.World;
import crowd.functions.identify.IdentifyHandler;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReconcileHandlerTest {

  private static final byte[] SCHEDULED =
      "{\"source\":\"aws.events\"}".getBytes(StandardCharsets.UTF_8);

  private final World world = new World();
  private final ReconcileHandler handler = new ReconcileHandler(world.wiring);

  @Test
  void handleRequest_whenABackfillWaits_finishesItAndReports() {
    // given
    world.send(
        new IdentifyHandler(world.wiring),
        post("/identify", "{\"website\":\"demo\",\"user_id\":\"u1\",\"anonymous_id\":\"a1\"}")
            .page());
    world.setClock(World.NOON.plusSeconds(180));

    // when
    var answer = world.invoke(handler, SCHEDULED);

    // then
    assertEquals("{\"finished\":1,\"oldest_seconds\":60,\"waiting\":0}", answer);
    assertEquals(
        Map.of(
            "request_id",
            "aws-request",
            "function",
            "reconcile",
            "outcome",
            "ok",
            "finished",
            1,
            "waiting",
            0,
            "oldest_seconds",
            60L,
            "ms",
            0L),
        world.lines.getLast());
    assertEquals(
        "{\"finished\":0,\"oldest_seconds\":0,\"waiting\":0}", world.invoke(handler, SCHEDULED));
    assertEquals(60L, world.counts.get(Counter.OLDEST_WAITING_SECONDS));
  }

  @Test
  void handleRequest_whenTheStoreIsDown_logsAndThrows() {
    // given
    world.setStoreDown(true);

    // then
    assertThrows(IllegalStateException.class, () -> world.invoke(handler, SCHEDULED));
    assertEquals("failed", world.lines.getLast().get("outcome"));
  }
}
