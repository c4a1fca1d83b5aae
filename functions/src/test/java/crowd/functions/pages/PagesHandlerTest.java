package crowd.functions.pages;

import static crowd.functions.Call.get;
import static org.junit.jupiter.api.Assertions.assertEquals;

import crowd.core.json.Json;
import crowd.functions.World;
import org.junit.jupiter.api.Test;

class PagesHandlerTest {

  private final World world = new World();
  private final PagesHandler handler = new PagesHandler(world.wiring);

  @Test
  void handle_ofHealth_isOkForEverybody() {
    // when
    var answer = world.send(handler, get("/health"));

    // then
    assertEquals(200, answer.status());
    assertEquals(Json.Obj.EMPTY.with("status", new Json.Text("ok")), answer.body());
  }

  @Test
  void handle_ofOpenApi_isTheDocumentForEverybody() {
    // when
    var answer = world.send(handler, get("/openapi.json"));

    // then
    assertEquals(200, answer.status());
    assertEquals("application/json", answer.headers().get("content-type"));
    assertEquals("3.1.0", answer.text("openapi"));
  }

  @Test
  void handle_ofHealthWithAnotherMethod_namesTheRightOne() {
    // when
    var answer = world.send(handler, get("/health").method("POST"));

    // then
    assertEquals("405 method_not_allowed", answer.summary());
    assertEquals("GET", answer.headers().get("allow"));
  }

  @Test
  void handle_ofEveryOtherPath_findsNothing() {
    // when
    var answer = world.send(handler, get("$default").method("DELETE"));

    // then
    assertEquals("404 route_not_found", answer.summary());
    assertEquals("application/problem+json", answer.headers().get("content-type"));
  }
}
