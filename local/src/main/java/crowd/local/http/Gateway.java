package crowd.local.http;

import crowd.core.json.Unicode;
import crowd.local.function.Invocation;
import crowd.local.function.LocalFunction;
import crowd.local.template.Template;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Between request and reply: the route, the event, the function, its answer. */
final class Gateway {

  /** Bytes of the largest event and the largest answer that Lambda passes on. */
  static final int MAX_PAYLOAD = 6 * 1024 * 1024;

  private final Routes routes;
  private final CorsRules cors;
  private final Map<String, LocalFunction> functions;
  private final InstantSource clock;
  private final Supplier<String> requestIds;
  private final BiConsumer<String, Invocation> defects;

  /**
   * @param functions by logical name; one for every route
   * @param defects told of each call that did not end with an answer, with the function's name
   */
  Gateway(
      Template template,
      Map<String, ? extends LocalFunction> functions,
      InstantSource clock,
      Supplier<String> requestIds,
      BiConsumer<String, Invocation> defects) {
    this.routes = new Routes(template.routes());
    this.cors = new CorsRules(template.cors());
    this.functions = Map.copyOf(functions);
    this.clock = clock;
    this.requestIds = requestIds;
    this.defects = defects;
    for (var route : template.routes()) {
      if (!functions.containsKey(route.function())) {
        throw new IllegalArgumentException("a route without a function: " + route.key());
      }
    }
  }

  static Supplier<String> randomRequestIds() {
    return () -> UUID.randomUUID().toString();
  }

  Reply answer(Request request) {
    var requestId = requestIds.get();
    var reply =
        CorsRules.isPreflight(request)
            ? cors.preflight(request)
            : cors.apply(request, call(request, requestId));
    return reply.with(List.of(new Reply.Header("apigw-requestid", requestId)));
  }

  private Reply call(Request request, String requestId) {
    var found = routes.find(request.method(), request.path());
    if (found.isEmpty()) {
      return Reply.message(404, "Not Found");
    }
    var match = found.get();
    var event = EventJson.write(request, match, requestId, clock.instant());
    if (isTooLarge(event)) {
      return tooLarge();
    }
    var name = match.route().function();
    var ending = function(name).invoke(event);
    var reply =
        switch (ending) {
          case Invocation.Answered(var payload) ->
              isTooLarge(payload) ? Optional.<Reply>empty() : AnswerJson.read(payload);
          case Invocation.Failed _ -> Optional.<Reply>empty();
          case Invocation.TimedOut() -> Optional.of(Reply.message(503, "Service Unavailable"));
        };
    if (reply.isEmpty() || ending instanceof Invocation.TimedOut) {
      defects.accept(name, ending);
    }
    return reply.orElseGet(() -> Reply.message(500, "Internal Server Error"));
  }

  static Reply tooLarge() {
    return Reply.message(413, "Request Entity Too Large");
  }

  private LocalFunction function(String name) {
    var function = functions.get(name);
    if (function == null) {
      throw new IllegalStateException("no function " + name);
    }
    return function;
  }

  private static boolean isTooLarge(String payload) {
    return payload.length() > MAX_PAYLOAD / 3 && Unicode.utf8Length(payload) > MAX_PAYLOAD;
  }
}
