package crowd.bench.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * All functions in one process, for the JVM to see which classes they need. An event is {@code
 * {"handler": CLASS, "event": EVENT}}; one without a handler ends the process.
 */
public final class Rehearsal implements RequestStreamHandler {

  private final Map<String, RequestStreamHandler> handlers = new HashMap<>();

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    var call = (Json.Obj) JsonReader.readOwn(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    var name = call.text("handler");
    if (name.isEmpty()) {
      // As the last thing that it does: the JVM writes down what it has seen.
      Thread.ofPlatform().start(() -> System.exit(0));
      out.write("\"over\"".getBytes(StandardCharsets.UTF_8));
      return;
    }
    var event = call.text("event").orElseThrow().getBytes(StandardCharsets.UTF_8);
    handler(name.get()).handleRequest(new ByteArrayInputStream(event), out, context);
  }

  private RequestStreamHandler handler(String name) {
    return handlers.computeIfAbsent(name, Rehearsal::made);
  }

  private static RequestStreamHandler made(String name) {
    try {
      return Class.forName(name)
          .asSubclass(RequestStreamHandler.class)
          .getConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(name, e);
    }
  }
}
