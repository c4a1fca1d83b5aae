package crowd.local.eventsource;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import crowd.local.function.LocalContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Calls a handler in this process.
 *
 * <p>One that overstays its time is interrupted and left alone, so that it may still write while
 * the batch is tried again: as on Lambda, where a write under way outlives its function.
 */
final class HandlerInvoker implements Invoker {

  /** What a function hears of its memory; nothing here limits it. */
  private static final int MEMORY_MEGABYTES = 512;

  private final EventSourceSettings settings;
  private final RequestStreamHandler handler;
  private final Consumer<String> log;

  HandlerInvoker(EventSourceSettings settings, RequestStreamHandler handler, Consumer<String> log) {
    this.settings = settings;
    this.handler = handler;
    this.log = log;
  }

  @Override
  public Invocation invoke(String event) throws InterruptedException {
    var requestId = UUID.randomUUID().toString();
    var context =
        new LocalContext(
            settings.function(),
            settings.functionArn(),
            MEMORY_MEGABYTES,
            requestId,
            settings.timeout(),
            log);
    var call =
        new FutureTask<>(() -> {
          var output = new ByteArrayOutputStream();
          handler.handleRequest(
              new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), output, context);
          return output.toString(StandardCharsets.UTF_8);
        });
    var thread = Thread.ofVirtual().name(settings.function()).start(call);
    try {
      return new Invocation.Returned(
          requestId, call.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      return new Invocation.Failed(requestId, String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      thread.interrupt();
      return new Invocation.Failed(
          requestId, "it took more than its " + settings.timeout().toMillis() / 1_000.0 + " s");
    }
  }
}
