package crowd.bench.image;

import crowd.bench.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * A sample event, and what must stand in the answer to it.
 *
 * @param function of template.yaml
 */
record Sample(String function, String event, String expected) {

  private static final String OK = "\"statusCode\":200";

  /** Each function's, in an order in which each finds what it needs in the table. */
  static final List<Sample> ALL =
      List.of(
          new Sample("TrackFunction", "track", OK),
          new Sample("IdentifyFunction", "identify", OK),
          new Sample("IdentifyFunction", "identify-browser", OK),
          new Sample("ResetFunction", "reset", OK),
          new Sample("BatchFunction", "batch", OK),
          new Sample("CompatFunction", "compat", OK),
          new Sample("CompatFunction", "compat-batch", OK),
          new Sample("CompatFunction", "compat-settings", OK),
          new Sample("ConsumerFunction", "consumer", "{\"batchItemFailures\":[]}"),
          new Sample("UsersFunction", "users", OK),
          new Sample("UsersFunction", "user", OK),
          new Sample("UsersFunction", "user-events", OK),
          new Sample("UsersFunction", "website", OK),
          new Sample("PagesFunction", "pages", OK),
          new Sample("PagesFunction", "pages-openapi", OK),
          new Sample("ReconcileFunction", "reconcile", ""),
          new Sample("AuditFunction", "audit", ""),
          new Sample("ManageFunction", "alias", OK),
          new Sample("ManageFunction", "unlink", OK),
          new Sample("ManageFunction", "erase", "\"statusCode\":202"));

  /** About whom the other samples are about: of somebody who is not there, nothing is read. */
  String text() throws IOException {
    return Files.readString(Root.file("events/" + event + ".json"))
        .replace("/users/jane%40acme.com", "/users/user_123")
        .replace("\"id\": \"jane@acme.com\"", "\"id\": \"user_123\"");
  }
}
