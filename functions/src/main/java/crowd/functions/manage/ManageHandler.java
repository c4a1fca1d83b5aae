package crowd.functions.manage;

import crowd.core.json.Json;
import crowd.core.message.MessageParser;
import crowd.core.message.MessageType;
import crowd.core.website.KeyRole;
import crowd.functions.Wiring;
import crowd.functions.http.Access;
import crowd.functions.http.Body;
import crowd.functions.http.Caller;
import crowd.functions.http.HttpFunction;
import crowd.functions.http.HttpReply;
import crowd.functions.http.HttpRequest;
import crowd.functions.http.PathId;
import crowd.functions.http.Problem;
import java.time.InstantSource;
import java.util.Optional;

/** Merges users, takes links back, erases people: for callers with a server key. */
public final class ManageHandler extends HttpFunction {

  private final Access access;
  private final MessageParser parser;
  private final InstantSource clock;
  private final AliasRoute alias;
  private final UnlinkRoute unlink;
  private final EraseRoute erase;

  public ManageHandler() {
    this(Wiring.withRowsAndStream());
  }

  public ManageHandler(Wiring wiring) {
    super("manage", wiring.edge());
    this.access = wiring.access();
    this.parser = new MessageParser(wiring.edge().ids());
    this.clock = wiring.edge().clock();
    this.alias = new AliasRoute(wiring.aliasUser());
    this.unlink =
        new UnlinkRoute(wiring.people(), wiring.unlink(), wiring.merge(), wiring.edge().ids());
    this.erase = new EraseRoute(wiring.erase());
  }

  @Override
  protected HttpReply handle(HttpRequest request) {
    return switch (request.route()) {
      case "/alias" ->
          request.method().equals("POST") ? alias(request) : HttpReply.methodNotAllowed("POST");
      case "/users/{id}/unlink" ->
          request.method().equals("POST") ? unlink(request) : HttpReply.methodNotAllowed("POST");
      case "/users/{id}" ->
          request.method().equals("DELETE")
              ? erase(request)
              : HttpReply.methodNotAllowed("GET, DELETE");
      default -> HttpReply.noRoute();
    };
  }

  private HttpReply alias(HttpRequest request) {
    return withBody(
        request,
        (caller, body) ->
            switch (parser.parse(
                MessageType.ALIAS, body, Optional.empty(), caller.arrival(clock.instant()))) {
              case MessageParser.Parsed.Invalid(var problems) ->
                  HttpReply.problem(Problem.invalid(problems));
              case MessageParser.Parsed.TooLarge() -> HttpReply.problem(Problem.messageTooLarge());
              case MessageParser.Parsed.Valid(var message) ->
                  alias.apply(caller.website(), message);
            });
  }

  private HttpReply unlink(HttpRequest request) {
    return withBody(
        request,
        (caller, body) ->
            PathId.of(request)
                .map(id -> unlink.apply(caller.website().id(), id, body))
                .orElseGet(() -> HttpReply.problem(PathId.MISSING)));
  }

  private HttpReply erase(HttpRequest request) {
    return switch (access.credentials(request)) {
      case Access.Credentials.Refused(var problem) -> HttpReply.problem(problem);
      case Access.Credentials.Page _ -> HttpReply.problem(Caller.SERVER_ONLY);
      case Access.Credentials.Key(var grant) -> {
        if (grant.role() != KeyRole.SERVER) {
          yield HttpReply.problem(Caller.SERVER_ONLY);
        }
        var website = grant.website().id();
        yield PathId.of(request)
            .map(id -> erase.apply(website, id))
            .orElseGet(() -> HttpReply.problem(PathId.MISSING))
            .of(website);
      }
    };
  }

  /** What is asked of a website by its server. */
  private interface Asked {
    HttpReply answer(Caller caller, Json.Obj body);
  }

  private HttpReply withBody(HttpRequest request, Asked asked) {
    var credentials = access.credentials(request);
    return switch (credentials) {
      case Access.Credentials.Refused(var problem) -> HttpReply.problem(problem);
      case Access.Credentials.Page _ -> HttpReply.problem(Caller.SERVER_ONLY);
      case Access.Credentials.Key _ ->
          switch (Body.read(request)) {
            case Body.Outcome.Refused(var problem) -> HttpReply.problem(problem);
            case Body.Outcome.Read(var body) ->
                switch (access.sender(credentials, body, request.connection())) {
                  case Access.Admission.Refused(var problem) -> HttpReply.problem(problem);
                  case Access.Admission.Admitted(var caller) ->
                      asked.answer(caller, body).of(caller.website().id());
                };
          };
    };
  }
}
