package crowd.local.http;

import crowd.local.template.Cors;
import java.util.ArrayList;
import java.util.List;

/** The gateway's part in calls from other origins. */
final class CorsRules {

  private static final String PREFIX = "access-control-";

  private final Cors cors;

  CorsRules(Cors cors) {
    this.cors = cors;
  }

  /** Whether a browser asks what it may send. */
  static boolean isPreflight(Request request) {
    return request.method().equals("OPTIONS")
        && request.has("origin")
        && request.has("access-control-request-method");
  }

  /** Without the headers, to a browser a no, for an origin that is not allowed. */
  Reply preflight(Request request) {
    var reply = new Reply(204, List.of(), Body.EMPTY);
    return allows(request)
        ? reply.with(
            headers(
                request,
                new Reply.Header(PREFIX + "allow-methods", String.join(",", cors.allowMethods())),
                new Reply.Header(PREFIX + "allow-headers", String.join(",", cors.allowHeaders())),
                new Reply.Header(PREFIX + "max-age", "" + cors.maxAge().toSeconds())))
        : reply;
  }

  /** Adds what lets the page read the reply. What the function says about it does not count. */
  Reply apply(Request request, Reply reply) {
    var own = reply.without(name -> name.startsWith(PREFIX));
    return request.has("origin") && allows(request)
        ? own.with(
            headers(
                request,
                new Reply.Header(
                    PREFIX + "expose-headers", String.join(",", cors.exposeHeaders()))))
        : own;
  }

  private List<Reply.Header> headers(Request request, Reply.Header... more) {
    var headers = new ArrayList<Reply.Header>();
    if (allowsAll()) {
      headers.add(new Reply.Header(PREFIX + "allow-origin", "*"));
    } else {
      headers.add(new Reply.Header(PREFIX + "allow-origin", request.header("origin")));
      headers.add(new Reply.Header("vary", "Origin"));
    }
    headers.addAll(List.of(more));
    return headers;
  }

  private boolean allows(Request request) {
    return allowsAll() || cors.allowOrigins().contains(request.header("origin"));
  }

  private boolean allowsAll() {
    return cors.allowOrigins().contains("*");
  }
}
