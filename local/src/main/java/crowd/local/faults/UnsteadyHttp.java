package crowd.local.faults;

import crowd.core.json.Json;
import crowd.core.json.JsonReader;
import crowd.core.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * The way from the SDK to DynamoDB, on which some requests meet a {@link StoreFault}. It lies below
 * the SDK, whose own retries are therefore at work.
 */
final class UnsteadyHttp implements SdkHttpClient {

  private static final int SLOWEST_MILLIS = 40;

  /** Beyond the SDK's first tries, so that a late request lands between them or behind all. */
  private static final int LATEST_MILLIS = 80;

  private static final Set<String> RARE = Set.of("BatchWriteItem", "TransactWriteItems");

  private final SdkHttpClient next;
  private final Map<StoreFault, Integer> counts = new EnumMap<>(StoreFault.class);
  private final LateRequests late = new LateRequests();
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

  /** From now on nothing happens to any request. Returns when the late ones have taken effect. */
  void calm() throws InterruptedException {
    unsettle(0, 0);
    late.await();
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
        LateRequests.readAll(real.call());
        throw new IOException("lost after it was sent");
      }
      case SLOW -> {
        sleep(upTo(SLOWEST_MILLIS));
        yield real.call();
      }
      case DELAY -> {
        late.send(prepared(request, body(request)), upTo(LATEST_MILLIS));
        throw new IOException("not answered in time");
      }
      case ERROR_BEFORE -> FaultyReply.serverError();
      case ERROR_AFTER -> {
        LateRequests.readAll(real.call());
        yield FaultyReply.serverError();
      }
      case THROUGHPUT_EXCEEDED -> FaultyReply.refusal("ProvisionedThroughputExceededException");
      case REQUEST_LIMIT -> FaultyReply.refusal("RequestLimitExceeded");
      case THROTTLED -> FaultyReply.throttled();
      case TRANSACTION_CANCELED -> {
        int parts = FaultyReply.parts(body(request));
        yield FaultyReply.cancellation(parts, upTo(parts) - 1);
      }
      case PUT_CONFLICT -> FaultyReply.refusal("TransactionConflictException");
      case ITEMS_LEFT -> cut(request);
      case KEYS_LEFT -> FaultyReply.keysLeft(body(request));
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
      var answer = prepared(request, body.with("RequestItems", new Json.Obj(sent))).call();
      if (!answer.httpResponse().isSuccessful()) {
        return answer;
      }
      LateRequests.readAll(answer);
    }
    return FaultyReply.itemsLeft(new Json.Obj(left));
  }

  /** The same request with another body, or with its own, which it then does not share. */
  private ExecutableHttpRequest prepared(HttpExecuteRequest request, Json.Obj body) {
    var bytes = JsonText.write(body).getBytes(StandardCharsets.UTF_8);
    var changed =
        HttpExecuteRequest.builder()
            .request(
                request.httpRequest().toBuilder()
                    .putHeader("Content-Length", Integer.toString(bytes.length))
                    .build())
            .contentStreamProvider(ContentStreamProvider.fromByteArray(bytes));
    return next.prepareRequest(changed.build());
  }

  @Override
  public void close() {
    next.close();
  }
}
