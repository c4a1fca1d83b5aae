package crowd.local.faults;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.json.JsonText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The way from the SDK to DynamoDB, on which some requests meet a {@link StoreFault}. It lies below
 * the SDK, whose own retries are therefore at work.
 */
final class UnsteadyHttp implements SdkHttpClient {

  private static final String ERRORS = "com.amazonaws.dynamodb.v20120810#";

  private static final Set<String> RARE = Set.of("BatchWriteItem", "TransactWriteItems");

  private final SdkHttpClient next;
  private final Map<StoreFault, Integer> counts = new EnumMap<>(StoreFault.class);
  private Random random = new Random(0);
  private int percent;

  UnsteadyHttp(SdkHttpClient next) {
    this.next = next;
  }

  /** From now on, so many of a hundred requests meet a fault. */
  synchronized void unsettle(long seed, int ofHundred) {
    random = new Random(seed);
    percent = ofHundred;
  }

  synchronized void calm() {
    percent = 0;
  }

  /** How often each kind happened. */
  synchronized Map<StoreFault, Integer> counts() {
    return new EnumMap<>(counts);
  }

  private synchronized void count(StoreFault fault) {
    counts.merge(fault, 1, Integer::sum);
  }

  private synchronized int upTo(int most) {
    return random.nextInt(most) + 1;
  }

  private synchronized Optional<StoreFault> draw(String operation) {
    // Batches and transactions are rare among the requests, and meet more.
    int share = RARE.contains(operation) ? 3 * percent : percent;
    if (random.nextInt(100) >= share) {
      return Optional.empty();
    }
    var own = StoreFault.only(operation);
    var kinds = !own.isEmpty() && random.nextInt(2) == 0 ? own : StoreFault.COMMON;
    return Optional.of(kinds.get(random.nextInt(kinds.size())));
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    var real = next.prepareRequest(request);
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        var operation = operation(request);
        var fault = draw(operation);
        if (fault.isEmpty()) {
          return real.call();
        }
        count(fault.get());
        return meet(fault.get(), request, real);
      }

      @Override
      public void abort() {
        real.abort();
      }
    };
  }

  /** The word behind the dot of {@code DynamoDB_20120810.PutItem}. */
  private static String operation(HttpExecuteRequest request) {
    var target = request.httpRequest().firstMatchingHeader("X-Amz-Target").orElse("");
    return target.substring(target.indexOf('.') + 1);
  }

  private HttpExecuteResponse meet(
      StoreFault fault, HttpExecuteRequest request, ExecutableHttpRequest real) throws IOException {
    return switch (fault) {
      case REQUEST_LOST -> throw new IOException("lost before it was sent");
      case REPLY_LOST -> {
        readAll(real.call());
        throw new IOException("lost after it was sent");
      }
      case DELAY -> {
        sleep(upTo(40));
        yield real.call();
      }
      case ERROR_BEFORE -> reply(500, error(ERRORS + "InternalServerError"));
      case ERROR_AFTER -> {
        readAll(real.call());
        yield reply(500, error(ERRORS + "InternalServerError"));
      }
      case THROUGHPUT_EXCEEDED ->
          reply(400, error(ERRORS + "ProvisionedThroughputExceededException"));
      case THROTTLED -> reply(400, error("com.amazon.coral.availability#ThrottlingException"));
      case TRANSACTION_CANCELED -> reply(400, cancellation(body(request)));
      case PUT_CONFLICT -> reply(400, error(ERRORS + "TransactionConflictException"));
      case ITEMS_LEFT -> cut(request);
      case KEYS_LEFT -> reply(200, keysLeft(body(request)));
    };
  }

  private static void sleep(int millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static Json.Obj body(HttpExecuteRequest request) throws IOException {
    try (var body = request.contentStreamProvider().orElseThrow().newStream()) {
      return JsonReader.readOwnObject(new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static Json.Obj error(String type) {
    return Json.Obj.EMPTY
        .with("__type", new Json.Text(type))
        .with("message", new Json.Text("injected"));
  }

  /** One part of the transaction, any of them, was in another one. */
  private Json.Obj cancellation(Json.Obj body) {
    if (!(body.get("TransactItems").orElseThrow() instanceof Json.Arr(var parts))) {
      throw new IllegalArgumentException("no transaction");
    }
    var none = Json.Obj.EMPTY.with("Code", new Json.Text("None"));
    var reasons = new ArrayList<Json>(Collections.nCopies(parts.size(), none));
    reasons.set(
        upTo(parts.size()) - 1,
        Json.Obj.EMPTY
            .with("Code", new Json.Text("TransactionConflict"))
            .with("Message", new Json.Text("Transaction is ongoing for the item")));
    return error(ERRORS + "TransactionCanceledException")
        .with("CancellationReasons", new Json.Arr(reasons));
  }

  private static Json.Obj keysLeft(Json.Obj body) {
    return Json.Obj.EMPTY
        .with("Responses", Json.Obj.EMPTY)
        .with("UnprocessedKeys", body.get("RequestItems").orElseThrow());
  }

  /** Sends a batch without its last items, and answers that these were left. */
  private HttpExecuteResponse cut(HttpExecuteRequest request) throws IOException {
    var body = body(request);
    var sent = new LinkedHashMap<String, Json>();
    var left = new LinkedHashMap<String, Json>();
    body.object("RequestItems")
        .orElseThrow()
        .fields()
        .forEach((table, items) -> {
          if (items instanceof Json.Arr(var all)) {
            int kept = all.size() - upTo(all.size());
            left.put(table, new Json.Arr(all.subList(kept, all.size())));
            if (kept > 0) {
              sent.put(table, new Json.Arr(all.subList(0, kept)));
            }
          }
        });
    if (!sent.isEmpty()) {
      var answer = send(request, body.with("RequestItems", new Json.Obj(sent)));
      if (!answer.httpResponse().isSuccessful()) {
        return answer;
      }
      readAll(answer);
    }
    return reply(200, Json.Obj.EMPTY.with("UnprocessedItems", new Json.Obj(left)));
  }

  private HttpExecuteResponse send(HttpExecuteRequest request, Json.Obj body) throws IOException {
    var bytes = JsonText.write(body).getBytes(StandardCharsets.UTF_8);
    var changed =
        HttpExecuteRequest.builder()
            .request(
                request.httpRequest().toBuilder()
                    .putHeader("Content-Length", Integer.toString(bytes.length))
                    .build())
            .contentStreamProvider(ContentStreamProvider.fromByteArray(bytes));
    return next.prepareRequest(changed.build()).call();
  }

  private static void readAll(HttpExecuteResponse response) throws IOException {
    try (var body = response.responseBody().orElseThrow()) {
      var _ = body.readAllBytes();
    }
  }

  private static HttpExecuteResponse reply(int status, Json.Obj body) {
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

  @Override
  public void close() {
    next.close();
  }
}
