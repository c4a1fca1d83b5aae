package crowd.functions.reset;

import static crowd.functions.Call.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import crowd.core.stream.memory.InMemoryStream.Fault;
import crowd.functions.Answer;
import crowd.functions.World;
import crowd.functions.identify.IdentifyHandler;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResetHandlerTest {

  private final World world = new World();
  private final ResetHandler handler = new ResetHandler(world.wiring);

  private Answer reset(String fields) {
    return world.send(handler, post("/reset", "{\"website\":\"demo\"" + fields + "}").page());
  }

  @Test
  void handle_ofAnId_retiresItAndAnswersANewOne() {
    // when
    var answer = reset(",\"anonymous_id\":\"a1\"");

    // then
    assertEquals(200, answer.status());
    assertEquals(List.of("anonymous_id"), List.copyOf(answer.body().fields().keySet()));
    assertTrue(answer.text("anonymous_id").startsWith("anon_"));
    assertNotEquals(
        answer.text("anonymous_id"), reset(",\"anonymous_id\":\"a1\"").text("anonymous_id"));
  }

  @Test
  void handle_thenIdentifyTheOldId_isRetired() {
    // given
    reset(",\"anonymous_id\":\"a1\"");
    world.setClock(World.NOON.plusSeconds(1));

    // when
    var answer =
        world.send(
            new IdentifyHandler(world.wiring),
            post("/identify", "{\"website\":\"demo\",\"user_id\":\"u1\",\"anonymous_id\":\"a1\"}")
                .page());

    // then
    assertEquals("retired", answer.text("outcome"));
  }

  @Test
  void handle_withoutAnId_namesIt() {
    assertEquals(List.of("anonymous_id missing"), reset("").errors());
  }

  @Test
  void handle_whenTheStreamDoesNotTakeIt_asksToRepeat() {
    // given
    world.stream.fail(Fault.THROTTLED);

    // then
    assertEquals("503 unavailable", reset(",\"anonymous_id\":\"a1\"").summary());
  }
}
