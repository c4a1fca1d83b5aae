package crowd.functions.compat;

import crowd.core.json.Json;
import crowd.core.message.MessageParser;
import crowd.functions.Wiring;
import crowd.functions.http.Access;
import crowd.functions.http.Body;
import crowd.functions.http.Caller;
import crowd.functions.http.HttpFunction;
import crowd.functions.http.HttpReply;
import crowd.functions.http.HttpRequest;
import crowd.functions.http.Intake;
import crowd.functions.http.Problem;
import java.time.InstantSource;
import java.util.Optional;

/** Clients of Segment, RudderStack and Jitsu, as they are published. */
public final class CompatHandler extends HttpFunction {

  private static final Problem UNKNOWN_SOURCE =
      Problem.notFound("website_not_found", "There is no website of this write key.");

  private final Access access;
  private final Intake intake;
  private final InstantSource clock;

  public CompatHandler() {
    this(Wiring.withRowsAndStream());
  }

  public CompatHandler(Wiring wiring) {
    super("compat", wiring.edge());
    this.access = wiring.access();
    this.clock = wiring.edge().clock();
    this.intake =
        new Intake(
            wiring.batch(), MessageParser.takingAnonymousIdentify(wiring.edge().ids()), clock);
  }

  @Override
  protected HttpReply handle(HttpRequest request) {
    return switch (request.route()) {
      case "/v1/projects/{key}/settings" ->
          request.method().equals("GET") ? settings(request) : HttpReply.methodNotAllowed("GET");
      case "/sourceConfig" ->
          request.method().equals("GET")
              ? sourceConfig(request)
              : HttpReply.methodNotAllowed("GET");
      case "/beacon/v1/batch" -> post(Optional.of(Call.BATCH), request);
      default -> post(Call.of(request.path().getOrDefault("call", "")), request);
    };
  }

  private HttpReply settings(HttpRequest request) {
    var key = request.path().getOrDefault("key", "");
    return access.isWriteKey(key)
        ? Settings.segment(key, request)
        : HttpReply.problem(UNKNOWN_SOURCE);
  }

  private HttpReply sourceConfig(HttpRequest request) {
    var keys = WriteKeys.of(request);
    var key = keys.stream().findFirst().filter(access::isWriteKey);
    return keys.size() == 1 && key.isPresent()
        ? Settings.rudderStack(key.get())
        : HttpReply.problem(UNKNOWN_SOURCE);
  }

  private HttpReply post(Optional<Call> call, HttpRequest request) {
    if (call.isEmpty()) {
      return HttpReply.noRoute();
    }
    if (!request.method().equals("POST")) {
      return HttpReply.methodNotAllowed("POST");
    }
    return call.get() == Call.METRICS ? Answers.SUCCESS : take(call.get(), request);
  }

  private HttpReply take(Call call, HttpRequest request) {
    return switch (Body.read(request)) {
      case Body.Outcome.Refused(var problem) -> Answers.problem(problem);
      case Body.Outcome.Read(var body) ->
          switch (access.writer(WriteKeys.of(request, body), request)) {
            case Access.Admission.Refused(var problem) -> Answers.problem(problem);
            case Access.Admission.Admitted(var caller) ->
                (isOfAnother(caller, body)
                        ? Answers.problem(Access.KEY_OF_ANOTHER)
                        : take(call, caller, body))
                    .of(caller.website().id());
          };
    };
  }

  /** A body made for the native routes names its website. */
  private static boolean isOfAnother(Caller caller, Json.Obj body) {
    return body.get("website").isPresent()
        && !body.text("website").equals(Optional.of(caller.website().id().value()));
  }

  private HttpReply take(Call call, Caller caller, Json.Obj body) {
    return switch (Delivery.read(call, body, !caller.trusted(), clock.instant())) {
      case Delivery.Refused(var problem) -> Answers.problem(problem);
      case Delivery.Read(var several, var warnings) ->
          switch (intake.take(caller, several)) {
            case Intake.Outcome.Unavailable() -> Answers.problem(Problem.unavailable());
            case Intake.Outcome.Taken(var results) ->
                several.inBatch()
                    ? Answers.of(results, warnings)
                    : Answers.of(results.getFirst(), warnings);
          };
    };
  }
}
