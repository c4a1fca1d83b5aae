package crowd.functions.batch;

import crowd.core.batch.Batch;
import crowd.core.batch.BatchOutcome;
import crowd.core.json.Json;
import crowd.core.message.MessageParser;
import crowd.functions.Wiring;
import crowd.functions.http.Caller;
import crowd.functions.http.HttpReply;
import crowd.functions.http.IngestFunction;
import java.time.InstantSource;
import java.util.List;

/** Many messages in one call; each has a result of its own. */
public final class BatchHandler extends IngestFunction {

  private final Batch batch;
  private final MessageParser parser;
  private final InstantSource clock;

  public BatchHandler() {
    this(Wiring.withStream());
  }

  public BatchHandler(Wiring wiring) {
    super("batch", wiring.edge(), wiring.access());
    this.batch = wiring.batch();
    this.parser = new MessageParser(wiring.edge().ids());
    this.clock = wiring.edge().clock();
  }

  @Override
  protected HttpReply handle(Caller caller, Json.Obj body) {
    return switch (BatchBody.read(body)) {
      case BatchBody.Refused(var problem) -> HttpReply.problem(problem);
      case BatchBody.Read read -> apply(caller, Entries.of(read, caller, parser, clock.instant()));
    };
  }

  private HttpReply apply(Caller caller, Entries entries) {
    var messages = entries.messages();
    if (messages.isEmpty()) {
      return HttpReply.ok(entries.results(List.of()));
    }
    return switch (batch.apply(caller.website(), messages)) {
      case BatchOutcome.Taken(var results) -> HttpReply.ok(entries.results(results));
      case BatchOutcome.Unavailable() -> HttpReply.unavailable();
    };
  }
}
