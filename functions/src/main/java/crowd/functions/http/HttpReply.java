package crowd.functions.http;

import crowd.core.identity.WebsiteId;
import crowd.core.json.Json;
import crowd.core.json.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An answer.
 *
 * @param file bytes in Base64 that are sent in place of the body
 * @param outcome one word for the log: the outcome, or the code of the problem
 * @param website whose call it was, for the log; empty while the caller is not admitted
 */
public record HttpReply(
    int status,
    Map<String, String> headers,
    Json.Obj body,
    Optional<String> file,
    String outcome,
    Optional<WebsiteId> website) {

  /** Seconds after which a call that met a busy store is worth repeating. */
  private static final String RETRY_AFTER = "1";

  public HttpReply {
    headers = Map.copyOf(headers);
  }

  /** 200 with a JSON object: real clients retry on 202, 204 and empty bodies. */
  public static HttpReply ok(Json.Obj body) {
    return ok(body, "ok");
  }

  public static HttpReply ok(Json.Obj body, String outcome) {
    return new HttpReply(
        200,
        Map.of("content-type", "application/json"),
        body,
        Optional.empty(),
        outcome,
        Optional.empty());
  }

  /** 200 with a file. */
  public static HttpReply file(Map<String, String> headers, String base64) {
    return new HttpReply(200, headers, Json.Obj.EMPTY, Optional.of(base64), "ok", Optional.empty());
  }

  /** 304: the browser has the file. */
  public static HttpReply notModified(Map<String, String> headers) {
    return new HttpReply(
        304, headers, Json.Obj.EMPTY, Optional.of(""), "not_modified", Optional.empty());
  }

  /**
   * 202 with a JSON object: it is decided, and more is to be done. No client of messages sees it.
   */
  public static HttpReply accepted(Json.Obj body, String outcome) {
    var ok = ok(body, outcome);
    return new HttpReply(202, ok.headers, ok.body, ok.file, ok.outcome, ok.website);
  }

  public static HttpReply problem(Problem problem) {
    var reply =
        new HttpReply(
            problem.status(),
            Map.of("content-type", "application/problem+json"),
            problem.json(),
            Optional.empty(),
            problem.code(),
            Optional.empty());
    return problem.isForNow() ? reply.askingToRetry() : reply;
  }

  public static HttpReply unavailable() {
    return problem(Problem.unavailable());
  }

  /** 403, with the outcome that an identify then has. */
  public static HttpReply unverified() {
    return problem(Problem.unverified()).with("outcome", MessageResult.UNVERIFIED);
  }

  /** 404: the path is none of the API's. */
  public static HttpReply noRoute() {
    return problem(Problem.notFound("route_not_found", "No route of the API has this path."));
  }

  /** 405 with the methods that there are. */
  public static HttpReply methodNotAllowed(String allow) {
    return problem(
            Problem.of(
                405,
                "method_not_allowed",
                "This method is not served here",
                "Send " + allow + " instead."))
        .with("allow", allow);
  }

  /** The same answer, which says when to send again what of the call could not be done. */
  public HttpReply askingToRetry() {
    return with("retry-after", RETRY_AFTER);
  }

  /** The same answer with one more field. */
  public HttpReply with(String field, Json value) {
    return new HttpReply(status, headers, body.with(field, value), file, outcome, website);
  }

  HttpReply with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new HttpReply(status, more, body, file, outcome, website);
  }

  public HttpReply of(WebsiteId caller) {
    return new HttpReply(status, headers, body, file, outcome, Optional.of(caller));
  }

  /** In payload format 2.0. */
  Json.Obj payload() {
    var fields = new LinkedHashMap<String, Json>();
    headers.forEach((name, value) -> fields.put(name, new Json.Text(value)));
    return Json.Obj.EMPTY
        .with("statusCode", Json.Num.of(status))
        .with("headers", new Json.Obj(fields))
        .with("body", new Json.Text(file.orElseGet(() -> JsonText.write(body))))
        .with("isBase64Encoded", new Json.Bool(file.isPresent()));
  }
}
