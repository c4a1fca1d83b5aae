package crowd.local.dynamo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/** An HTTP client on whose way something happens to the requests. */
final class FaultyHttp implements SdkHttpClient {

  /** What happens to a request. */
  interface Fault {
    HttpExecuteResponse apply(String body, Callable<HttpExecuteResponse> send) throws Exception;

    /** This one for so many requests, then the other. */
    default Fault times(int n, Fault then) {
      var left = new AtomicInteger(n);
      return (body, send) -> (left.getAndDecrement() > 0 ? this : then).apply(body, send);
    }

    /** This one for requests whose body holds the text, none for the others. */
    default Fault where(String text) {
      return (body, send) -> (body.contains(text) ? this : NONE).apply(body, send);
    }
  }

  static final Fault NONE = (body, send) -> send.call();

  static final Fault DROP_REQUEST =
      (body, send) -> {
        throw new IOException("dropped before it was sent");
      };

  static final Fault DROP_REPLY =
      (body, send) -> {
        send.call().responseBody().orElseThrow().readAllBytes();
        throw new IOException("dropped after it was sent");
      };

  static final Fault BROKEN_REPLY =
      (body, send) -> {
        send.call().responseBody().orElseThrow().readAllBytes();
        return reply(500, error("InternalServerError"));
      };

  static final Fault NO_ANSWER =
      (body, send) -> {
        Thread.sleep(60_000); // until the client's time-out interrupts it
        throw new IOException("nobody was waiting any more");
      };

  /** Answers that nothing of a batch was processed. */
  static final Fault UNPROCESSED_ITEMS =
      (body, send) -> reply(200, body.replace("RequestItems", "UnprocessedItems"));

  /** As {@link #UNPROCESSED_ITEMS}, of reads. */
  static final Fault UNPROCESSED_KEYS =
      (body, send) -> reply(200, body.replace("RequestItems", "UnprocessedKeys"));

  private final SdkHttpClient next;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile Fault fault = NONE;

  FaultyHttp(SdkHttpClient next) {
    this.next = next;
  }

  static Fault refusal(String error) {
    return (body, send) -> reply(400, error(error));
  }

  /** A cancelled transaction, for a reason in each position. */
  static Fault cancellation(String... codes) {
    var reasons = new StringBuilder();
    for (var code : codes) {
      reasons.append(reasons.isEmpty() ? "" : ",").append("{\"Code\":\"" + code + "\"}");
    }
    return (body, send) ->
        reply(
            400,
            error("TransactionCanceledException")
                .replace("}", ",\"CancellationReasons\":[" + reasons + "]}"));
  }

  private static String error(String name) {
    return "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + name + "\",\"message\":\"test\"}";
  }

  private static HttpExecuteResponse reply(int status, String body) {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    return HttpExecuteResponse.builder()
        .response(
            SdkHttpResponse.builder()
                .statusCode(status)
                .putHeader("Content-Type", "application/x-amz-json-1.0")
                .putHeader("Content-Length", Integer.toString(bytes.length))
                .build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
        .build();
  }

  /** From now on. */
  void set(Fault next) {
    fault = next;
    requests.set(0);
  }

  /** Requests since the fault was set. */
  int requests() {
    return requests.get();
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    var real = next.prepareRequest(request);
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        requests.incrementAndGet();
        try {
          return fault.apply(body(request), real);
        } catch (IOException | RuntimeException e) {
          throw e;
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException(e);
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }

      @Override
      public void abort() {
        real.abort();
      }
    };
  }

  private static String body(HttpExecuteRequest request) {
    try (var body = request.contentStreamProvider().orElseThrow().newStream()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    next.close();
  }
}
