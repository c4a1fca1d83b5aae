package crowd.functions.fuzz;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.functions.World;
import crowd.functions.batch.BatchHandler;
import crowd.functions.compat.CompatHandler;
import crowd.functions.identify.IdentifyHandler;
import crowd.functions.manage.ManageHandler;
import crowd.functions.pages.PagesHandler;
import crowd.functions.reset.ResetHandler;
import crowd.functions.track.TrackHandler;
import crowd.functions.users.UsersHandler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The functions behind the routes of the API. */
final class Functions {

  private final Map<String, RequestStreamHandler> byRoute = new LinkedHashMap<>();
  private final RequestStreamHandler pages;

  Functions(World world) {
    var users = new UsersHandler(world.wiring);
    var manage = new ManageHandler(world.wiring);
    var compat = new CompatHandler(world.wiring);
    pages = new PagesHandler(world.wiring);
    byRoute.put("/identify", new IdentifyHandler(world.wiring));
    byRoute.put("/track", new TrackHandler(world.wiring));
    byRoute.put("/reset", new ResetHandler(world.wiring));
    byRoute.put("/batch", new BatchHandler(world.wiring));
    byRoute.put("/alias", manage);
    byRoute.put("/users/{id}/unlink", manage);
    byRoute.put("/users", users);
    byRoute.put("/users/{id}", users);
    byRoute.put("/users/{id}/events", users);
    byRoute.put("/website", users);
    byRoute.put("/v1/{call}", compat);
    byRoute.put("/v1/projects/{key}/settings", compat);
    byRoute.put("/beacon/v1/batch", compat);
    byRoute.put("/sourceConfig", compat);
  }

  List<String> routes() {
    return List.copyOf(byRoute.keySet());
  }

  RequestStreamHandler of(String route) {
    return byRoute.getOrDefault(route, pages);
  }

  /**
   * The function of a payload's route.
   *
   * @param payload anything; what has no route of ours goes to the function of all others
   */
  RequestStreamHandler of(byte[] payload) {
    if (!(JsonReader.read(payload, 32) instanceof JsonReader.Outcome.Read(Json.Obj event))) {
      return pages;
    }
    var key = event.text("routeKey").orElse("");
    var route = key.substring(key.indexOf(' ') + 1);
    return key.equals("DELETE /users/{id}") ? of("/alias") : of(route);
  }
}
