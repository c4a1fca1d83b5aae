package crowd.local.http;

import crowd.core.json.JsonText;
import crowd.functions.http.HttpReply;
import crowd.functions.http.Problem;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Says as problem details what never came to the gateway, or did not come back from it. */
final class ProblemHandler implements Request.Handler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    // Where the next request on the connection would begin is not known.
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    GatewayHandler.send(reply(HttpReply.problem(problem(response.getStatus()))), response);
    callback.succeeded();
    return true;
  }

  private static Problem problem(int status) {
    return switch (status) {
      case 408 ->
          Problem.of(
              status,
              "request_timeout",
              "The request did not come in",
              "Its body stopped, or came too slowly; send it again. Nothing was stored.");
      case 414, 431 ->
          Problem.of(
              status,
              "head_too_large",
              "Too large",
              "The request line and the headers are over %d bytes; send less in them."
                  .formatted(HttpFront.MAX_HEAD));
      case 500 -> Problem.defect();
      case 503 ->
          Problem.of(
              status,
              "shutting_down",
              "The local run is ending",
              "Send the same again once it has started again; nothing was stored.");
      default ->
          Problem.of(
              status,
              "malformed_http",
              "The request is not valid HTTP/1.1",
              "Its request line, a header or the framing of its body is not that of HTTP/1.1.");
    };
  }

  private static Reply reply(HttpReply problem) {
    return new Reply(
            problem.status(),
            problem.headers().entrySet().stream()
                .map(header -> new Reply.Header(header.getKey(), header.getValue()))
                .toList(),
            new Body(JsonText.write(problem.body()), false))
        .with(
            List.of(
                new Reply.Header("x-request-id", UUID.randomUUID().toString()),
                new Reply.Header("cache-control", "no-store")));
  }
}
