package crowd.local.faults;

import crowd.core.json.Json;
import crowd.core.json.JsonText;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpResponse;

/** What DynamoDB answers when it does not do as it is asked. */
final class FaultyReply {

  private static final String ERRORS = "com.amazonaws.dynamodb.v20120810#";

  private FaultyReply() {}

  static HttpExecuteResponse serverError() {
    return of(500, error(ERRORS + "InternalServerError"));
  }

  /** An error of the client, by its name. */
  static HttpExecuteResponse refusal(String name) {
    return of(400, error(ERRORS + name));
  }

  /** It stands in a name space of its own. */
  static HttpExecuteResponse throttled() {
    return of(400, error("com.amazon.coral.availability#ThrottlingException"));
  }

  private static Json.Obj error(String type) {
    return Json.Obj.EMPTY
        .with("__type", new Json.Text(type))
        .with("message", new Json.Text("injected"));
  }

  static int parts(Json.Obj transaction) {
    if (transaction.get("TransactItems").orElseThrow() instanceof Json.Arr(var parts)) {
      return parts.size();
    }
    throw new IllegalArgumentException("no transaction");
  }

  /** One part of the transaction was in another one. */
  static HttpExecuteResponse cancellation(int parts, int inConflict) {
    var none = Json.Obj.EMPTY.with("Code", new Json.Text("None"));
    var reasons = new ArrayList<Json>(Collections.nCopies(parts, none));
    reasons.set(
        inConflict,
        Json.Obj.EMPTY
            .with("Code", new Json.Text("TransactionConflict"))
            .with("Message", new Json.Text("Transaction is ongoing for the item")));
    return of(
        400,
        error(ERRORS + "TransactionCanceledException")
            .with("CancellationReasons", new Json.Arr(reasons)));
  }

  static HttpExecuteResponse keysLeft(Json.Obj batch) {
    return of(
        200,
        Json.Obj.EMPTY
            .with("Responses", Json.Obj.EMPTY)
            .with("UnprocessedKeys", batch.get("RequestItems").orElseThrow()));
  }

  static HttpExecuteResponse itemsLeft(Json.Obj items) {
    return of(200, Json.Obj.EMPTY.with("UnprocessedItems", items));
  }

  private static HttpExecuteResponse of(int status, Json.Obj body) {
    var bytes = JsonText.write(body).getBytes(StandardCharsets.UTF_8);
    return HttpExecuteResponse.builder()
        .response(
            SdkHttpResponse.builder()
                .statusCode(status)
                .headers(
                    Map.of(
                        "Content-Type", List.of("application/x-amz-json-1.0"),
                        "Content-Length", List.of(Integer.toString(bytes.length))))
                .build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
        .build();
  }
}
