package crowd.functions.http;

import crowd.core.json.Json;
import crowd.core.message.FieldProblem;
import crowd.core.message.MessageParser;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Why a call was refused: problem details as of RFC 9457. Never echoes a value that was sent.
 *
 * @param code stable, snake_case; also the end of the type
 * @param title the same for every problem of this code
 * @param detail what is wrong here and how to mend it
 * @param errors every field that is wrong
 */
public record Problem(
    int status, String code, String title, String detail, List<FieldProblem> errors) {

  private static final String TYPE = "urn:crowd:problem:";

  public Problem {
    errors = List.copyOf(errors);
  }

  public static Problem of(int status, String code, String title, String detail) {
    return new Problem(status, code, title, detail, List.of());
  }

  /** 400: these fields are wrong. */
  public static Problem invalid(List<FieldProblem> errors) {
    return new Problem(
        400,
        "invalid_message",
        "The message is not valid",
        "Mend the fields under errors and send it again; nothing was stored.",
        errors);
  }

  public static Problem invalid(String field, String code, String detail) {
    return invalid(List.of(new FieldProblem(field, code, detail)));
  }

  public static Problem unauthorized(String detail) {
    return of(401, "unauthorized", "The caller is not known", detail);
  }

  public static Problem forbidden(String code, String detail) {
    return of(403, code, "The caller may not do this", detail);
  }

  public static Problem notFound(String code, String detail) {
    return of(404, code, "There is no such thing", detail);
  }

  public static Problem tooLarge(String code, String detail) {
    return of(413, code, "Too large", detail);
  }

  /** 413: one message is too large. */
  public static Problem messageTooLarge() {
    return tooLarge(
        "message_too_large",
        "The message is over " + MessageParser.MAX_BYTES / 1024 + " KB; send less in it.");
  }

  /** 413: the profile would hold more than it may. */
  public static Problem traitsTooLarge() {
    return tooLarge(
        "traits_too_large",
        "The traits of this user would take more room than a profile has; remove some with null.");
  }

  /** 403: the website wants its users proved. */
  public static Problem unverified() {
    return forbidden(
        "unverified",
        "The website enforces verification, and nothing proves user_id: nothing was linked and no"
            + " trait was written. Compute on your server the hex HMAC-SHA256 of user_id, with a"
            + " verification secret of the website as the key, and send it as user_hash. What was"
            + " sent together with an anonymous_id is kept under that alone.");
  }

  public static Problem unavailable() {
    return of(
        503,
        "unavailable",
        "A store cannot be reached",
        "Send the same again, with the same message_id; it is safe to repeat.");
  }

  /** 429: others are first each time. */
  public static Problem tooFast() {
    return of(
        429,
        "too_fast",
        "Too many calls about one person at once",
        "Others wrote to the same user or anonymous id each time: nothing was stored. Send the same"
            + " again after Retry-After, with the same message_id, and less of it at once.");
  }

  public static Problem defect() {
    return of(
        500,
        "defect",
        "A defect of this product",
        "Nothing is known to be wrong with the call. Please report the X-Request-Id.");
  }

  /** Whether the same call may be taken later. */
  boolean isForNow() {
    return status == 503 || status == 429;
  }

  public Json.Obj json() {
    var fields = new LinkedHashMap<String, Json>();
    fields.put("type", new Json.Text(TYPE + code));
    fields.put("title", new Json.Text(title));
    fields.put("status", Json.Num.of(status));
    fields.put("detail", new Json.Text(detail));
    fields.put("code", new Json.Text(code));
    if (!errors.isEmpty()) {
      fields.put("errors", new Json.Arr(errors.stream().<Json>map(Problem::json).toList()));
    }
    return new Json.Obj(fields);
  }

  private static Json.Obj json(FieldProblem error) {
    return Json.Obj.EMPTY
        .with("field", new Json.Text(error.field()))
        .with("code", new Json.Text(error.code()))
        .with("detail", new Json.Text(error.detail()));
  }
}
