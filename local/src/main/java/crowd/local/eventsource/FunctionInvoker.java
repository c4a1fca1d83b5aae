package crowd.local.eventsource;

import crowd.local.function.LocalFunction;
import java.util.UUID;

/** Calls a function of the template. */
final class FunctionInvoker implements Invoker {

  private final LocalFunction function;

  FunctionInvoker(LocalFunction function) {
    this.function = function;
  }

  @Override
  public Invocation invoke(String event) throws InterruptedException {
    var requestId = UUID.randomUUID().toString();
    var ending = function.invoke(event);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return switch (ending) {
      case crowd.local.function.Invocation.Answered(var payload) ->
          new Invocation.Returned(requestId, payload);
      case crowd.local.function.Invocation.Failed(var cause) ->
          new Invocation.Failed(requestId, String.valueOf(cause));
      case crowd.local.function.Invocation.TimedOut() ->
          new Invocation.Failed(
              requestId,
              "it took more than its " + function.resource().timeout().toMillis() / 1_000.0 + " s");
    };
  }
}
