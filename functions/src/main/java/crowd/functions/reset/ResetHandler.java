package crowd.functions.reset;

import crowd.core.json.Json;
import crowd.core.message.MessageType;
import crowd.core.reset.Reset;
import crowd.core.reset.ResetOutcome;
import crowd.core.verify.Sent;
import crowd.functions.Wiring;
import crowd.functions.http.Caller;
import crowd.functions.http.HttpReply;
import crowd.functions.http.MessageFunction;

/** A user logs out of a browser. */
public final class ResetHandler extends MessageFunction {

  private final Reset reset;

  public ResetHandler() {
    this(Wiring.withRowsAndStream());
  }

  public ResetHandler(Wiring wiring) {
    super(MessageType.RESET, wiring.edge(), wiring.access());
    this.reset = wiring.reset();
  }

  @Override
  protected HttpReply handle(Caller caller, Sent sent) {
    return switch (reset.apply(caller.website(), sent)) {
      case ResetOutcome.Retired(var fresh) ->
          HttpReply.ok(Json.Obj.EMPTY.with("anonymous_id", new Json.Text(fresh.value())));
      case ResetOutcome.Unavailable() -> HttpReply.unavailable();
    };
  }
}
