package crowd.functions.identify;

import crowd.core.identify.Identify;
import crowd.core.identify.IdentifyOutcome;
import crowd.core.message.MessageType;
import crowd.core.verify.Sent;
import crowd.functions.Rehearsal;
import crowd.functions.Wiring;
import crowd.functions.http.Caller;
import crowd.functions.http.HttpReply;
import crowd.functions.http.MessageFunction;
import crowd.functions.http.Problem;
import java.util.Optional;

/** A user says who he is. */
public final class IdentifyHandler extends MessageFunction {

  private static final String REHEARSED =
      """
      {"website":"rehearsal","user_id":"user_1","anonymous_id":"anon_1","traits":{"plan":"pro"},"timestamp":"2026-01-01T00:00:00Z"}\
      """;

  private final Identify identify;

  public IdentifyHandler() {
    this(Wiring.withRowsAndStream(nowhere -> rehearse(new IdentifyHandler(nowhere))));
  }

  /** A call before the first one, of a function whose wiring leads nowhere. */
  public static void rehearse(IdentifyHandler function) {
    Rehearsal.call(function, "/identify", REHEARSED);
  }

  public IdentifyHandler(Wiring wiring) {
    super(MessageType.IDENTIFY, wiring.edge(), wiring.access());
    this.identify = wiring.identify();
  }

  @Override
  protected HttpReply handle(Caller caller, Sent sent) {
    return switch (identify.apply(caller.website(), sent)) {
      case IdentifyOutcome.Decided decided ->
          HttpReply.ok(IdentifyJson.write(decided, sent.session()), decided.ending().word());
      case IdentifyOutcome.OfBot ofBot ->
          HttpReply.ok(IdentifyJson.write(ofBot.toldAs(sent.message()), Optional.empty()), "bot");
      case IdentifyOutcome.Unverified _ -> HttpReply.unverified();
      case IdentifyOutcome.TraitsTooLarge() -> HttpReply.problem(Problem.traitsTooLarge());
      case IdentifyOutcome.Contended() -> HttpReply.problem(Problem.tooFast());
      case IdentifyOutcome.Unavailable() -> HttpReply.unavailable();
    };
  }
}
