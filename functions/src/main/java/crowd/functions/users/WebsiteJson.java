package crowd.functions.users;

import crowd.core.json.Json;
import crowd.core.website.Websites;
import java.time.Instant;
import java.util.Optional;

/** {@code {website, key, first_event_at}}. */
final class WebsiteJson {

  private WebsiteJson() {}

  static Json.Obj write(Websites.Grant grant, Optional<Instant> firstEventAt) {
    return Json.Obj.EMPTY
        .with("website", new Json.Text(grant.website().id().value()))
        .with("key", new Json.Text(grant.role().word()))
        .with(
            "first_event_at",
            firstEventAt.<Json>map(at -> new Json.Text(at.toString())).orElse(Json.Null.VALUE));
  }
}
