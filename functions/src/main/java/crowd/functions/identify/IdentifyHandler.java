package crowd.functions.identify;

import crowd.core.identify.Identify;
import crowd.core.identify.IdentifyOutcome;
import crowd.core.message.Message;
import crowd.core.message.MessageType;
import crowd.functions.Wiring;
import crowd.functions.http.Caller;
import crowd.functions.http.HttpReply;
import crowd.functions.http.MessageFunction;
import crowd.functions.http.Problem;

/** A user says who he is. */
public final class IdentifyHandler extends MessageFunction {

  private final Identify identify;

  public IdentifyHandler() {
    this(Wiring.withStream());
  }

  public IdentifyHandler(Wiring wiring) {
    super(MessageType.IDENTIFY, wiring.edge(), wiring.access());
    this.identify = wiring.identify();
  }

  @Override
  protected HttpReply handle(Caller caller, Message message) {
    return switch (identify.apply(caller.website(), message, caller.traitRank())) {
      case IdentifyOutcome.Decided decided ->
          HttpReply.ok(IdentifyJson.write(message, decided), decided.ending().word());
      case IdentifyOutcome.TraitsTooLarge() -> HttpReply.problem(Problem.traitsTooLarge());
      case IdentifyOutcome.Unavailable() -> HttpReply.unavailable();
    };
  }
}
