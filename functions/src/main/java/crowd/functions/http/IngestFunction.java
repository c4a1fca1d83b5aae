package crowd.functions.http;

import crowd.core.json.Json;

/** A function that takes messages: who sends, then what. */
public abstract class IngestFunction extends HttpFunction {

  private final Access access;

  protected IngestFunction(String name, Edge edge, Access access) {
    super(name, edge);
    this.access = access;
  }

  protected abstract HttpReply handle(Caller caller, Json.Obj body);

  @Override
  protected final HttpReply handle(HttpRequest request) {
    if (!request.method().equals("POST")) {
      return HttpReply.methodNotAllowed("POST");
    }
    var credentials = access.credentials(request);
    if (credentials instanceof Access.Credentials.Refused(var problem)) {
      return HttpReply.problem(problem);
    }
    return switch (Body.read(request)) {
      case Body.Outcome.Refused(var problem) -> HttpReply.problem(problem);
      case Body.Outcome.Read(var body) ->
          switch (access.sender(credentials, body, request.connection())) {
            case Access.Admission.Refused(var problem) -> HttpReply.problem(problem);
            case Access.Admission.Admitted(var caller) ->
                handle(caller, body).of(caller.website().id());
          };
    };
  }
}
