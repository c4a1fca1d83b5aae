package crowd.functions.batch;

import crowd.core.json.Json;
import crowd.core.message.MessageParser;
import crowd.functions.Wiring;
import crowd.functions.http.Caller;
import crowd.functions.http.HttpReply;
import crowd.functions.http.IngestFunction;
import crowd.functions.http.Intake;
import crowd.functions.http.MessageResult;
import crowd.functions.http.Several;

/** Many messages in one call; each has a result of its own. */
public final class BatchHandler extends IngestFunction {

  private final Intake intake;

  public BatchHandler() {
    this(Wiring.withRowsAndStream());
  }

  public BatchHandler(Wiring wiring) {
    super("batch", wiring.edge(), wiring.access());
    this.intake =
        new Intake(wiring.batch(), new MessageParser(wiring.edge().ids()), wiring.edge().clock());
  }

  @Override
  protected HttpReply handle(Caller caller, Json.Obj body) {
    return switch (BatchBody.read(body)) {
      case BatchBody.Refused(var problem) -> HttpReply.problem(problem);
      case BatchBody.Read(var several) -> take(caller, several);
    };
  }

  private HttpReply take(Caller caller, Several several) {
    return switch (intake.take(caller, several)) {
      case Intake.Outcome.Taken taken ->
          taken.wantsRetry() ? answer(taken).askingToRetry() : answer(taken);
      case Intake.Outcome.Unavailable() -> HttpReply.unavailable();
    };
  }

  private static HttpReply answer(Intake.Outcome.Taken taken) {
    var results = taken.results().stream().<Json>map(MessageResult::json).toList();
    return HttpReply.ok(Json.Obj.EMPTY.with("results", new Json.Arr(results)));
  }
}
