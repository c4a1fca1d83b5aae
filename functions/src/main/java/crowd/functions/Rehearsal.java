package crowd.functions;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import crowd.core.identity.WebsiteId;
import crowd.core.json.Json;
import crowd.core.json.JsonText;
import crowd.core.store.Store;
import crowd.core.store.memory.InMemoryStore;
import crowd.core.website.Website;
import crowd.core.website.WebsiteAdmin;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Set;

/**
 * A call before the first one, whose answer, log and metrics nobody gets: what a call needs is
 * loaded at the start, for which Lambda gives a whole processor, and not while somebody waits.
 */
public final class Rehearsal {

  private static final String WEBSITE = "rehearsal";

  private Rehearsal() {}

  /** A table in memory that knows the website {@code rehearsal}. */
  static Store table(InstantSource clock) {
    var store = new InMemoryStore();
    new WebsiteAdmin(store, clock)
        .add(Website.starting(new WebsiteId(WEBSITE), Set.of(Website.LOOPBACK)));
    return store;
  }

  static PrintStream nobody() {
    return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }

  /**
   * @param function on a wiring that leads nowhere
   * @param body names the website {@code rehearsal}
   */
  public static void call(RequestStreamHandler function, String path, String body) {
    var event = JsonText.write(event(path, body)).getBytes(StandardCharsets.UTF_8);
    try {
      // No handler of ours looks at its context.
      function.handleRequest(
          new ByteArrayInputStream(event), OutputStream.nullOutputStream(), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Json.Obj event(String path, String body) {
    var http =
        Json.Obj.EMPTY
            .with("method", new Json.Text("POST"))
            .with("path", new Json.Text(path))
            .with("sourceIp", new Json.Text("127.0.0.1"));
    return Json.Obj.EMPTY
        .with("version", new Json.Text("2.0"))
        .with("routeKey", new Json.Text("ANY " + path))
        .with("rawPath", new Json.Text(path))
        .with(
            "headers",
            Json.Obj.EMPTY
                .with("content-type", new Json.Text("application/json"))
                .with("origin", new Json.Text("http://localhost")))
        .with("requestContext", Json.Obj.EMPTY.with("http", http))
        .with("body", new Json.Text(body));
  }
}
