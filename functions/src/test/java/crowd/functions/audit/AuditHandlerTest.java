package crowd.functions.audit;

import static crowd.functions.Call.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import crowd.core.identity.UserId;
import crowd.core.observe.Counter;
import crowd.core.store.Condition;
import crowd.core.store.Write;
import crowd.core.table.TableKeys;
import crowd.functions.World;
import crowd.functions.identify.IdentifyHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditHandlerTest {

  private static final byte[] SCHEDULED =
      "{\"source\":\"aws.events\"}".getBytes(StandardCharsets.UTF_8);

  private final World world = new World();
  private final AuditHandler handler = new AuditHandler(world.wiring);

  @Test
  void handleRequest_mendsReportsCountsAndNamesNobody() {
    // given
    world.send(
        new IdentifyHandler(world.wiring),
        post("/identify", "{\"website\":\"demo\",\"user_id\":\"c4n4ry\",\"anonymous_id\":\"a1\"}")
            .page());
    world.consume();
    var entry = TableKeys.directoryEntry(World.DEMO, "user_id", "c4n4ry", new UserId("c4n4ry"));
    world.store.write(new Write.Delete(entry, Condition.ALWAYS));
    world.setClock(World.NOON.plusSeconds(60));

    // when
    var answer = world.invoke(handler, SCHEDULED);

    // then
    assertEquals(
        World.json(
            """
            {"people":1,"events":1,"unfinished":0,"unsettled_events":0,"stray_copies":0,"stray_links":0,
            "missing_links":0,"overdue_work":0,"missing_entries":1,"stray_entries":0,"unreadable_people":0}\
            """),
        World.json(answer));
    var line = world.lines.getLast();
    assertEquals("audit", line.get("function"));
    assertEquals("ok", line.get("outcome"));
    assertEquals(1L, line.get("missing_entries"));
    assertFalse(line.toString().contains("c4n4ry"), line.toString());
    assertEquals(1L, world.counts.get(Counter.MISSING_ENTRIES));
    assertEquals(0L, world.counts.get(Counter.UNSETTLED_EVENTS));
    assertEquals(1, world.store.get(List.of(entry)).size());
  }

  @Test
  void handleRequest_whenTheStoreIsDown_logsAndThrows() {
    // given
    world.setStoreDown(true);

    // then
    assertThrows(IllegalStateException.class, () -> world.invoke(handler, SCHEDULED));
    assertEquals("failed", world.lines.getLast().get("outcome"));
    assertEquals(1L, world.counts.get(Counter.UNAVAILABLE));
  }
}
