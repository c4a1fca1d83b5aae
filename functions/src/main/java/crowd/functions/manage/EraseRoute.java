package crowd.functions.manage;

import crowd.core.erase.Erase;
import crowd.core.identity.IllegalIdException;
import crowd.core.identity.UserId;
import crowd.core.identity.WebsiteId;
import crowd.core.json.Json;
import crowd.functions.http.HttpReply;

/** DELETE /users/{id}: 202, for the data is gone from readers and still to go from the table. */
record EraseRoute(Erase erase) {

  HttpReply apply(WebsiteId website, String id) {
    try {
      return switch (erase.apply(website, new UserId(id))) {
        case ERASED ->
            HttpReply.accepted(Json.Obj.EMPTY.with("outcome", new Json.Text("erased")), "erased");
        case NOT_FOUND -> UnlinkRoute.noSuchUser();
        case UNAVAILABLE -> HttpReply.unavailable();
      };
    } catch (IllegalIdException _) {
      return UnlinkRoute.noSuchUser();
    }
  }
}
