package crowd.functions.http;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.json.JsonText;
import crowd.core.observe.Counter;
import crowd.core.store.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A function behind the HTTP API, payload format 2.0. Every call is answered, logged once and
 * counted once, whatever happens in it.
 */
public abstract class HttpFunction implements RequestStreamHandler {

  private static final Pattern SANE_REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");
  private static final Pattern SANE_METHOD = Pattern.compile("[A-Z]{1,10}");

  /** The gateway's own nesting, with authorizers and all. */
  private static final int MAX_DEPTH = 32;

  private final String name;
  private final Edge edge;

  /**
   * @param name as it stands in logs and metrics
   */
  protected HttpFunction(String name, Edge edge) {
    this.name = name;
    this.edge = edge;
  }

  /**
   * Answers a call.
   *
   * @throws StoreUnavailableException answered with 503
   */
  protected abstract HttpReply handle(HttpRequest request);

  @Override
  public final void handleRequest(InputStream in, OutputStream out, Context context)
      throws IOException {
    var began = edge.clock().instant();
    var line = new LinkedHashMap<String, Object>();
    var reply = reply(in.readAllBytes(), line);
    out.write(JsonText.write(reply.payload()).getBytes(StandardCharsets.UTF_8));
    end(began, reply, line);
  }

  private HttpReply reply(byte[] payload, Map<String, Object> line) {
    if (!(JsonReader.read(payload, MAX_DEPTH) instanceof JsonReader.Outcome.Read(Json.Obj json))) {
      return withRequestId(unreadable(), edge.ids().messageId(), line);
    }
    var request = HttpRequest.of(json);
    var requestId =
        request
            .header("x-request-id")
            .filter(id -> SANE_REQUEST_ID.matcher(id).matches())
            .orElseGet(edge.ids()::messageId);
    line.put("route", request.route());
    line.put(
        "method", SANE_METHOD.matcher(request.method()).matches() ? request.method() : "other");
    return withRequestId(guarded(request, line), requestId, line);
  }

  private HttpReply guarded(HttpRequest request, Map<String, Object> line) {
    try {
      return handle(request);
    } catch (StoreUnavailableException e) {
      edge.metrics().add(Counter.UNAVAILABLE);
      return HttpReply.unavailable();
    } catch (RuntimeException e) {
      line.putAll(Failure.fields(e));
      return HttpReply.problem(Problem.defect());
    }
  }

  private static HttpReply withRequestId(
      HttpReply reply, String requestId, Map<String, Object> line) {
    line.put("request_id", requestId);
    var answer = reply.with("x-request-id", requestId);
    return answer.headers().containsKey("cache-control")
        ? answer
        : answer.with("cache-control", "no-store");
  }

  private void end(Instant began, HttpReply reply, Map<String, Object> line) {
    var took = Duration.between(began, edge.clock().instant());
    line.put("function", name);
    line.put("status", reply.status());
    line.put("outcome", reply.outcome());
    line.put("ms", took.toMillis());
    reply.website().ifPresent(website -> line.put("website", website.value()));
    edge.log().line(line);
    if (reply.status() == 401 || reply.status() == 403) {
      edge.metrics().add(Counter.REFUSED_CALLS);
    }
    edge.invocations().ended(name, reply.status(), took);
  }

  /** A name of a header or a parameter, for one, that is longer than any that we take. */
  private static HttpReply unreadable() {
    return HttpReply.problem(
        Problem.of(
            400,
            "unreadable_request",
            "The request cannot be read",
            "A header or a parameter is malformed or too long."));
  }
}
