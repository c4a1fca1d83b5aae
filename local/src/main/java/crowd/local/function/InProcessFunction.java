package crowd.local.function;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import crowd.local.template.FunctionResource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A handler in this process and the limits that the template gives it. Unlike on Lambda, one object
 * answers all calls, several at a time: a handler that kept something of a call would show it here.
 *
 * <p>One that overstays its time is interrupted and left alone, so that it may still write while it
 * is tried again: as on Lambda, where a write under way outlives its function.
 */
public final class InProcessFunction implements LocalFunction {

  private final FunctionResource resource;
  private final RequestStreamHandler handler;

  public InProcessFunction(FunctionResource resource, RequestStreamHandler handler) {
    this.resource = resource;
    this.handler = handler;
  }

  @Override
  public FunctionResource resource() {
    return resource;
  }

  @Override
  public Invocation invoke(String event) {
    var task = new FutureTask<>(() -> call(event));
    Thread.ofVirtual().name(resource.name()).start(task);
    try {
      return new Invocation.Answered(
          task.get(resource.timeout().toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      task.cancel(true);
      return new Invocation.TimedOut();
    } catch (ExecutionException e) {
      return new Invocation.Failed(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      return new Invocation.Failed(e);
    }
  }

  private String call(String event) throws IOException {
    var out = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
        out,
        new LocalContext(
            resource.name(),
            "arn:aws:lambda:local:000000000000:function:" + resource.name(),
            resource.memoryMegabytes(),
            UUID.randomUUID().toString(),
            resource.timeout(),
            System.err::println));
    return out.toString(StandardCharsets.UTF_8);
  }
}
